import random
from decimal import ROUND_HALF_UP, Decimal
from locust import HttpUser, SequentialTaskSet, between, task

ACCOUNTS = [f"AT{n:018d}" for n in range(1, 6)]


class Transfer(SequentialTaskSet):
    @task
    def balance(self):
        self.source, self.target = random.sample(ACCOUNTS, 2)
        self.client.get(f"/accounts/{self.source}/balance", name="/accounts/[iban]/balance")

    @task
    def transfer(self):
        amount = Decimal(str(random.uniform(1, 100))).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        with self.client.post("/transfers", json={"from": self.source, "to": self.target, "amount": str(amount)}, catch_response=True) as r:
            if r.status_code == 201:
                self.transfer_id = r.json().get("id")
            else:
                r.failure("rejected")
                self.interrupt(reschedule=True)

    @task
    def receipt(self):
        self.client.get(f"/transfers/{self.transfer_id}", name="/transfers/[id]")
        self.interrupt()


class Customer(HttpUser):
    tasks = {Transfer: 3}
    wait_time = between(1, 2)

    @task
    def statement(self):
        self.client.get("/statement", headers={"Accept": "text/csv"})
