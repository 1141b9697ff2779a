from locust import HttpUser, task


class U(HttpUser):
    @task
    def on_start(self):
        self.client.get("/start")

    @task
    def t(self):
        self.client.get("/t")
