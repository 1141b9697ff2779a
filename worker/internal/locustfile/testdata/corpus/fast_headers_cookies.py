from locust import FastHttpUser, between, task


class CookieMonster(FastHttpUser):
    wait_time = between(0, 1)
    default_headers = {"X-Default": "yes"}

    def on_start(self):
        self.client.post("/login", json={"u": "a"})

    @task
    def see_cookies(self):
        with self.client.get("/cookies", catch_response=True) as r:
            print(r.text)
            print(r.headers.get("content-type") if r.headers else "no headers")

    @task
    def form(self):
        self.client.post("/form", data={"a": "1", "b": "two words", "c": "ü"})

    @task
    def own_header(self):
        self.client.get("/echo", headers={"X-Own": "1", "User-Agent": "mine/1.0"})
