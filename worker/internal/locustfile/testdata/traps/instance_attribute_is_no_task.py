"""Tasks are taken from the class: what the instance has under the same name does not matter."""
from locust import HttpUser, task


class U(HttpUser):
    def on_start(self):
        self.t = lambda: print("never")

    @task
    def t(self):
        self.client.get("/class")
