import random
from locust import HttpUser, TaskSet, between, task


class OwnWait(HttpUser):
    last = 0

    def wait_time(self):
        self.last += 1
        return random.uniform(0, 1) + self.last

    @task
    def go(self):
        print(self.last, round(self.wait_time(), 3))
        self.client.get("/go")


class OldStyle(HttpUser):
    min_wait = 1000
    max_wait = 3000

    @task
    def old(self):
        self.client.get("/old")


class SetWait(HttpUser):
    wait_time = between(5, 10)

    @task
    class Inside(TaskSet):
        wait_time = between(1, 2)

        @task(3)
        def inside(self):
            self.client.get("/inside")

        @task
        def out(self):
            self.interrupt()
