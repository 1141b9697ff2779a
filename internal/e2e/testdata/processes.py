"""What the workers of --processes N have each for itself. Each says so on standard output."""

import itertools
import sys

from locust import User, constant, events, task

ACCOUNTS = [f"account{i}" for i in range(12)]
FEEDER = itertools.count(1)
COUNT = {"start": 0, "stop": 0}


def say(environment, *words):
    index = getattr(environment.runner, "worker_index", None)
    if index is not None:
        sys.stdout.write(" ".join(str(word) for word in (f"W{index}", *words)) + "\n")
        sys.stdout.flush()


@events.init.add_listener
def init(environment, runner, **kwargs):
    say(environment, "init")
    if hasattr(runner, "worker_index"):
        runner.register_message("share", lambda environment, msg, **kwargs: say(environment, "message", msg.data))


@events.test_start.add_listener
def start(environment, **kwargs):
    COUNT["start"] += 1
    say(environment, "test_start", COUNT["start"])
    if hasattr(environment.runner, "clients"):
        for client in list(environment.runner.clients):
            environment.runner.send_message("share", "yours", client_id=client)


@events.test_stop.add_listener
def stop(environment, **kwargs):
    COUNT["stop"] += 1
    say(environment, "test_stop", COUNT["stop"])


@events.quitting.add_listener
def quitting(environment, **kwargs):
    say(environment, "quitting")
    if hasattr(environment.runner, "worker_index"):
        environment.process_exit_code = 20 + environment.runner.worker_index


class Feeds(User):
    wait_time = constant(1)

    def on_start(self):
        share = ACCOUNTS[self.environment.runner.worker_index :: 4]
        say(self.environment, "user", next(FEEDER), share)

    @task
    def wait(self):
        pass


class Fixed(User):
    fixed_count = 4
    wait_time = constant(1)

    def on_start(self):
        say(self.environment, "fixed")

    @task
    def wait(self):
        pass
