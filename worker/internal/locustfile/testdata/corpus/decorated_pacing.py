from locust import HttpUser, constant_pacing, constant_throughput, task


class PacedUser(HttpUser):
    wait_time = constant_pacing(2)

    @task
    def paced(self):
        self.client.get("/paced")


class ThroughputUser(HttpUser):
    wait_time = constant_throughput(0.5)

    @task
    def through(self):
        self.client.get("/through")
