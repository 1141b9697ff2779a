from locust import HttpUser, constant, task
from locust.exception import StopUser


class ThreeAndOut(HttpUser):
    wait_time = constant(0)
    done = 0

    @task
    def work(self):
        self.client.get(f"/work/{self.done}", name="/work")
        self.done += 1
        if self.done == 3:
            raise StopUser()

    def on_stop(self):
        self.client.post("/finished", json={"done": self.done})


class StopsAtOnce(HttpUser):
    def on_start(self):
        raise StopUser("no reason")

    @task
    def never(self):
        self.client.get("/never")

    def on_stop(self):
        print("stopped")
