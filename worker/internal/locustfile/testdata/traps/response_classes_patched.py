"""What a file puts in place of methods of the responses' classes, or on a response, is called by what calls it in Locust."""
import requests
from locust import FastHttpUser, HttpUser, SequentialTaskSet, task
from locust.clients import HttpSession, ResponseContextManager
from locust.contrib import fasthttp


class Patch:
    """Replaces methods for the length of a block, and says which were called."""

    def __init__(self, *what):
        self.what, self.seen = what, []

    def __enter__(self):
        self.before = [(cls, name, vars(cls).get(name)) for cls, name in self.what]
        for cls, name in self.what:
            plain = getattr(cls, name)

            def method(*args, cls=cls, name=name, plain=plain, **kw):
                self.seen.append(f"{cls.__name__}.{name}")
                return plain(*args, **kw)

            setattr(cls, name, method)
            if isinstance(plain, property):
                setattr(cls, name, property(lambda r, cls=cls, name=name, plain=plain: (self.seen.append(f"{cls.__name__}.{name}"), plain.fget(r))[1]))
        return self

    def __exit__(self, *exc):
        for cls, name, before in self.before:
            if before is None:
                delattr(cls, name)
            else:
                setattr(cls, name, before)
        print(sorted(set(self.seen)))
        return False


class Http(SequentialTaskSet):
    @task
    def raise_for_status(self):
        c = self.client
        with Patch((requests.Response, "raise_for_status")):
            c.get("/status/404", name="plain")
            with c.get("/status/404", name="block", catch_response=True):
                pass
            with c.get("/status/404", name="won", catch_response=True) as r:
                r.success()

        def never(self):
            return None

        plain, requests.Response.raise_for_status = requests.Response.raise_for_status, never
        try:
            c.get("/status/404", name="nothing is a failure")
        finally:
            requests.Response.raise_for_status = plain

    @task
    def of_the_block(self):
        c = self.client
        with Patch((ResponseContextManager, "raise_for_status"), (ResponseContextManager, "_report_request"), (ResponseContextManager, "__exit__"),
                   (ResponseContextManager, "success"), (ResponseContextManager, "failure")):
            c.get("/plain", name="plain")
            with c.get("/plain", name="block", catch_response=True) as r:
                r.success()
            with c.get("/plain", name="failed", catch_response=True) as r:
                r.failure("f")

    @task
    def contents(self):
        c = self.client
        with Patch((requests.Response, "content"), (requests.Response, "text"), (requests.Response, "ok")):
            r = c.get("/plain", name="content")
            r.text
            print("true" if bool(r) else "false")
        with Patch((requests.Response, "json"), (requests.Response, "iter_content"), (requests.Response, "__bool__")):
            r = c.get("/status/200", name="json")
            if r and r.status_code == 200:
                print(r.json())

    @task
    def the_class_itself(self):
        import locust.clients

        class Mine(ResponseContextManager):
            def failure(self, exc):
                super().failure(f"mine: {exc}")

        plain, locust.clients.ResponseContextManager = locust.clients.ResponseContextManager, Mine
        try:
            with self.client.get("/plain", name="another class", catch_response=True) as r:
                print(type(r).__name__)
                r.failure("f")
        finally:
            locust.clients.ResponseContextManager = plain
        made = HttpSession(self.user.host, self.user.environment.events.request, self.user)
        print(type(made.get("/plain", name="as before")).__name__)

    @task
    def on_the_object(self):
        r = self.client.get("/plain", name="object", catch_response=True)
        r.raise_for_status = lambda: (_ for _ in ()).throw(requests.HTTPError("own"))
        with r:
            pass
        r = self.client.get("/status/404", name="object's own failure", catch_response=True)
        r.failure = lambda exc: print("not told", exc)
        with r as same:
            same.failure("f")


class Fast(SequentialTaskSet):
    @task
    def raise_for_status(self):
        c = self.client
        with Patch((fasthttp.FastResponse, "raise_for_status"), (fasthttp.ResponseContextManager, "__exit__"),
                   (fasthttp.ResponseContextManager, "_report_request"), (fasthttp.ResponseContextManager, "success"), (fasthttp.ResponseContextManager, "failure")):
            c.get("/status/404", name="plain")
            with c.get("/status/404", name="block", catch_response=True):
                pass
            with c.get("/plain", name="won", catch_response=True) as r:
                r.success()
            with c.get("/plain", name="failed", catch_response=True) as r:
                r.failure("f")

    @task
    def contents(self):
        with Patch((fasthttp.FastResponse, "text"), (fasthttp.FastResponse, "json"), (fasthttp.FastResponse, "success"), (fasthttp.FastResponse, "failure")):
            r = self.client.get("/status/200", name="json")
            if r.status_code == 200:
                print(r.text, r.json())
            for name in ("success", "failure"):
                try:
                    getattr(r, name)()
                except Exception as e:
                    print(type(e).__name__)

    @task
    def on_the_object(self):
        r = self.client.get("/status/404", name="object's own failure", catch_response=True)
        r.failure = lambda exc: print("not told", exc)
        with r as same:
            same.failure("f")


class U(HttpUser):
    tasks = [Http]


class F(FastHttpUser):
    tasks = [Fast]
