"""The attributes of FastHttpUser that make its client, and the arguments of its session."""
import json

from locust import FastHttpUser, SequentialTaskSet, task
from locust.contrib.fasthttp import FastHttpSession


class Steps(SequentialTaskSet):
    def made(self, **kwargs):
        return FastHttpSession(self.user.host, self.user.environment.events.request, self.user, **kwargs)

    @task
    def of_the_user(self):
        c = self.client
        print(c.get("/redirect/2").status_code, repr(c.get("/redirect/3").error))
        print(c.get("/hang").error if False else repr(c.get("/hang").error))
        a = c.client
        print(a.max_redirects, a.max_retries, sorted(a.clientpool.client_args) and a.clientpool.client_args["network_timeout"], a.cookiejar is c.cookiejar)

    @task
    def retries(self):
        s = self.made(max_retries=2)
        print(repr(s.get("/hang", name="got").error) if False else s.client.max_retries)
        s = self.made(max_retries=2, network_timeout=0.5, max_redirects=0)
        print(repr(s.get("/hang", name="got").error), repr(s.post("/hang", name="posted").error))
        print(s.get("/redirect/1").status_code)

    @task
    def of_one_request(self):
        c = self.client
        print(c.get("/redirect/1", max_redirects=0).status_code)
        print(repr(c.get("/redirect/2", max_redirects=1).error), repr(c.get("/hang-up", max_retries=1).error))
        c.get("/echo", page=2, sort="up")
        c.get("/echo", params={"a": 1}, page=3)
        c.post("/echo", page=2)
        c.post("/echo", data={"a": 1}, page=2)

    @task
    def a_payload(self):
        self.client.post("/echo", payload="p")

    @task
    def headers(self):
        s = self.made(headers={"X-All": "1", "user-agent": "mine"})
        print(s.get("/echo/h", headers={"X-Own": "2", "x-all": "3"}).status_code, dict(s.client.default_headers))
        self.client.get("/echo/of_the_user")

    @task
    def cookies(self):
        c = self.client
        c.get("/cookies/set?a=1&b=2")
        print(sorted((k.name, k.value) for k in c.cookiejar), len(c.cookiejar))
        first = next(iter(c.cookiejar), None)
        if first is not None:
            c.cookiejar.clear(first.domain, first.path, first.name)
            c.get("/cookies")
            c.cookiejar.clear()
            c.get("/cookies")
            c.cookiejar.set_cookie(first)
            c.get("/cookies")
        c.cookiejar = None
        c.get("/cookies")
        c.client.cookiejar = None
        c.get("/cookies/set?a=1&b=2")

    @task
    def unknown(self):
        s = self.made(no_such_setting=1)
        print("made")
        s.get("/never")

    @task
    def wrong(self):
        self.made(max_redirects="many")


class U(FastHttpUser):
    tasks = [Steps]
    max_redirects = 2
    max_retries = 0
    network_timeout = 1.0
    connection_timeout = 5
    concurrency = 3
    default_headers = {"X-Default": "yes"}
