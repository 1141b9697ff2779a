"""Two classes whose number follows a shape: up, down, and over."""

from locust import HttpUser, LoadTestShape, task


class Quick(HttpUser):
    weight = 3

    @task
    def page(self):
        pass


class Slow(HttpUser):
    weight = 1

    @task
    def page(self):
        pass


class Steps(LoadTestShape):
    """4 users, 12 users, 4 users again, and the end."""

    steps = [(3, 4), (7, 12), (11, 4)]

    def tick(self):
        for end, users in self.steps:
            if self.get_run_time() < end:
                return users, 20
        return None
