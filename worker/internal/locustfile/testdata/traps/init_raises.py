from locust import HttpUser, task


class U(HttpUser):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.value = {}["missing"]

    @task
    def t(self):
        self.client.get("/")
