"""A bit of everything that the language has."""
from __future__ import annotations

import functools
from contextlib import contextmanager, suppress
from typing import Any, Dict, List, Optional, Union

from locust import HttpUser, task


def logged(fn):
    @functools.wraps(fn)
    def wrapper(self, *args, **kwargs):
        print("->", fn.__name__)
        result = fn(self, *args, **kwargs)
        print("<-", fn.__name__, result)
        return result

    return wrapper


@contextmanager
def section(name):
    print("begin", name)
    try:
        yield name.upper()
    finally:
        print("end", name)


@functools.lru_cache(maxsize=None)
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


class Temperature:
    unit = "C"

    def __init__(self, degrees: float) -> None:
        self._degrees = degrees

    @property
    def degrees(self) -> float:
        return self._degrees

    @degrees.setter
    def degrees(self, value: float) -> None:
        if value < -273.15:
            raise ValueError("too cold")
        self._degrees = value

    @staticmethod
    def parse(text: str) -> Temperature:
        return Temperature(float(text.rstrip("C")))

    def __str__(self):
        return f"{self.degrees:.1f}{self.unit}"

    def __eq__(self, other):
        return isinstance(other, Temperature) and self.degrees == other.degrees

    def __add__(self, other):
        return Temperature(self.degrees + other.degrees)


class Tour(HttpUser):
    @task
    @logged
    def first(self) -> Optional[str]:
        with section("one") as s:
            self.client.get(f"/{s.lower()}")
        with suppress(ZeroDivisionError):
            1 // 0
        return s

    @task
    def second(self):
        t = Temperature.parse("21.5C")
        t.degrees += 1
        try:
            t.degrees = -300
        except ValueError as e:
            print(e, t, t == Temperature(22.5), str(t + t))
        else:
            print("never")
        finally:
            print("finally")
        first, *middle, last = range(6)
        print(first, middle, last, fib(50), 2**100, -7 // 2, -7 % 3, divmod(7, -2), round(2.5), round(0.125, 2))

    @task
    def third(self):
        matrix = [[i * j for j in range(3)] for i in range(3)]
        squares = {n: n**2 for n in range(5) if n % 2}
        if (total := sum(map(sum, matrix))) > 5:
            print(total, squares, list(zip(*matrix)), sorted(squares, reverse=True), any(squares), all([]))
        for n in range(2, 6):
            for d in range(2, n):
                if n % d == 0:
                    break
            else:
                print(n, "is prime")
        match {"kind": "point", "at": [1, 2]}:
            case {"kind": "point", "at": [x, y]} if x < y:
                print("point", x, y)
            case _:
                print("something")
        text = "Straße"
        print(text.upper(), text[::-1], text.encode("utf-8")[:6], len(text), text.casefold(), "a,b,,c".split(","), " x ".strip().center(5, "."))

    @task
    def fourth(self):
        def options(a, b=2, *args, c, d=4, **kwargs):
            return a, b, args, c, d, kwargs

        print(options(1, c=3), options(1, 5, 6, 7, c=8, e=9), options(*[1, 2], **{"c": 3}))
        data: Dict[str, Union[int, List[Any]]] = {"a": 1}
        data |= {"b": [1]}
        del data["a"]
        print(data, isinstance(True, int), None is None, [1, 2] < [1, 3], "a" in "cat", 3 not in [1, 2], not [])
        assert data, "no data"
        self.client.post("/tour", json=data)
