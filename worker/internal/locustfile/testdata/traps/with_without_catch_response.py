"""The sample is reported, then the with statement raises."""
from locust import HttpUser, task


class U(HttpUser):
    @task
    def t(self):
        with self.client.get("/plain") as r:
            print("never", r)
