import sys

sys.path.insert(0, ".")

import helpers
from helpers import retry, word
from locust import HttpUser, between, task


class Writer(HttpUser):
    wait_time = between(1, 2)

    @task
    @retry(3)
    def note(self):
        r = self.client.post("/notes", json={"title": word(), "size": helpers.square(7)}, timeout=5)
        return r.json()["id"]
