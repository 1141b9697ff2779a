"""Names that people import from where they happen to lie: Locust's loggers, gevent's semaphore."""
from gevent._semaphore import Semaphore
from locust import User, constant, runners, task
from locust.runners import logger
from locust.stats import logger as stats_logger
from locust.user.task import logger as task_logger
from locust.user.users import logger as user_logger

print([x.name for x in (logger, stats_logger, task_logger, user_logger)], runners.logger is logger)
gate = Semaphore(2)


class Borrower(User):
    wait_time = constant(0)

    @task
    def enter(self):
        with gate:
            print(gate.counter, gate.locked(), isinstance(gate, Semaphore))
        logger.info("entered")
