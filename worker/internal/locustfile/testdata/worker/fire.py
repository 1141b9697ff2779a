# What people pass to events.request.fire, and what nobody should.
from locust import User, constant, events, task

TIMES = [-5, -5.5, 5, 1.23456789012345, 0, 10**12, True, None, 1e-7, 0.5, 2.5, 99.6, 145, 155.0]


class Bad(Exception):
    def __repr__(self):
        raise RuntimeError("repr")


class Falsy(Exception):
    def __bool__(self):
        return False


class Raises(Exception):
    def __bool__(self):
        raise RuntimeError("bool")


class U(User):
    wait_time = constant(100)
    done = False

    @task
    def t(self):
        if U.done:
            return
        U.done = True
        fire = events.request.fire
        for n, v in enumerate(TIMES):
            fire(request_type="X", name=f"time {n}", response_time=v, response_length=3, exception=None)
        for ms, length in ((5, 3), (5.0, 2.5), (7, -1)):
            fire(request_type="X", name="an int, then a float", response_time=ms, response_length=length)
        for ms, length in ((5.0, 3), (5, 3)):
            fire(request_type="X", name="a float, then an int", response_time=ms, response_length=length)
        fire(request_type="X", name="inf", response_time=float("inf"), response_length=3)
        fire(request_type="X", name="nan", response_time=float("nan"), response_length=3)
        fire(request_type="X", name="text", response_time="12", response_length=3)
        fire(request_type="X", name="no length", response_time=3, response_length=None)
        fire(request_type="X", name="missing")
        fire(request_type="X", response_time=3, response_length=None)
        for e in ("text", "", ValueError("v"), Bad(), Falsy(), Raises(), {"a": 1}, 0):
            fire(request_type="X", name="failed " + type(e).__name__, response_time=3, response_length=1, exception=e)
        for name in (None, 7, b"bytes", ("a", "b"), ["a list"]):
            fire(request_type="X", name=name, response_time=3, response_length=1)
        fire(request_type=None, name="no type", response_time=3, response_length=1)
        fire(request_type=5, name="an int", response_time=3, response_length=1)
        fire(request_type="X", name="more", response_time=3, response_length=1, context={"a": 1}, response=object(), url="u", extra=1, start_time=3)
        print("done")
