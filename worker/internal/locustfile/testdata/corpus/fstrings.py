from datetime import datetime
from locust import HttpUser, task

AMOUNT = 1234567.891
NAME = "Ada"


class Formatter(HttpUser):
    @task
    def formats(self):
        ratio, n, items = 0.12345, 42, ["a", "b"]
        print(f"{AMOUNT:,.2f} {AMOUNT:.3e} {AMOUNT:15.1f}| {ratio:.1%} {ratio:.2f} {n:05d} {n:>6}|{n:<6}|{n:^6}| {n:x} {n:#b} {n:+}")
        print(f"{NAME!r:>8} {NAME:*^9} {items} {items[0]!s} {{braces}} {n if n > 40 else 'small'} {NAME.upper()[:2]}")
        print(f"{datetime(2024, 5, 6, 7, 8):%Y-%m-%d %H:%M} {n=} {ratio * 2 = :.3f} {'nested ' + f'{n:{8}d}'}")
        print("%s has %d items at %.1f%% (%5s|%-5s|%05.1f) %r %x" % (NAME, 3, 12.345, "ab", "cd", 3.14159, "q", 255))
        print("{} {1} {name} {0!r}".format("a", "b", name=NAME) if False else "{0} {1} {name:>5} {0!r}".format("a", "b", name=NAME))
        self.client.get(f"/users/{n:04}/{NAME.lower()}?ratio={ratio:.2f}", name=f"/users/{{id}}/{NAME!r}")
