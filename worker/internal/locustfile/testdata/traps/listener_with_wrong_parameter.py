"""Events are fired with keywords: a listener with another name for one of them fails, and is ignored."""
from locust import HttpUser, events, task


@events.test_start.add_listener
def start(_environment):
    print("never")


@events.request.add_listener
def request(type, name, time, length):
    print("never")


@events.request.add_listener
def counted(name, **kwargs):
    print("heard", name, sorted(kwargs))


class U(HttpUser):
    @task
    def t(self):
        self.client.get("/plain")
