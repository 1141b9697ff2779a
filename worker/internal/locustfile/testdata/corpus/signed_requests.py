import base64
import hashlib
import hmac
import json
import time
from locust import HttpUser, task

SECRET = b"top secret"


def sign(body: str, secret: bytes = SECRET) -> str:
    digest = hmac.new(secret, body.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class SigningUser(HttpUser):
    @task
    def signed(self):
        body = json.dumps({"amount": 12.5, "currency": "EUR"}, separators=(",", ":"))
        self.client.post("/signed", data=body, headers={"X-Signature": sign(body), "X-Hash": hashlib.md5(body.encode()).hexdigest()[:12], "Content-Type": "application/json"})

    @task
    def stamped(self):
        stamp = str(int(time.time()))
        self.client.get("/stamped", headers={"X-Timestamp": stamp, "X-Nonce-Length": str(len(stamp))})
        print(hashlib.sha1(b"abc").hexdigest(), hashlib.sha256("ü".encode("utf-8")).hexdigest()[:16])
