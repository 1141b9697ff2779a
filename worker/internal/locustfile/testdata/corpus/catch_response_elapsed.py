import time
from locust import HttpUser, task, between

MAX_SECONDS = 5.0


class SlowWatcher(HttpUser):
    wait_time = between(0, 1)

    @task
    def quick_enough(self):
        start = time.time()
        with self.client.get("/plain", catch_response=True) as response:
            duration = time.time() - start
            if response.elapsed.total_seconds() > MAX_SECONDS or duration > MAX_SECONDS:
                response.failure("took too long")
            elif response.text != "pong":
                response.failure("Wrong answer: %r" % response.text)
