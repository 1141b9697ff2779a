"""What a client is made of can be exchanged on the object: its base, its event, its user, its names, the client itself."""
import requests
from locust import FastHttpUser, HttpUser, SequentialTaskSet, events, task
from locust.clients import HttpSession
from locust.event import EventHook


class Hook:
    def __init__(self, inner):
        self.inner, self.seen = inner, []

    def fire(self, **kw):
        self.seen.append((kw["request_type"], kw["name"], kw["context"], type(kw["exception"]).__name__))
        self.inner.fire(**{**kw, "name": "hooked " + str(kw["name"])})


class Steps(SequentialTaskSet):
    def on_start(self):
        self.base = self.client.base_url

    @task
    def base_url(self):
        c = self.client
        print(type(c).__name__, c.base_url == self.user.host)
        c.base_url = self.base + "/prefix"
        c.get("/echo/a")
        c.get(self.base + "/echo/b", name="absolute")
        c.base_url = self.base + "/slash/"
        c.get("echo/c")
        c.base_url = ""
        c.get(self.base + "/echo/d", name="no base")
        c.base_url = self.base
        self.user.host = "http://127.0.0.1:9"
        print(c.get("/plain", name="host is changed too late").status_code)

    @task
    def event(self):
        c = self.client
        hook = Hook(c.request_event)
        print(type(c.request_event).__name__, c.request_event is events.request, c.request_event is self.user.environment.events.request)
        c.request_event = hook
        c.get("/plain")
        c.post("/status/404", name="named", context={"a": 1})
        with c.get("/plain", catch_response=True, name="block") as r:
            r.failure("wanted")
        print(hook.seen)
        mine = EventHook()
        mine.add_listener(lambda **kw: print("mine", kw["name"], sorted(kw)))
        c.request_event = mine
        c.get("/plain", name="reported to mine alone")
        c.request_event = hook.inner

    @task
    def names(self):
        c = self.client
        print(c.request_name)
        c.request_name = "set"
        c.get("/plain")
        c.get("/plain", name="argument first")
        c.request_name = None
        with c.rename_request("renamed"):
            c.get("/plain")
            with c.rename_request("inner"):
                c.post("/plain", data="x")
            c.get("/plain")
        c.get("/plain")
        try:
            with c.rename_request("raises"):
                raise KeyError("k")
        except KeyError:
            print("after it", c.request_name)
        c.request_name = ""
        c.get("/plain")
        c.request_name = None

    @task
    def users(self):
        c = self.client
        print(c.user is self.user)

        class Other:
            def context(self):
                return {"other": 1}

        hook = Hook(c.request_event)
        c.request_event, c.user = hook, Other()
        c.get("/plain", context={"own": 2})
        c.user = None
        c.get("/plain", context={"own": 3})
        c.get("/plain")
        c.user, c.request_event = self.user, hook.inner
        self.user.context = lambda: {"patched": True}
        c.request_event = hook
        c.get("/plain")
        c.request_event = hook.inner
        del self.user.context
        print(hook.seen)

    @task
    def another_client(self):
        before = self.user.client
        self.user.client = requests.Session()
        try:
            print(self.client is self.user.client, self.client.get(self.base + "/plain").status_code)
        except Exception as e:
            print(type(e).__name__)
        self.user.client = HttpSession(self.base, self.user.environment.events.request, self.user)
        self.client.get("/plain", name="by another HttpSession")
        self.user.client = before
        self.client.get("/plain", name="by the first again")


class U(HttpUser):
    tasks = [Steps]


class F(FastHttpUser):
    tasks = [Steps]


class Mixed(HttpUser):
    """Its client is made by hand, before and instead of Locust's."""

    def __init__(self, environment):
        super().__init__(environment)
        self.client = HttpSession(base_url=self.host + "/v1", request_event=environment.events.request, user=self)
        self.client.headers["X-Made"] = "by hand"

    def context(self):
        return {"of": "Mixed"}

    @task
    def get(self):
        self.client.get("/echo/x", headers={"X-Own": "1"})
