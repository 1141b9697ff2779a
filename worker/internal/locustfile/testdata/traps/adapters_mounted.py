"""Adapters that are mounted, looked at and taken away."""
import io
import requests
from locust import HttpUser, SequentialTaskSet, task
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.util.retry import Retry


class Canned(BaseAdapter):
    """Answers by itself."""

    def send(self, request, **kwargs):
        r = requests.Response()
        r.status_code, r.url, r.request, r.reason = 203, request.url, request, "Canned"
        r.headers["Content-Type"] = "text/plain"
        r.raw = io.BytesIO(b"from a can")
        return r

    def close(self):
        print("closed")


class Marking(HTTPAdapter):
    def add_headers(self, request, **kwargs):
        request.headers["X-Marked"] = ",".join(sorted(kwargs))

    def build_response(self, req, resp):
        r = super().build_response(req, resp)
        r.mark = resp.status, type(r.connection).__name__
        r.headers["X-Added"] = "here"
        return r

    def request_url(self, request, proxies):
        return super().request_url(request, proxies) + "&marked=1"

    def init_poolmanager(self, connections, maxsize, block=False, **kw):
        print("pools", connections, maxsize, block, kw)
        super().init_poolmanager(connections, maxsize, block=block, **kw)

    def cert_verify(self, conn, url, verify, cert):
        print("verify", type(conn).__name__, bool(verify), cert)
        super().cert_verify(conn, url, verify, cert)


class Old(HTTPAdapter):
    def send(self, request, *args, **kwargs):
        kwargs["timeout"] = kwargs.get("timeout") or 1.0
        request.headers["X-Timeout"] = str(kwargs["timeout"])
        return super().send(request, *args, **kwargs)

    def get_connection_with_tls_context(self, request, verify, proxies=None, cert=None):
        conn = super().get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        request.headers["X-Pool"] = type(conn).__name__
        return conn


class Steps(SequentialTaskSet):
    @task
    def retries(self):
        self.client.mount("http://", HTTPAdapter(max_retries=3))
        r = self.client.get("/redirect/1")
        print([h.status_code for h in r.history])
        r = self.client.get("/redirect/2", allow_redirects=False)
        print(r.status_code, r.next.url.rpartition("/")[2] if r.next else r.next)
        self.client.post("/found", data={"a": 1})

    @task
    def pools(self):
        self.client.mount("http://", HTTPAdapter(pool_connections=1, pool_maxsize=2, pool_block=True))
        for _ in range(3):
            self.client.get("/plain")
        with self.client.get("/lines", stream=True, catch_response=True) as r:
            self.client.get("/plain")
        print(list(self.client.adapters), type(self.client.get_adapter("http://x/")).__name__)

    @task
    def own(self):
        self.client.mount(self.user.host + "/can", Canned())
        r = self.client.get("/can/1")
        print(r.status_code, r.text, r.reason, len(r.content))
        with self.client.get("/can/2", stream=True, catch_response=True) as r:
            print(b"|".join(r.iter_content(4)))
        self.client.get("/plain")
        self.client.adapters.pop(self.user.host + "/can").close()
        self.client.get("/can/3")

    @task
    def subclass(self):
        self.client.mount("http://", Marking(pool_maxsize=3))
        r = self.client.get("/echo/m?x=1")
        print(getattr(r, "mark", None), r.headers.get("X-Added"))
        self.client.mount("http://", Old())
        self.client.get("/echo/o")
        self.client.get("/hang")

    @task
    def none(self):
        self.client.adapters.clear()
        try:
            self.client.get("/plain")
        except Exception as e:
            print(type(e).__name__, str(e).partition("://")[0])
        self.client.mount("http://127", HTTPAdapter())
        self.client.get("/plain")
        self.client.mount("http://", HTTPAdapter())

    @task
    def looked_at(self):
        adapter = self.client.get_adapter(self.user.host)
        print(type(adapter).__name__, adapter.max_retries)
        adapter.max_retries = Retry(total=1, status_forcelist=[503])
        self.client.get("/status/503")


class U(HttpUser):
    tasks = [Steps]
