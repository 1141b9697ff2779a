import base64
import json
import time
from locust import HttpUser, between, task


def b64(data: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


class TokenUser(HttpUser):
    wait_time = between(1, 2)
    token = None
    expires_at = 0.0

    def ensure_token(self):
        if self.token and time.time() < self.expires_at - 30:
            return
        r = self.client.post("/oauth/token", data={"grant_type": "client_credentials", "scope": "read write"}, auth=("client", "secret"), name="token")
        if r.status_code == 200:
            data = r.json()
            self.token, self.expires_at = data["access_token"], time.time() + data["expires_in"]
        else:
            self.token = b64({"alg": "none"}) + "." + b64({"sub": "fallback"}) + "."
            self.expires_at = 0

    @task
    def call(self):
        self.ensure_token()
        self.client.get("/resource", headers={"Authorization": "Bearer " + self.token})
