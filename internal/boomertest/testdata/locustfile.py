"""A master for programs in Go: the classes only have names. It sends the workers messages of its own and prints the answers."""

from locust import User, events, task
from locust.runners import MasterRunner


class WebUser(User):
    @task
    def nothing(self):
        pass


class ApiUser(User):
    @task
    def nothing(self):
        pass


@events.init.add_listener
def on_init(environment, **_):
    if isinstance(environment.runner, MasterRunner):
        environment.runner.register_message("answer", lambda msg, **_: print(f"answer {msg.data!r}", flush=True))


@events.test_start.add_listener
def on_test_start(environment, **_):
    runner = environment.runner
    if isinstance(runner, MasterRunner):
        for data in ("text", {"name": "ann", "age": 200}, None, ["a", 1]):
            runner.send_message("question", data)
