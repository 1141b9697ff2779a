from locust import FastHttpUser, task


class FastBroken(FastHttpUser):
    network_timeout = 0.5
    connection_timeout = 1.0

    @task
    def slow(self):
        self.client.get("/hang")

    @task
    def hang_up(self):
        self.client.get("/hang-up")

    @task
    def not_json(self):
        with self.client.get("/plain", catch_response=True) as r:
            r.json()

    @task
    def loop(self):
        self.client.get("/loop")

    @task
    def missing(self):
        self.client.get("/missing", name="nothing here")
