import time
from locust import HttpUser, task


class PoliteUser(HttpUser):
    blocked = 0

    @task
    def limited(self):
        with self.client.get("/limited/api", catch_response=True) as r:
            remaining = r.headers.get("X-RateLimit-Remaining")
            if r.status_code == 429:
                PoliteUser.blocked += 1
                wait = int(r.headers["Retry-After"]) / 1000
                r.success()
                time.sleep(wait)
            elif remaining is not None and int(remaining) < 1:
                print("the last one")

    def on_stop(self):
        print("blocked", self.blocked)
