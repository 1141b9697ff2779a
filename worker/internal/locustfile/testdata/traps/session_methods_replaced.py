"""Methods that are set on a session are called by all the others."""
import functools
from locust import HttpUser, SequentialTaskSet, task


class Steps(SequentialTaskSet):
    @task
    def request_on_the_object(self):
        plain, seen = self.client.request, []

        @functools.wraps(plain)
        def request(method, url, **kwargs):
            seen.append((method, url, sorted(kwargs)))
            kwargs.setdefault("headers", {})["X-Wrapped"] = "yes"
            return plain(method, url, **kwargs)

        self.client.request = request
        self.client.get("/echo/1", name="one")
        self.client.post("/echo/2", json={"a": 1})
        self.client.put("/echo/3", "body", headers={"X-Own": "1"})
        with self.client.get("/status/404", catch_response=True) as r:
            r.success()
        self.client.head("/plain")
        del self.client.request
        self.client.get("/echo/4")
        print(seen)

    @task
    def send_on_the_object(self):
        plain, seen = self.client.send, []

        def send(request, **kwargs):
            seen.append((request.method, request.url.rpartition("/")[2], sorted(kwargs), kwargs["allow_redirects"]))
            request.headers["X-Sent"] = "by hand"
            return plain(request, **kwargs)

        self.client.send = send
        self.client.get("/redirect/1")
        self.client.post("/echo/5", data=b"x")
        del self.client.send
        print(seen)

    @task
    def get_on_the_object(self):
        plain = self.client.get
        self.client.get = lambda path, **kw: plain("/echo" + path, name="all of them", **kw)
        print(self.client.get("/short").json()["target"] if self.client.get("/x").ok else "failed")
        del self.client.get

    @task
    def others_on_the_object(self):
        c = self.client
        c._build_url = lambda path: c.base_url + "/echo/built" + path
        c.get("/a")
        del c._build_url
        c.rebuild_method = lambda request, response: setattr(request, "method", "PUT")
        c.post("/found", data="x")
        del c.rebuild_method
        c.merge_environment_settings = lambda *args: {"proxies": {}, "stream": False, "verify": True, "cert": None}
        c.get("/plain")
        del c.merge_environment_settings
        plain = c.get_adapter
        c.get_adapter = lambda url: (print("adapter for", url.rpartition("/")[2]), plain(url))[1]
        c.get("/redirect/1")


class U(HttpUser):
    tasks = [Steps]
