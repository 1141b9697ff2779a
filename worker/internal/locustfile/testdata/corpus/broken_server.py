from locust import HttpUser, task


class BrokenUser(HttpUser):
    @task
    def hang_up(self):
        self.client.get("/hang-up")

    @task
    def truncated(self):
        self.client.get("/truncated")

    @task
    def garbled(self):
        r = self.client.get("/garbled")
        print(r.status_code, r.content)

    @task
    def broken_json(self):
        with self.client.get("/broken-json", catch_response=True) as r:
            try:
                r.json()
            except ValueError as e:
                r.failure(f"{type(e).__name__}: {e}")

    @task
    def reset(self):
        self.client.post("/reset", json={"a": 1})
