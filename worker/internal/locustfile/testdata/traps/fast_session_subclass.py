"""Subclasses of FastHttpSession and of its responses."""
from locust import FastHttpUser, SequentialTaskSet, task
from locust.contrib.fasthttp import FastHttpSession, FastResponse, LocustUserAgent


class Signed(FastHttpSession):
    auth_header = "Bearer of the class"

    def __init__(self, *args, **kwargs):
        kwargs["max_redirects"] = 1
        super().__init__(*args, **kwargs)
        self.log = []

    def _build_url(self, path):
        return super()._build_url("/echo" + path if path.startswith("/short") else path)

    def _send_request_safe_mode(self, method, url, **kwargs):
        self.log.append(method)
        kwargs["headers"]["X-Signed"] = str(len(self.log))
        return super()._send_request_safe_mode(method, url, **kwargs)


class Renamed(FastHttpSession):
    def request(self, method, url, name=None, **kwargs):
        return super().request(method, url, name=name or "renamed", **kwargs)


class Loud(FastResponse):
    @property
    def text(self):
        return (super().text or "").upper()


class Agent(LocustUserAgent):
    response_type = Loud


class Steps(SequentialTaskSet):
    def made(self, cls, **kwargs):
        return cls(base_url=self.user.host, request_event=self.user.environment.events.request, user=self.user, **kwargs)

    @task
    def signed(self):
        s = self.made(Signed)
        s.get("/short/1")
        s.post("/short/2", data="x")
        r = s.get("/redirect/2")
        print(r.status_code, s.log)

    @task
    def renamed(self):
        s = self.made(Renamed)
        s.get("/plain")
        s.get("/plain", name="own")
        with s.post("/status/500", catch_response=True) as r:
            print(isinstance(r, FastResponse), type(r).__name__)

    @task
    def loud(self):
        s = self.made(FastHttpSession)
        s.client = Agent(cookiejar=s.cookiejar)
        r = s.get("/plain")
        print(type(r).__name__, r.text)
        with s.get("/plain", catch_response=True) as r:
            print(type(r).__name__, r.text)

    @task
    def credentials(self):
        s = self.made(FastHttpSession)
        s.auth_header = "Token t"
        s.get("/echo/1")
        s.auth_header = None
        s.get("/echo/2")


class U(FastHttpUser):
    tasks = [Steps]
