from locust import HttpUser, task


class U(HttpUser):
    @task
    def named(self):
        self.client.get("/status/404?id=5", name="by name")

    @task
    def unnamed(self):
        self.client.get("/status/404?id=6")

    @task
    def after_redirect(self):
        r = self.client.get("/redirect/1", name="redirected")
        print(r.url)

    @task
    def strange(self):
        self.client.get("/status/499")
        self.client.get("/status/599", name="x")
        self.client.post("/status/302", data="x")
