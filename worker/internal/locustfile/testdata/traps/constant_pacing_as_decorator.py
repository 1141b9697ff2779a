from locust import HttpUser, constant_pacing, task


class U(HttpUser):
    @constant_pacing(60)
    @task
    def t(self):
        self.client.get("/")
