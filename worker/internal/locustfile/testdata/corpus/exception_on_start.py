from locust import HttpUser, task


class NeverStarts(HttpUser):
    def on_start(self):
        r = self.client.get("/plain")
        self.token = r.json()["token"]

    @task
    def never(self):
        self.client.get("/never")

    def on_stop(self):
        self.client.get("/stopped")
