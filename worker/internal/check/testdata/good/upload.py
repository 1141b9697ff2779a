import base64
import hashlib
from io import BytesIO

from locust import HttpUser, between, task

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")


class Uploader(HttpUser):
    wait_time = between(1, 1)

    @task
    def picture(self):
        files = {"file": ("pixel.png", BytesIO(PIXEL), "image/png")}
        r = self.client.post("/pictures", files=files, data={"title": "pixel"}, timeout=30)
        if r.ok:
            digest = hashlib.sha256(PIXEL).hexdigest()
            assert digest in r.text, f"another digest: {r.text!r}"

    @task
    def raw(self):
        self.client.put("/raw", data=PIXEL, headers={"Content-Type": "application/octet-stream"}, timeout=30)
