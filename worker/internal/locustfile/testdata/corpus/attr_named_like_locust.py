from locust import HttpUser, task


class ShadowUser(HttpUser):
    """Attributes that shadow what a user has."""

    def on_start(self):
        self.user = {"name": "shadow"}
        self.state = "mine"
        self.id = 5

    @task
    def request(self):
        self.client.get("/request", params=self.user)

    @task
    def json(self):
        self.client.post("/json", json={"state": self.state})

    @task
    def name(self):
        self.client.get(f"/name/{self.id}", name="name")
