import math

from locust import HttpUser, LoadTestShape, constant, task


class Visitor(HttpUser):
    wait_time = constant(1)

    @task
    def home(self):
        self.client.get("/", timeout=2)


class Wave(LoadTestShape):
    stages = [{"duration": 60, "users": 10, "spawn_rate": 10}, {"duration": 100, "users": 50, "spawn_rate": 10}]
    use_common_options = True

    def tick(self):
        import numpy  # only the master draws the wave

        now = self.get_run_time()
        for stage in self.stages:
            if now < stage["duration"]:
                return stage["users"], stage["spawn_rate"]
        return (int(numpy.abs(math.sin(now))), 1) if now < 200 else None
