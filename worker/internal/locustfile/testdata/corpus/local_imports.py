import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from helpers import config
from helpers.config import Settings
from helpers.payloads import Customer, load, random_customer
from locust import HttpUser, between, task


class ImportingUser(HttpUser):
    wait_time = between(1, 2)

    @task
    def customers(self):
        c = random_customer()
        print(c, c.is_adult, c < Customer("Zed"), c == Customer("Zed"))
        self.client.post(config.API + "/customers", json=c.to_dict(), timeout=Settings.timeout)

    @task
    def products(self):
        import random as rnd

        product = rnd.choice(load("products.json")["products"])
        self.client.get(f"{config.API}/products/{product['id']}", name=product["name"])
        print(Settings.describe())
