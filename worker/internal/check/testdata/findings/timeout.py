from locust import HttpUser, FastHttpUser, task


class Web(HttpUser):
    @task
    def a(self):
        self.client.get("/", timeout=3)
        self.client.get("/")  # warns: 2 requests have no timeout=: a user whose server does not answer waits for ever
        self.client.post("/")


class Quick(FastHttpUser):
    @task
    def b(self):
        self.client.get("/")
