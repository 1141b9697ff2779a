"""Stop and reschedule pass through the event; a listener before Locust's own then keeps the sample from being counted."""
from locust import HttpUser, events, task
from locust.exception import RescheduleTask, StopUser

n = 0


@events.request.add_listener
def judge(name, **kwargs):
    global n
    n += 1
    if n == 2:
        raise RescheduleTask("again")
    if n == 4:
        raise StopUser("enough")
    if n == 3:
        raise ValueError("logged")


class U(HttpUser):
    @task
    def t(self):
        self.client.get(f"/request/{n}")
        self.client.get("/second")

    def on_stop(self):
        print("stopped at", n)
