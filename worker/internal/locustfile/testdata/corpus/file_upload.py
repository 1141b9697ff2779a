import io
import os
from locust import HttpUser, between, task

HERE = os.path.dirname(os.path.abspath(__file__))


class UploadUser(HttpUser):
    wait_time = between(1, 3)

    @task
    def upload_file(self):
        with open(os.path.join(HERE, "data", "note.txt"), "rb") as f:
            self.client.post("/upload", files={"file": f})

    @task
    def upload_named(self):
        with open(os.path.join(HERE, "data", "pixel.png"), "rb") as f:
            files = {"image": ("pic.png", f, "image/png")}
            r = self.client.post("/predict", files=files, data={"model": "resnet", "top_k": 5})
            print(r.status_code)

    @task
    def upload_bytes(self):
        self.client.post("/upload", files={"blob": io.BytesIO(b"\x00\x01\xff" * 10), "text": ("t.txt", "häh", "text/plain; charset=utf-8")})

    @task
    def upload_many(self):
        files = [("images", ("a.png", b"aaa", "image/png")), ("images", ("b.png", b"bbb", "image/png"))]
        self.client.post("/upload/many", files=files, data=[("k", "1"), ("k", "2")])
