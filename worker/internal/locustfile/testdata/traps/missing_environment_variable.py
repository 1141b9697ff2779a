import os
from locust import HttpUser, task

KEY = os.environ["GREGARIA_NO_SUCH_KEY"]


class U(HttpUser):
    @task
    def t(self):
        self.client.get("/")
