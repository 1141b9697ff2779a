"""Requests go through the proxies that the arguments, the session or the environment name. The server is its own proxy here."""
import os
from locust import HttpUser, SequentialTaskSet, task

for name in list(os.environ):
    if name.lower().endswith("_proxy"):
        del os.environ[name]


class Steps(SequentialTaskSet):
    def tell(self, path, **kwargs):
        with self.client.get(path, catch_response=True, **kwargs) as r:
            print(path, r.status_code, type(r.error).__name__, r.error)

    @task
    def argument(self):
        proxy = {"http": self.user.host}
        self.client.get("http://shop.test/echo/a?x=1", proxies=proxy)
        self.client.get("http://shop.test:8080/redirect/1", proxies=proxy)
        self.client.post("http://user:pass@shop.test/echo/b#part", data={"a": 1}, proxies=proxy, name="post")
        self.client.get("/plain", proxies={"https": self.user.host})
        self.client.get("http://a.test/plain", proxies={"http://a.test": self.user.host, "http": "http://127.0.0.1:1"})
        self.client.get("http://b.test/plain", proxies={"all": self.user.host.removeprefix("http://")})

    @task
    def credentials(self):
        proxy = self.user.host.replace("://", "://us%40er:p%3Ass@")
        self.client.get("http://shop.test/echo/c", proxies={"http": proxy})
        self.client.get("http://shop.test/redirect/1", proxies={"http": proxy})

    @task
    def session(self):
        self.client.proxies = {"http": self.user.host}
        self.client.get("http://shop.test/echo/d")
        self.client.proxies["http"] = "http://127.0.0.1:1"
        self.client.get("http://shop.test/echo/d", name="refused")
        self.client.get("http://shop.test/echo/d", proxies={"http": self.user.host})
        self.client.proxies.update({"http": None})
        self.client.get("/plain")
        self.client.proxies = {}

    @task
    def environment(self):
        os.environ["HTTP_PROXY"] = self.user.host
        print(self.client.trust_env)
        self.client.get("/plain")
        self.client.trust_env = True
        self.client.get("http://shop.test/echo/e")
        os.environ["NO_PROXY"] = "localhost,127.0.0.0/8, .inner.test"
        self.client.get("/plain")
        self.client.get("http://other.test/echo/f")
        os.environ["no_proxy"] = "*"
        self.client.get("/plain")
        del os.environ["HTTP_PROXY"], os.environ["NO_PROXY"], os.environ["no_proxy"]
        os.environ["all_proxy"] = self.user.host
        self.client.get("http://shop.test/echo/g")
        del os.environ["all_proxy"]
        self.client.trust_env = False
        self.client.get("/plain")

    @task
    def tunnels(self):
        self.tell("https://refused.test/x", proxies={"https": self.user.host})
        self.tell("https://user.test/x", proxies={"https": self.user.host.replace("://", "://me:secret@")})
        self.tell("https://auth.test:8443/x", proxies={"https": self.user.host})
        self.tell("https://closed.test/x", proxies={"https": self.user.host})
        self.client.get("https://refused.test/y", proxies={"https": self.user.host}, name="tunnel")

    @task
    def failures(self):
        self.tell("http://shop.test/x", proxies={"http": "http://127.0.0.1:1"})
        self.tell("https://shop.test/x", proxies={"https": "http://127.0.0.1:1"})
        self.tell("http://shop.test/hang-up", proxies={"http": self.user.host})
        self.tell("http://shop.test/hang", proxies={"http": self.user.host}, timeout=0.5)
        for proxy in ("http://", "http:///path", "socks5://127.0.0.1:1"):
            try:
                self.tell("http://shop.test/x", proxies={"http": proxy})
            except Exception as e:
                print(proxy, type(e).__name__, e)


class U(HttpUser):
    tasks = [Steps]
