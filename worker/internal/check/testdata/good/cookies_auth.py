from base64 import b64encode

from locust import HttpUser, between, task


class Member(HttpUser):
    wait_time = between(1, 2)

    def on_start(self):
        self.client.auth = ("user", "secret")
        self.client.verify = False
        self.client.cookies.set("session", "abc", path="/")
        basic = b64encode(b"user:secret").decode("ascii")
        self.client.headers["X-Basic"] = f"Basic {basic}"

    @task
    def page(self):
        with self.client.request("GET", "/page", params={"a": [1, 2]}, allow_redirects=False, catch_response=True, timeout=5) as r:
            if r.is_redirect or r.status_code in (301, 302):
                r.success()
            for name, value in r.headers.items():
                print(name.title(), value)
            if "session" not in self.client.cookies:
                r.failure(ValueError("no session"))

    @task
    def renamed(self):
        with self.client.rename_request("/page/[n]"):
            for n in range(3):
                self.client.get(f"/page/{n}", timeout=5)
