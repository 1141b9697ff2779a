"""Such a request is never reported."""
from locust import HttpUser, task


class U(HttpUser):
    @task
    def t(self):
        r = self.client.get("/plain", catch_response=True)
        print(r.status_code)
        self.client.get("/reported")
