from locust import HttpUser, task


class U(HttpUser):
    abstract = True

    @task
    def t(self):
        self.client.get("/")
