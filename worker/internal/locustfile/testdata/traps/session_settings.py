"""What is set on a session counts for all of its requests."""
from locust import HttpUser, SequentialTaskSet, task
from requests.cookies import RequestsCookieJar


class Steps(SequentialTaskSet):
    def on_start(self):
        self.shown = {"X-One": "1"}

    @task
    def params(self):
        c = self.client
        c.params = {"k": "v", "gone": "x"}
        c.get("/echo/p")
        c.post("/echo/p", data={"a": 1})
        c.get("/echo/p", params={"gone": None, "more": [1, 2]})
        c.get("/echo/p?q=1", params="raw=1", name="raw")
        c.params.update(late="yes")
        c.head("/echo/p")
        c.params = None
        c.get("/echo/p")
        c.params = {}

    @task
    def streaming(self):
        self.client.stream = True
        r = self.client.get("/bytes/30")
        print("streamed", len(r.content), r.raw is not None)
        r = self.client.get("/plain", stream=False)
        print(r.text)
        with self.client.get("/lines", catch_response=True) as r:
            print([line for line in r.iter_lines()][:2])
        self.client.stream = False

    @task
    def headers(self):
        self.client.headers = self.shown
        self.client.get("/echo/h")
        self.shown["X-Two"] = "2"
        self.client.get("/echo/h", headers={"x-one": "other"})
        print(type(self.client.headers).__name__, self.client.headers is self.shown)
        self.client.headers = {}
        self.client.get("/echo/h")

    @task
    def cookies(self):
        jar = RequestsCookieJar()
        jar.set("mine", "1")
        self.client.cookies = jar
        self.client.get("/cookies/set?b=2")
        print(sorted(jar.keys()), self.client.cookies is jar)
        self.client.cookies = {"plain": "dict"}
        try:
            self.client.get("/cookies", name="dict")
        except AttributeError as e:
            print("a dict:", e)
        self.client.cookies = RequestsCookieJar()

    @task
    def redirects(self):
        self.client.max_redirects = 1
        self.client.get("/redirect/1")
        self.client.get("/redirect/2")
        self.client.max_redirects = 0
        self.client.get("/redirect/1", name="none")
        try:
            self.client.get("/plain", allow_redirects=False)
            self.client.get("/found", allow_redirects=False)
        except Exception as e:
            print(type(e).__name__)
        self.client.max_redirects = 30

    @task
    def hooks(self):
        seen = []

        def hook(r, *args, **kwargs):
            seen.append((r.status_code, sorted(kwargs)))

        self.client.hooks["response"].append(hook)
        self.client.get("/redirect/1")
        self.client.get("/plain", hooks={"response": [lambda r, **kw: seen.append("own")]})
        self.client.hooks = {"response": lambda r, **kw: seen.append("single")}
        self.client.get("/plain")
        self.client.hooks = {"response": []}
        self.client.get("/plain")
        print(seen)

    @task
    def auth(self):
        self.client.auth = ("user", "pass")
        self.client.get("/echo/auth")
        self.client.get("/echo/auth", auth=("other", "one"))
        self.client.auth = lambda r: (r.headers.update({"X-Signed": r.method}), r)[1]
        self.client.get("/redirect/1")
        self.client.auth = None
        self.client.get("/echo/auth")


class U(HttpUser):
    tasks = [Steps]
