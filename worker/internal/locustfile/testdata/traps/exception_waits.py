"""After an exception the user waits as after any task; the draws show it."""
import random
from locust import HttpUser, between, task


class U(HttpUser):
    wait_time = between(0, 1)

    @task
    def good(self):
        self.client.get("/good", params={"r": random.random()})

    @task
    def bad(self):
        raise ValueError(f"bad {random.randint(1, 3)}")
