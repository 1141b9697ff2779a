from locust import HttpUser, TaskSet, task, between
from locust.exception import InterruptTaskSet, RescheduleTask, RescheduleTaskImmediately


class Rescheduler(HttpUser):
    wait_time = between(1, 2)

    @task
    def later(self):
        self.client.get("/later")
        raise RescheduleTask()

    @task
    def now(self):
        self.client.get("/now")
        raise RescheduleTaskImmediately()

    @task
    class Inner(TaskSet):
        def on_stop(self):
            self.client.get("/inner/stop")

        @task
        def leave(self):
            self.client.get("/inner")
            raise InterruptTaskSet(reschedule=False)

        @task
        def leave_now(self):
            self.client.get("/inner/now")
            raise InterruptTaskSet
