"""dict() of geventhttpclient's headers shows how they are stored."""
from locust import FastHttpUser, task


class U(FastHttpUser):
    @task
    def t(self):
        r = self.client.get("/plain")
        if r.headers is not None:
            print(r.headers["Content-Type"], r.headers.get("CONTENT-LENGTH"), sorted(r.headers), "content-type" in r.headers, len(r.headers))
            print(dict(r.headers))
