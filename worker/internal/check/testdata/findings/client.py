import os
import time
from contextlib import ExitStack
from locust import HttpUser, FastHttpUser, TaskSet, task

BASE = "/v1"
base = os.getenv("BASE", "")


class Web(HttpUser):
    prefix = "/api"
    last = 0

    @task
    def keywords(self):  # the words of requests and Locust
        self.client.get("/", params={}, headers={}, cookies={}, auth=("a", "b"), timeout=1, allow_redirects=False, proxies={}, hooks={}, stream=True, verify=False, cert="c", name="n", context={}, data="", json=None)
        self.client.post("/", b"x", files={}, catch_response=False, timeout=(1, 2))
        self.client.get("/", timeout=1, nmae="x")  # warns: self.client.get takes no keyword 'nmae': TypeError
        self.client.request("GET", "/", timeout=1, method="PUT")
        self.client.request(method="GET", url="/", timeout=1)
        self.client.patch("/", timeout=1, **{"name": 1})

    @task
    def caught(self):
        self.client.get("/", catch_response=True, timeout=1)  # warns: catch_response=True without a with statement: Locust never reports this request
        r = self.client.get("/", catch_response=True, timeout=1)  # warns: catch_response=True without a with statement: Locust never reports this request
        s = self.client.get("/", catch_response=True, timeout=1)
        with s as t:
            t.success()
        with self.client.get("/", timeout=1) as u:  # warns: with self.client.get(...) without catch_response=True: LocustError after the request is reported
            u.failure("no")
        with self.client.get("/", timeout=1, catch_response=True) as v, ExitStack() as stack:
            v.failure(v.text)
            w = stack.enter_context(self.client.get("/", timeout=1, catch_response=True))
        self.fetch(r, w)

    def fetch(self, r, w):
        return self.client.get("/", timeout=1, catch_response=True)

    @task
    def urls(self):
        i = 7
        n = i + self.last
        url = f"{BASE}/x/{self.environment.runner.user_count}"
        self.last += 1
        self.client.get(f"{BASE}/x", timeout=1)
        self.client.get(f"{self.prefix}/x", timeout=1)
        self.client.get(self.host + "/x", timeout=1)
        self.client.get(os.environ["API"] + "/x", timeout=1)
        self.client.get(base + os.getenv("VERSION"), timeout=1)
        self.client.get(f"/x/{i}", timeout=1)
        self.client.get(f"/x/{self.last}", timeout=1)  # warns: the URL varies and there is no name=: each URL becomes a row of the statistics
        self.client.get("/x/" + str(time.time()), timeout=1)  # warns: the URL varies and there is no name=: each URL becomes a row of the statistics
        self.client.get("/x/%d" % n, timeout=1)  # warns: the URL varies and there is no name=: each URL becomes a row of the statistics
        self.client.get("/x/{}".format(time.time()), timeout=1)  # warns: the URL varies and there is no name=: each URL becomes a row of the statistics
        self.client.request("GET", url, timeout=1)  # warns: the URL varies and there is no name=: each URL becomes a row of the statistics
        self.client.get(f"/x/{self.last}", timeout=1, name="/x/[id]")

    @task
    def objects(self):
        with self.client.get("/", timeout=1, catch_response=True) as r:
            print(r.status_code, r.json(), r.elapsed.total_seconds(), r.request_meta["name"], r.headers.get("a"))
            r.succes()  # warns: the response of an HttpUser has no attribute 'succes' in Locust either: AttributeError
        q = self.client.get("/", timeout=1)
        q.jsn()  # warns: the response of an HttpUser has no attribute 'jsn' in Locust either: AttributeError
        self.client.headers.update({})
        self.client.cookies.clear()
        self.client.verify = False
        self.client.gett("/")  # warns: the client of an HttpUser has no attribute 'gett' in Locust either: AttributeError


class Quick(FastHttpUser):
    @task
    def words(self):
        self.client.headers.update({})  # warns: the client of a FastHttpUser has no attribute 'headers' in Locust either: AttributeError
        self.client.get("/", verify=False)  # warns: FastHttpUser's client has no keyword 'verify': it goes into the query string, or the form of a POST without data
        with self.client.get("/") as r:
            print(r.text)
        with self.rest("GET", "/") as r:
            print(r.js)


class Nested(TaskSet):
    @task
    def inner(self):
        self.client.get("/", timeout=1).json()
        self.user.client.gett("/", timeout=1)  # warns: the client of an HttpUser has no attribute 'gett' in Locust either: AttributeError
        self.interrupt()
