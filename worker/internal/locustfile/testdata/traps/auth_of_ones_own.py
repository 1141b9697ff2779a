"""Credentials that sign requests themselves, and a file of credentials."""
import os
from locust import HttpUser, SequentialTaskSet, task
from requests.auth import AuthBase, HTTPBasicAuth, HTTPProxyAuth


class Token(AuthBase):
    def __init__(self, token):
        self.token = token

    def __call__(self, r):
        r.headers["X-Token"] = f"{self.token} {r.method} {r.path_url} {r.body!r}"
        r.register_hook("response", self.answered)
        return r

    def answered(self, r, **kwargs):
        print("answered", r.status_code)
        if r.status_code == 401:
            again = r.request.copy()
            again.headers["Authorization"] = "Token " + self.token
            other = r.connection.send(again, **kwargs)
            other.history.append(r)
            other.request = again
            return other


class Loud(HTTPBasicAuth):
    def __call__(self, r):
        r.headers["X-Loud"] = self.username
        return super().__call__(r)


class Steps(SequentialTaskSet):
    @task
    def token(self):
        self.client.get("/echo/t", auth=Token("one"))
        r = self.client.get("/private/x", auth=Token("two"))
        print(r.status_code, [h.status_code for h in r.history])
        self.client.auth = Token("three")
        self.client.post("/redirect/1", data="x")
        self.client.auth = None

    @task
    def subclasses(self):
        self.client.get("/echo/l", auth=Loud("me", "secret"))
        self.client.auth = HTTPProxyAuth("me", "secret")
        self.client.get("/echo/p")
        self.client.auth = Loud("me", "secret")
        self.client.get("/elsewhere", name="elsewhere")
        self.client.auth = None

    @task
    def patched(self):
        plain = HTTPBasicAuth.__call__
        HTTPBasicAuth.__call__ = lambda self, r: (r.headers.update({"X-Basic": self.username}), r)[1]
        self.client.get("/echo/b", auth=("a", "b"))
        self.client.get("/echo/b", auth=HTTPBasicAuth("a", "b"))
        HTTPBasicAuth.__call__ = plain
        self.client.get("/echo/b", auth=HTTPBasicAuth("a", "b"))

    @task
    def netrc(self):
        with open("netrc", "w") as f:
            f.write('# who\nmachine example.test login no password no\nmachine 127.0.0.1\n  login "me too" password s#cret\ndefault login any password one\n')
        os.environ["NETRC"] = "netrc"
        self.client.get("/echo/n")
        self.client.trust_env = True
        self.client.get("/echo/n")
        self.client.get("/echo/n", auth=("explicit", "one"))
        self.client.get("/redirect/1")
        self.client.get("/elsewhere", name="elsewhere")
        os.environ["NETRC"] = "not there"
        self.client.get("/echo/n")
        del os.environ["NETRC"]
        self.client.trust_env = False


class U(HttpUser):
    tasks = [Steps]
