import math
from locust import HttpUser, LoadTestShape, constant, task


class ShapedUser(HttpUser):
    wait_time = constant(0.5)

    @task
    def hello(self):
        self.client.get("/hello")


class StagesShape(LoadTestShape):
    stages = [
        {"duration": 10, "users": 10, "spawn_rate": 10},
        {"duration": 30, "users": 50, "spawn_rate": 10},
    ]

    def tick(self):
        run_time = self.get_run_time()
        for stage in self.stages:
            if run_time < stage["duration"]:
                return (stage["users"], stage["spawn_rate"])
        return None


class DoubleWave(LoadTestShape):
    abstract = True
    min_users = 20

    def tick(self):
        t = round(self.get_run_time())
        return (round(self.min_users * math.e ** -((t / 10) ** 2)), 5)
