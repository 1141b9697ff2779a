from locust import HttpUser, task


class U(HttpUser):
    @task
    def success_last(self):
        with self.client.get("/a", catch_response=True) as r:
            r.failure("no")
            r.success()

    @task
    def failure_last(self):
        with self.client.get("/b", catch_response=True) as r:
            r.success()
            r.failure("yes")
            r.failure("this one")
