from locust import HttpLocust, Locust, TaskSet, events, task, web
from locust import main
from locust.contrib.fasthttp import FastHttpLocust


class Tasks(TaskSet):
    @task
    def index(self):
        self.client.get("/", timeout=5)

    @task
    def report(self):
        events.request_success.fire(request_type="GET")  # warns: locust.events has no attribute 'request_success' in Locust either: AttributeError; since Locust 2 it is events.request


class Website(HttpLocust):  # fails: HttpLocust is called HttpUser since Locust 1.0, and its task_set = X is tasks = [X]: ImportError, when Locust imports the file
    task_set = Tasks


class Bare(Locust):  # fails: Locust is called User since Locust 1.0, and its task_set = X is tasks = [X]: ImportError, when Locust imports the file
    task_set = Tasks


class Fast(FastHttpLocust):  # fails: FastHttpLocust is called FastHttpUser since Locust 1.0, and its task_set = X is tasks = [X]: ImportError, when Locust imports the file
    task_set = Tasks


@events.request_failure.add_listener  # fails: locust.events has no attribute 'request_failure' in Locust either: AttributeError; since Locust 2 it is events.request
def failed(**kwargs):
    print(web)


if failed:
    print(events.locust_error)  # warns: locust.events has no attribute 'locust_error' in Locust either: AttributeError; since Locust 1.0 it is events.user_error
try:
    events.hatch_complete += failed
except AttributeError:
    pass
