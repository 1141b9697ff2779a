import random

from locust import HttpUser, SequentialTaskSet, TaskSet, between, task
from locust.exception import InterruptTaskSet, RescheduleTask, StopUser


class Thread(TaskSet):
    def on_start(self):
        self.number = random.randrange(1, 1000)

    @task(4)
    def read(self):
        self.client.get(f"/thread/{self.number}", name="/thread/[n]", timeout=5)

    @task
    def answer(self):
        r = self.client.post(f"/thread/{self.number}", data={"text": "I think so too."}, name="/thread/[n]", timeout=5)
        if r.status_code == 429:
            raise RescheduleTask()

    @task
    def leave(self):
        self.interrupt(reschedule=False)


class Sign(SequentialTaskSet):
    @task
    def form(self):
        self.client.get("/register", timeout=5)

    @task
    def send(self):
        self.client.post("/register", data={"name": f"user{id(self)}"}, timeout=5)
        raise InterruptTaskSet(reschedule=True)


class Reader(HttpUser):
    wait_time = between(1, 3)
    tasks = {Thread: 5, Sign: 1}

    def on_start(self):
        if self.client.get("/", timeout=5).status_code == 503:
            raise StopUser
