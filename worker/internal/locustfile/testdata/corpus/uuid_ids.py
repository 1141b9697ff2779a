import uuid
from locust import HttpUser, between, task


class IdUser(HttpUser):
    wait_time = between(1, 2)

    def on_start(self):
        self.session_id = str(uuid.uuid4())
        self.client.headers["X-Session"] = self.session_id

    @task
    def create(self):
        order = uuid.uuid4().hex
        r = self.client.post("/orders", json={"order_id": order, "session": self.session_id})
        if r.status_code == 201:
            self.client.get(f"/orders/{order}", name="/orders/[id]")

    @task
    def idempotent(self):
        key = f"key-{uuid.uuid4()}"
        for _ in range(2):
            self.client.put("/payments/1", json={"amount": 10}, headers={"Idempotency-Key": key})
