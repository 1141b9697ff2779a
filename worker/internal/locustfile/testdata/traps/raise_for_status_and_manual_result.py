from locust import HttpUser, task


class U(HttpUser):
    @task
    def success_first(self):
        with self.client.get("/status/404", catch_response=True) as r:
            r.success()
            r.raise_for_status()
            print("not raised")

    @task
    def failure_first(self):
        with self.client.get("/plain", catch_response=True) as r:
            r.failure("mine")
            r.raise_for_status()

    @task
    def none(self):
        with self.client.get("/status/404", catch_response=True) as r:
            r.raise_for_status()
