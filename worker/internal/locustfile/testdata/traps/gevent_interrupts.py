"""gevent's Timeout and kill end a request at once, whatever it waits for: a server that says nothing, or no more."""
import time

import gevent
import gevent.pool
from locust import FastHttpUser, HttpUser, task
from urllib3 import PoolManager


def soon(what, f):
    """Says how f ended, and whether that was long before the server gives up."""
    began = time.monotonic()
    try:
        with gevent.Timeout(0.2):
            got = f()
    except BaseException as e:
        got = type(e).__name__
    print(what, "->", got, "soon" if time.monotonic() - began < 5 else "late")


class Interrupted:
    def both(self):
        self.silent()
        self.stalled()

    def silent(self):
        soon("get", lambda: self.client.get("/hang").status_code)
        soon("post", lambda: self.client.post("/hang", json={"a": 1}).status_code)
        soon("content in pieces", lambda: self.client.post("/hang", data=(piece for piece in [b"a", b"b"])).status_code)

        def judged():
            with self.client.get("/hang", catch_response=True) as r:
                r.success()
                return r.status_code

        soon("judged", judged)

    def stalled(self):
        soon("body", lambda: self.client.get("/stalled").status_code)
        soon("stream", lambda: len(self.client.get("/stalled", stream=True).content))

        def killed():
            ended = []

            def asks():
                try:
                    self.client.get("/hang", name="killed")
                except BaseException as e:
                    ended.append(type(e).__name__)
                    raise

            g = gevent.spawn(asks)
            gevent.sleep(0.1)
            g.kill()
            return ended, g.dead

        soon("kill", killed)

        def all_killed():
            group = gevent.pool.Group()
            for _ in range(3):
                group.spawn(self.client.get, "/hang", name="killed together")
            group.join(timeout=0.1)
            group.kill()
            return len(group)

        soon("kill of many", all_killed)
        soon("the client goes on", lambda: self.client.get("/plain").status_code)


class Crowded(HttpUser):
    """Its only connection is taken by a stream."""

    pool_manager = PoolManager(maxsize=1, block=True)

    @task
    def waits(self):
        taken = self.client.get("/plain", stream=True)
        soon("place", lambda: self.client.get("/plain").status_code)
        print(taken.status_code)


class Web(Interrupted, HttpUser):
    tasks = [Interrupted.both]


class Fast(Interrupted, FastHttpUser):
    tasks = [Interrupted.both]
