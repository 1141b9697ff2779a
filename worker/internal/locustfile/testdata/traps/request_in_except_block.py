"""Locust reports the innermost exception in the chain of a failed connection: in an except block that is the one handled."""
from locust import HttpUser, task


class U(HttpUser):
    @task
    def in_except(self):
        try:
            {}["cause"]
        except KeyError:
            self.client.get("/in-except")
            with self.client.get("/in-except/block", catch_response=True) as r:
                pass
        self.client.get("/after")

    @task
    def in_finally(self):
        try:
            raise ValueError("passing through")
        finally:
            self.client.get("/in-finally")

    @task
    def bad_status_in_except(self):
        try:
            int("x")
        except ValueError:
            self.client.get("/status/404")
