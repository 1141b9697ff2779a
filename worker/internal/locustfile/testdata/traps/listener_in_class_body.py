from locust import HttpUser, events, task


class U(HttpUser):
    @events.test_start.add_listener
    def started(environment, **kwargs):
        print("started", type(environment).__name__)

    @task
    def t(self):
        self.client.get("/plain")
        print(callable(self.started))
