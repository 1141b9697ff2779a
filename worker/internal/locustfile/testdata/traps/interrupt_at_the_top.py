from locust import HttpUser, task
from locust.exception import InterruptTaskSet


class U(HttpUser):
    @task
    def t(self):
        self.client.get("/top")
        raise InterruptTaskSet()

    def on_stop(self):
        self.client.get("/stop")
