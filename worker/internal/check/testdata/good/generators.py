import math
import random
import statistics
from itertools import accumulate, chain, count, islice

from locust import HttpUser, task


def ids(start=1):
    n = start
    while True:
        got = yield n
        n = got if got is not None else n + random.randint(1, 3)


def walk(tree):
    for node in tree:
        if isinstance(node, list):
            yield from walk(node)
        else:
            yield node


NUMBERS = ids()


class Gen(HttpUser):
    def wait_time(self):
        return min(5, random.expovariate(1 / 2))

    @task
    def numbered(self):
        first, *rest = islice(NUMBERS, 5)
        total = list(accumulate(rest))[-1]
        evens = [n for n in chain([first], rest) if n % 2 == 0]
        self.client.get("/sum", params={"total": total, "evens": evens, "root": round(math.sqrt(total), 3)}, timeout=1)
        print(statistics.mean(rest), next(count(3)), list(walk([1, [2, [3]]])), {*evens}, dict(zip("ab", rest)))
        match total % 3:
            case 0:
                print("three")
            case n if n > 1:
                print(f"{n!r:>5}")
            case _:
                pass
