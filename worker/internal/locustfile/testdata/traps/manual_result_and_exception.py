"""With a manual result the sample is reported; __exit__ then returns whether there was no exception: it propagates."""
from locust import HttpUser, task


class U(HttpUser):
    @task
    def failed(self):
        with self.client.get("/plain", catch_response=True) as r:
            r.failure("first")
            raise ValueError("after failure")

    @task
    def succeeded(self):
        with self.client.get("/status/500", catch_response=True) as r:
            r.success()
            {}["after success"]
