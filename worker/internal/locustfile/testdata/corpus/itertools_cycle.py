import itertools
from locust import HttpUser, task

URLS = itertools.cycle(["/a", "/b", "/c"])
COUNTER = itertools.count(start=100, step=10)


class Cycler(HttpUser):
    @task
    def go(self):
        self.client.get(next(URLS), params={"n": next(COUNTER)})

    @task
    def product(self):
        for size, colour in itertools.islice(itertools.product(["S", "M"], ["red", "blue"]), 3):
            self.client.get("/variant", params=[("size", size), ("colour", colour)], name=f"/variant {size}-{colour}")
