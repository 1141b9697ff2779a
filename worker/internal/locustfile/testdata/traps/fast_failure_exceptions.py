"""FAILURE_EXCEPTIONS of locust.contrib.fasthttp, replaced or extended: what a session and a response's with obey."""
from gevent.timeout import Timeout
from locust import FastHttpUser, SequentialTaskSet, task
from locust.contrib import fasthttp
from locust.contrib.fasthttp import FAILURE_EXCEPTIONS, FastHttpSession, LocustUserAgent, ResponseContextManager

FAILURES = FAILURE_EXCEPTIONS


class Mine(Exception):
    pass


class Steps(SequentialTaskSet):
    def attempt(self, name, call):
        try:
            r = call()
            print(name, type(r).__name__, r.status_code, repr(r.error) if hasattr(r, "error") else "-")
        except BaseException as e:
            if type(e).__name__ == "GreenletExit":
                raise
            print(name, "raised", type(e).__name__, str(e).replace(self.client.base_url, "HOST"))

    def within(self, name, error=None, path="/status/500"):
        def call():
            with self.client.get(path, name=name, catch_response=True) as r:
                if error:
                    r.error = error
            return r

        self.attempt(name, call)

    @task
    def as_it_is(self):
        print([e.__name__ for e in FAILURES], FAILURES is fasthttp.FAILURE_EXCEPTIONS, len(FAILURES))
        self.within("stock")
        self.within("stock, own error", Mine("m"), "/plain")
        self.within("stock, timeout", Timeout(3), "/plain")

    @task
    def extended(self):
        fasthttp.FAILURE_EXCEPTIONS += (Mine, KeyError)
        self.within("extended", Mine("m"), "/plain")
        self.within("extended, neighbour", KeyError("k"), "/plain")
        self.within("extended, other", ValueError("v"), "/plain")
        plain = LocustUserAgent._verify_status

        def strict(self, code, url=None):
            raise Mine("not this")

        LocustUserAgent._verify_status = strict
        self.attempt("extended, agent", lambda: self.client.get("/plain"))
        self.within("extended, agent and with", None, "/plain")
        LocustUserAgent._verify_status = plain
        fasthttp.FAILURE_EXCEPTIONS = FAILURES
        self.within("put back", Mine("m"), "/plain")
        self.attempt("put back, refused", lambda: self.client.get("http://127.0.0.1:1/", name="refused"))

    @task
    def nothing_fails(self):
        self.attempt("before", lambda: self.client.get("/status/404"))
        fasthttp.FAILURE_EXCEPTIONS = ()
        self.attempt("nothing, 404", lambda: self.client.get("/status/404"))
        self.attempt("nothing, refused", lambda: self.client.get("http://127.0.0.1:1/", name="refused"))
        self.within("nothing, with")
        self.within("nothing, with of a good one", Mine("m"), "/plain")
        fasthttp.FAILURE_EXCEPTIONS = FAILURES
        self.attempt("after", lambda: self.client.get("/status/404"))

    @task
    def only_some(self):
        fasthttp.FAILURE_EXCEPTIONS = (ConnectionRefusedError,)
        self.attempt("some, 404", lambda: self.client.get("/status/404"))
        self.attempt("some, refused", lambda: self.client.get("http://127.0.0.1:1/", name="refused"))
        self.within("some, timeout", Timeout(3), "/plain")
        fasthttp.FAILURE_EXCEPTIONS = Exception
        self.within("a class", ValueError("v"), "/plain")
        fasthttp.FAILURE_EXCEPTIONS = 3
        self.within("no class", ValueError("v"), "/plain")
        fasthttp.FAILURE_EXCEPTIONS = ["a", "list"]
        self.within("a list", ValueError("v"), "/plain")
        fasthttp.FAILURE_EXCEPTIONS = FAILURES

    @task
    def by_hand(self):
        r = self.client.get("/plain")
        meta = {"request_type": "HAND", "name": "made", "response_time": 1, "response_length": 2, "exception": None, "context": {}, "response": r}
        r.error = Mine("m")
        fasthttp.FAILURE_EXCEPTIONS = (Mine,)

        def call():
            with ResponseContextManager(r, self.user.environment.events.request, meta, True) as x:
                pass
            return x

        self.attempt("by hand", call)
        fasthttp.FAILURE_EXCEPTIONS = FAILURES
        self.attempt("by hand, put back", call)

    @task
    def before_the_session(self):
        fasthttp.FAILURE_EXCEPTIONS = (Mine,)
        c = FastHttpSession(self.client.base_url, self.user.environment.events.request, self.user)
        self.attempt("another session", lambda: c.get("/status/404"))
        del fasthttp.FAILURE_EXCEPTIONS
        self.attempt("no such name", lambda: c.get("/status/404"))
        self.attempt("no such name, none needed", lambda: c.get("/plain"))
        fasthttp.FAILURE_EXCEPTIONS = FAILURES


class U(FastHttpUser):
    tasks = [Steps]
