"""The traceback of an exception that passes through @contextmanager does not show the generator."""
from contextlib import asynccontextmanager, contextmanager
from time import perf_counter

import asyncio

from locust import User, constant, events, task


@contextmanager
def timed(name):
    begun, failure = perf_counter(), None
    try:
        yield name.upper()
    except OSError as e:
        failure = e
        raise
    finally:
        events.request.fire(
            request_type="timer", name=name, response_time=(perf_counter() - begun) * 1000, response_length=len(name), exception=failure
        )


@contextmanager
def renaming():
    try:
        yield
    except ValueError as e:
        raise RuntimeError(f"was {e}") from e


@asynccontextmanager
async def later():
    yield 1


class Timer(User):
    wait_time = constant(0)

    @task
    def passes(self):
        with timed("fine") as shown:
            print(shown)

    @task
    def fails(self):
        with timed("outer"), timed("inner"):
            raise OSError("no disk")

    @task
    def decorated(self):
        @timed("decorator")
        def inside():
            raise LookupError("nothing there")

        inside()

    @task
    def renamed(self):
        with renaming():
            int("x")

    @task
    def stops(self):
        with timed("stop"):
            raise StopIteration(3)

    @task
    def awaited(self):
        async def go():
            async with later() as one:
                raise OSError(one, "later")

        asyncio.run(go())
