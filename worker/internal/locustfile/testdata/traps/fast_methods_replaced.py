"""What is replaced of a FastHttpSession, of its agent or of their classes is what sends the requests."""
from http.cookiejar import CookieJar

from geventhttpclient.client import HTTPClient, HTTPClientPool
from locust import FastHttpUser, SequentialTaskSet, task
from locust.contrib import fasthttp
from locust.contrib.fasthttp import FastHttpSession, LocustUserAgent


class Steps(SequentialTaskSet):
    @task
    def on_the_object(self):
        c, seen = self.client, []
        plain = c.request

        def request(method, url, **kwargs):
            seen.append((method, url, sorted(kwargs)))
            return plain(method, url, **kwargs)

        c.request = request
        c.get("/echo/1", name="one")
        c.post("/echo/2", json={"a": 1})
        c.put("/echo/3", "body", headers={"X-Own": "1"})
        with c.get("/status/404", catch_response=True) as r:
            r.success()
        print(list(c.iter_lines("/lines")))
        del c.request
        c.get("/echo/4")
        print(seen)

    @task
    def others_on_the_object(self):
        c = self.client
        c._build_url = lambda path: c.base_url + "/echo/built" + path
        c.get("/a")
        del c._build_url
        plain = c._send_request_safe_mode
        c._send_request_safe_mode = lambda method, url, **kw: (print(method, sorted(kw)), plain(method, url, **kw))[1]
        c.delete("/echo/5")
        del c._send_request_safe_mode

    @task
    def on_the_class(self):
        plain = FastHttpSession.request

        def request(self, method, url, **kwargs):
            kwargs["headers"] = {"X-Class": "yes", **(kwargs.get("headers") or {})}
            return plain(self, method, url, **kwargs)

        FastHttpSession.request = request
        try:
            self.client.get("/echo/6")
            self.client.patch("/echo/7", data={"f": "g"})
        finally:
            FastHttpSession.request = plain
        self.client.get("/echo/8")

    @task
    def the_agent(self):
        agent = self.client.client
        print(type(agent).__name__, agent.max_redirects, agent.max_retries, dict(agent.default_headers), agent.clientpool.client_args["concurrency"])
        plain = agent.urlopen
        agent.urlopen = lambda url, **kw: (print(url.rpartition("/")[2], kw["method"], sorted(kw)), plain(url, **kw))[1]
        self.client.get("/echo/9")
        del agent.urlopen
        agent.max_redirects = 1
        print(self.client.get("/redirect/3").error if self.client.get("/redirect/1").ok else "failed")
        agent.max_redirects = 30
        agent.default_headers["X-Default"] = "d"
        self.client.get("/echo/10")
        del agent.default_headers["X-Default"]
        agent.valid_response_codes = frozenset([200, 404])
        print(self.client.get("/status/404").ok, self.client.get("/status/204").status_code)
        del agent.valid_response_codes
        agent.clientpool.close()
        print(self.client.get("/plain").status_code, len(agent.clientpool.clients) <= 1)

    @task
    def the_agents_class(self):
        plain = LocustUserAgent._verify_status
        LocustUserAgent._verify_status = lambda self, code, url=None: None
        print(self.client.get("/status/500").ok)
        LocustUserAgent._verify_status = plain
        send = HTTPClient.request

        def request(self, method, uri, body=b"", headers=None):
            headers["X-Deep"] = "down"
            return send(self, method, uri, body=body, headers=headers)

        HTTPClient.request = request
        self.client.get("/echo/11")
        HTTPClient.request = send

    @task
    def names_of_the_module(self):
        plain = fasthttp._construct_basic_auth_str
        fasthttp._construct_basic_auth_str = lambda user, password: f"Token {user}-{password}"
        FastHttpSession(self.client.base_url, self.user.environment.events.request, self.user).get("/echo/12", auth=("a", "b"))
        fasthttp._construct_basic_auth_str = plain

    @task
    def another_agent(self):
        class Agent(LocustUserAgent):
            def _urlopen(self, request):
                request.headers["X-Agent"] = "mine"
                return super()._urlopen(request)

        old = self.client.client
        self.client.client = Agent(cookiejar=CookieJar(), insecure=True)
        self.client.get("/cookies/set?a=1", name="set")
        print([c.name for c in self.client.client.cookiejar], len(self.client.cookiejar))
        self.client.get("/echo/13", allow_redirects=False)
        self.client.client = old
        self.client.get("/echo/14")


class U(FastHttpUser):
    tasks = [Steps]
