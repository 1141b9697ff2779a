"""Load test of a small web shop."""
import random

from locust import HttpUser, between, task

PRODUCTS = ["lamp", "chair", "desk", "sofa", "rug"]


class ShopUser(HttpUser):
    wait_time = between(1, 3)
    host = "http://localhost:8080"

    def on_start(self):
        self.cart = []
        self.client.get("/")

    @task(5)
    def browse(self):
        product = random.choice(PRODUCTS)
        self.client.get(f"/products/{product}", name="/products/[name]")

    @task(2)
    def search(self):
        self.client.get("/search", params={"q": random.choice(PRODUCTS), "page": random.randint(1, 5)})

    @task(1)
    def add_to_cart(self):
        product = random.choice(PRODUCTS)
        quantity = random.randint(1, 3)
        response = self.client.post("/cart", json={"product": product, "quantity": quantity, "gift": False, "note": None})
        if response.status_code == 201:
            self.cart.append(product)
            print(f"cart now has {len(self.cart)} items: {self.cart}")

    def on_stop(self):
        self.client.post("/logout")
