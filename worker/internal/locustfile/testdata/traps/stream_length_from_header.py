from locust import HttpUser, task


class U(HttpUser):
    @task
    def t(self):
        r = self.client.get("/bytes/1000", stream=True)
        print(len(r.content or b""))
        self.client.get("/events", stream=True)
