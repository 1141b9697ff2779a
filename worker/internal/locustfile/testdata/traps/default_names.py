"""HttpUser names a request by the encoded path of the first request, FastHttpUser by the URL as it was written."""
from locust import FastHttpUser, HttpUser, task

URLS = ["/a b?q=ü&x=1", "/redirect/1", "/plain#fragment", "/pl%61in", "/q?", "relative"]


class Slow(HttpUser):
    n = 0

    @task
    def t(self):
        url = URLS[self.n % 5]
        self.n += 1
        self.client.get(url, params={"p": "v w"})


class Fast(FastHttpUser):
    n = 0

    @task
    def t(self):
        url = URLS[self.n % 5]
        self.n += 1
        self.client.get(url)
