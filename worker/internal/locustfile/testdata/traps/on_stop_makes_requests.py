from locust import HttpUser, TaskSet, task


class U(HttpUser):
    def on_stop(self):
        self.client.post("/user/stop", json={"last": True})
        with self.client.get("/status/500", catch_response=True) as r:
            r.success()

    @task
    class Inner(TaskSet):
        def on_stop(self):
            self.client.get("/inner/stop")

        @task
        def t(self):
            self.client.get("/inner")
