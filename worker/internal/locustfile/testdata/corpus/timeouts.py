from locust import HttpUser, task


class ImpatientUser(HttpUser):
    @task
    def slow(self):
        self.client.get("/hang", timeout=0.5)

    @task
    def slow_tuple(self):
        with self.client.get("/hang", timeout=(5, 0.5), catch_response=True) as r:
            if r.status_code == 0:
                r.failure("timed out: " + type(r.error).__name__)

    @task
    def patient(self):
        self.client.get("/slow", timeout=5)
