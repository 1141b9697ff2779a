from locust import HttpUser, task


class U(HttpUser):
    def __init__(self, environment):
        self.number = 1

    @task
    def t(self):
        self.client.get("/")
