from locust import HttpUser, task


class U(HttpUser):
    @task
    def success(self):
        r = self.client.get("/plain")
        r.success()

    @task
    def failure(self):
        r = self.client.get("/plain", catch_response=True)
        r.failure("too early")
