"""What is left of a response when there was none."""
from locust import FastHttpUser, HttpUser, task


def look(r):
    for name in ("status_code", "text", "content", "url", "reason", "encoding", "history", "ok", "cookies"):
        try:
            value = getattr(r, name)
            print(name, value if name != "cookies" else len(value))
        except Exception as e:
            print(name, "raises", type(e).__name__)
    try:
        print(sorted(k.lower() for k in r.headers) if r.headers is not None else None)
    except Exception as e:
        print("headers raise", type(e).__name__)
    try:
        r.json()
    except Exception as e:
        print(type(e).__name__, e)
    try:
        print("true" if r else "false")
    except Exception as e:
        print("truth raises", type(e).__name__)


class Slow(HttpUser):
    @task
    def t(self):
        look(self.client.get("/hang-up"))


class Fast(FastHttpUser):
    @task
    def t(self):
        look(self.client.get("/hang-up"))
