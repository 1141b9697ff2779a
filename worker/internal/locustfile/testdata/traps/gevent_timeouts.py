"""gevent.Timeout: what is raised where, and what row a request has whose time is up by it."""
import time

import gevent
from locust import FastHttpUser, HttpUser, SequentialTaskSet, task


class Mine(Exception):
    pass


class Late(gevent.Timeout):
    pass


def told(what, f):
    """Calls f and prints how it ended."""
    try:
        print(what, "->", f())
    except BaseException as e:
        shown = repr(e).partition(" at ")[0] if isinstance(e, gevent.Timeout) else repr(e)
        print(what, "RAISES", type(e).__name__, shown, str(e), isinstance(e, Exception), getattr(e, "seconds", None))


class Around(SequentialTaskSet):
    def slow(self, **kw):
        r = self.client.get("/slow", **kw)
        return r.status_code, type(r).__name__, type(getattr(r, "error", None)).__name__

    def nap(self):
        time.sleep(0.6)
        return "slept"

    @task
    def as_a_block(self):
        def request(*args, f=self.slow, **kw):
            with gevent.Timeout(*args, **kw) as t:
                got = f()
                return got, t.pending
            return "went on", t.pending

        told("block", lambda: request(0.15))
        told("block, silent", lambda: request(0.15, False))
        told("block, class", lambda: request(0.15, Mine))
        told("block, exception", lambda: request(0.15, Mine("mine")))
        told("block, text", lambda: request(0.15, "too slow"))
        told("block, enough time", lambda: request(5))
        told("block, no time", lambda: request(None))
        told("sleep, zero", lambda: request(0, f=self.nap))
        told("sleep", lambda: request(0.15, f=self.nap))
        told("sleep, silent", lambda: request(0.15, False, f=self.nap))
        told("sleep, class", lambda: request(0.15, Mine, f=self.nap))
        told("sleep, enough time", lambda: request(5, f=lambda: time.sleep(0.01)))

    @task
    def nested(self):
        def nest(outer, inner, f, throws=None, inner_throws=None):
            with gevent.Timeout(outer, throws):
                try:
                    with gevent.Timeout(inner, inner_throws):
                        return f()
                except gevent.Timeout as e:
                    print("inner sees", e.seconds)
                    raise
                return "inner is over"

        for name, f in (("request", self.slow), ("sleep", self.nap)):
            told(f"{name}, inner first", lambda: nest(5, 0.15, f))
            told(f"{name}, outer first", lambda: nest(0.15, 5, f))
            told(f"{name}, inner silent", lambda: nest(5, 0.15, f, inner_throws=False))
            told(f"{name}, outer silent", lambda: nest(0.15, 5, f, throws=False))
            told(f"{name}, outer's class", lambda: nest(0.15, 5, f, throws=Mine))

    @task
    def by_hand(self):
        def started(make, f):
            t = make()
            t.start()
            try:
                return f()
            except gevent.Timeout as e:
                return "caught", e is t, str(e), type(e).__name__
            finally:
                t.cancel()

        for name, f in (("request", self.slow), ("sleep", self.nap)):
            told(f"{name} by hand", lambda: started(lambda: gevent.Timeout(0.15), f))
            told(f"{name}, a subclass", lambda: started(lambda: Late(0.15), f))
            told(f"{name} with_timeout", lambda: gevent.with_timeout(0.15, f))
            told(f"{name} with_timeout, a value", lambda: gevent.with_timeout(0.15, f, timeout_value="instead"))
        told("pending", lambda: (lambda t: (t.pending, t.start(), t.pending, gevent.sleep(0), t.pending, t.cancel(), t.pending))(gevent.Timeout(9)))
        told("start_new", lambda: gevent.Timeout.start_new(0.15).cancel())
        told("twice", lambda: (lambda t: (t.start(), t.start()))(gevent.Timeout(9)))
        told("after cancel", lambda: (lambda t: (t.start(), t.cancel(), t.pending, self.nap()))(gevent.Timeout(0.15)))

    @task
    def around_a_block_of_the_response(self):
        def block():
            with gevent.Timeout(0.15):
                with self.client.get("/slow", catch_response=True, name="in a block") as r:
                    print("in the block", r.status_code)
                    r.success()
                return "after it"

        def in_it():
            with self.client.get("/plain", catch_response=True, name="sleeps in its block") as r:
                with gevent.Timeout(0.15):
                    time.sleep(0.6)
                r.success()

        def in_it_silent():
            with self.client.get("/plain", catch_response=True, name="sleeps in its block, silent") as r:
                with gevent.Timeout(0.15, False):
                    time.sleep(0.6)
                r.failure("took too long")

        told("around the block", block)
        told("in the block", in_it)
        told("in the block, silent", in_it_silent)

    @task
    def of_others(self):
        def wait(f):
            with gevent.Timeout(0.15):
                return f()

        told("join", lambda: wait(lambda: gevent.spawn(self.nap).join()))
        told("get", lambda: wait(lambda: gevent.spawn(self.nap).get()))
        told("event", lambda: wait(gevent.event.Event().wait))
        told("queue", lambda: wait(gevent.queue.Queue().get))
        told("lock", lambda: wait(lambda: (lambda s: (s.acquire(), s.acquire()))(gevent.lock.Semaphore())))
        told("the client afterwards", lambda: self.client.get("/plain").status_code)

    @task
    def leaves_the_task(self):
        with gevent.Timeout(0.15):
            self.client.get("/slow", name="nobody catches it")
        print("the task goes on")

    @task
    def leaves_the_task_with_a_class(self):
        with gevent.Timeout(0.15, Mine):
            self.client.get("/slow", name="nobody catches mine")
        print("the task goes on")

    @task
    def still_here(self):
        told("plain", lambda: self.client.get("/plain").status_code)


class U(HttpUser):
    tasks = [Around]

    def on_stop(self):
        print("on_stop of", type(self).__name__)


class F(FastHttpUser):
    tasks = [Around]

    def on_stop(self):
        print("on_stop of", type(self).__name__)
