import json
import logging

from locust import HttpUser, between, task

logger = logging.getLogger(__name__)


class ApiUser(HttpUser):
    wait_time = between(0.5, 2)
    token = None

    def on_start(self):
        res = self.client.post("/api/auth/login", json={"email": "user@example.com", "password": "secret123"})
        if res.status_code == 200:
            self.token = res.json()["token"]
            self.headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        else:
            logger.error("login failed: %s %s", res.status_code, res.text)
            self.headers = {}

    @task(3)
    def profile(self):
        self.client.get("/api/profile", headers=self.headers)

    @task
    def update(self):
        payload = {"name": "New Name", "tags": ["a", "b"], "nested": {"x": 1.5, "y": None, "z": True}}
        self.client.put("/api/profile", data=json.dumps(payload), headers=self.headers)
