import functools
import time
from locust import HttpUser, between, task


def retry(times=3, delay=0.0):
    def decorate(fn):
        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            last = None
            for attempt in range(1, times + 1):
                last = fn(*args, **kwargs)
                if last is not None and last.status_code < 500 and last.status_code != 0:
                    return last
                time.sleep(delay * attempt)
            return last

        return wrapper

    return decorate


class RetryingUser(HttpUser):
    wait_time = between(0.1, 0.2)

    @retry(times=2, delay=0.001)
    def flaky(self):
        return self.client.get("/flaky/service", name="flaky")

    @task
    def go(self):
        r = self.flaky()
        print("gave up" if r.status_code != 200 else r.json()["attempt"], self.flaky.__name__)
