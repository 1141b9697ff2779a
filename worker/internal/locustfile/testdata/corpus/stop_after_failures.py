from locust import HttpUser, between, events, task
from locust.exception import StopUser

MAX_FAILURES = 2
failures = 0


@events.request.add_listener
def count(exception=None, **kwargs):
    global failures
    if exception:
        failures += 1


class FragileUser(HttpUser):
    wait_time = between(0, 1)

    @task(2)
    def good(self):
        self.client.get("/good")

    @task
    def bad(self):
        self.client.get("/status/500")
        if failures > MAX_FAILURES:
            print("too many failures:", failures)
            raise StopUser
