"""The users of the benchmarks, for the master and for Locust's own workers."""

from locust import FastHttpUser, HttpUser, constant, task


class BenchUser(HttpUser):
    wait_time = constant(0)

    @task
    def health(self):
        self.client.get("/health")


class FastBenchUser(FastHttpUser):
    wait_time = constant(0)

    @task
    def health(self):
        self.client.get("/health")


class WaitUser(HttpUser):
    wait_time = constant(3600)

    @task
    def health(self):
        self.client.get("/health")


class BurstUser(HttpUser):
    wait_time = constant(5)

    @task
    def health(self):
        self.client.get("/health")


class FastBurstUser(FastHttpUser):
    wait_time = constant(5)

    @task
    def health(self):
        self.client.get("/health")
