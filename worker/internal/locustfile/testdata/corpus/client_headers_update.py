from locust import HttpUser, task, between


class AuthenticatedUser(HttpUser):
    wait_time = between(1, 2)

    def on_start(self):
        r = self.client.post("/token", data={"username": "demo", "password": "p@ss word&1", "grant_type": "password"})
        token = r.json().get("access_token", "none") if r.status_code == 200 else "none"
        self.client.headers.update({"Authorization": "Bearer " + token, "X-Client": "locust"})

    @task
    def me(self):
        self.client.get("/users/me")

    @task
    def change_language(self):
        self.client.headers["Accept-Language"] = "de-DE"
        self.client.get("/greeting")
        del self.client.headers["Accept-Language"]
        self.client.get("/greeting")
