"""A shop: log in, browse by weight, put things into the basket, now and then check out."""
import logging
import os
import random

from locust import HttpUser, between, events, tag, task

USERNAME = os.getenv("SHOP_USER", "demo")
PRODUCTS = ["lamp", "chair", "table", "shelf"]
log = logging.getLogger(__name__)


class Customer(HttpUser):
    wait_time = between(0.5, 2.5)
    weight = 3

    def on_start(self):
        self.basket = []
        with self.client.post("/login", json={"name": USERNAME, "password": "x"}, catch_response=True, timeout=10) as r:
            if r.status_code != 200:
                r.failure(f"login failed: {r.status_code}")
                return
            try:
                token = r.json()["token"]
            except (ValueError, KeyError):
                r.failure("login answered no token")
                return
        self.client.headers.update({"Authorization": f"Bearer {token}"})

    @task(10)
    def browse(self):
        product = random.choice(PRODUCTS)
        self.client.get(f"/products/{product}", name="/products/[name]", timeout=10)

    @tag("write")
    @task(3)
    def add(self):
        item = {"product": random.choice(PRODUCTS), "count": random.randint(1, 4)}
        self.basket.append(item)
        self.client.post("/basket", json=item, timeout=10)

    @tag("write")
    @task
    def check_out(self):
        if not self.basket:
            return
        total = sum(i["count"] for i in self.basket)
        with self.client.post("/checkout", json={"items": self.basket, "total": total}, catch_response=True, timeout=30) as r:
            if r.elapsed.total_seconds() > 1:
                r.failure("slow checkout: %.2f s" % r.elapsed.total_seconds())
            elif "order" not in r.text:
                r.failure("no order")
            else:
                r.success()
        log.info("bought %d things", total)
        self.basket.clear()

    def on_stop(self):
        self.client.post("/logout", timeout=10)


@events.test_start.add_listener
def announce(environment, **_kwargs):
    print(f"load on {environment.host}")
