from locust import User, task


class Measured(User):
    @task
    def ok(self):
        with self.environment.events.request.measure("custom", "work") as meta:
            meta["response_length"] = 17

    @task
    def failing(self):
        with self.environment.events.request.measure("custom", "failing work"):
            raise RuntimeError("it broke")
