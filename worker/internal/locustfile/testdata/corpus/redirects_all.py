from locust import HttpUser, task


class RedirectUser(HttpUser):
    @task
    def chains(self):
        r = self.client.get("/redirect/3")
        print(r.status_code, len(r.history), [h.headers["Location"] for h in r.history], r.is_redirect)

    @task
    def not_followed(self):
        r = self.client.get("/moved", allow_redirects=False)
        print(r.status_code, r.is_redirect, r.headers.get("location"))

    @task
    def methods(self):
        for path in ("/moved", "/found", "/see-other", "/temporary", "/permanent"):
            self.client.post(path, data={"k": "v"})
            self.client.put(path, json={"k": "v"})

    @task
    def head(self):
        self.client.head("/found")
        self.client.head("/found", allow_redirects=True)

    @task
    def endless(self):
        self.client.get("/loop")

    @task
    def elsewhere(self):
        self.client.get("/elsewhere", headers={"Authorization": "secret"})
