import random
from locust import HttpUser, SequentialTaskSet, between, task


class CheckoutFlow(SequentialTaskSet):
    def on_start(self):
        self.order_id = None
        self.sku = random.choice(["A-1", "B-2", "C-3"])

    @task
    def view_product(self):
        self.client.get(f"/products/{self.sku}", name="/products/:sku")

    @task(2)
    def add_to_cart(self):
        self.client.post("/cart/items", json={"sku": self.sku, "qty": 1})

    @task
    def checkout(self):
        with self.client.post("/orders", json={"sku": self.sku}, catch_response=True) as r:
            if r.ok:
                self.order_id = r.json()["id"]
            else:
                r.failure("order was not made")

    @task
    def confirm(self):
        if self.order_id is None:
            self.interrupt()
        self.client.get(f"/orders/{self.order_id}", name="/orders/:id")

    @task
    def done(self):
        self.interrupt(reschedule=False)


class Buyer(HttpUser):
    wait_time = between(1, 3)
    tasks = [CheckoutFlow]
