"""proxy_host and proxy_port: http goes to the proxy with its whole URL, https asks for a tunnel."""
from urllib.parse import urlparse

from locust import FastHttpUser, SequentialTaskSet, task
from locust.contrib.fasthttp import FastHttpSession


class Steps(SequentialTaskSet):
    @task
    def plain(self):
        print(self.client.get("/plain").status_code)
        print(self.client.post("/echo?a=1", json={"b": 2}, name="post").status_code)
        print(self.client.get("http://third.test:8080/x y", params={"q": "ü"}, name="absolute").status_code)
        print(self.client.get("http://fourth.test", name="no path").status_code)

    @task
    def tunnel(self):
        if self.client.get("/plain").status_code == 200:
            return  # what a server that knows no CONNECT makes of a handshake depends on chance
        try:
            r = self.client.get("https://secure.test/", name="https")
            print(r.status_code)
        except Exception as e:
            print(type(e).__name__, e)

    @task
    def without_port(self):
        s = FastHttpSession("http://other.test", self.user.environment.events.request, self.user, proxy_host="127.0.0.1")
        s.get("/never")

    @task
    def with_a_password(self):
        at = urlparse(self.user.environment.host)
        s = FastHttpSession("http://other.test", self.user.environment.events.request, self.user, proxy_host=at.hostname, proxy_port=at.port,
                            proxy_user="me", proxy_password="sécret")
        print(s.get("/mine").status_code, s.get("/mine", headers={"Proxy-Authorization": "own"}).status_code)

    @task
    def unknown_proxy(self):
        s = FastHttpSession("http://other.test", self.user.environment.events.request, self.user, proxy_host="no.such.host.invalid", proxy_port=1)
        print(s.get("/lost").status_code)
        s = FastHttpSession("http://other.test", self.user.environment.events.request, self.user, proxy_host="http://127.0.0.1", proxy_port=1)
        print(s.get("/scheme").status_code)


class U(FastHttpUser):
    tasks = [Steps]
    host = "http://other.test"

    def __init__(self, environment):
        at = urlparse(environment.host)
        self.proxy_host, self.proxy_port = at.hostname, at.port
        self.host = "http://other.test:81"
        super().__init__(environment)
