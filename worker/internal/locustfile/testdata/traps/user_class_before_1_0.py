"""The names of Locust 0.x can be imported, but no class can extend them."""
from locust import HttpLocust, Locust, TaskSet, task, web
from locust.contrib.fasthttp import FastHttpLocust

for old in (Locust, FastHttpLocust):
    try:
        class Old(old):
            pass
    except ImportError as e:
        print(e)
print(web.__name__)


class Tasks(TaskSet):
    @task
    def index(self):
        self.client.get("/")


class Website(HttpLocust):
    task_set = Tasks
    min_wait = 5000
