import base64
import os
from pathlib import Path
from locust import HttpUser, between, task

IMAGES = sorted(Path(__file__).parent.joinpath("data").glob("*.png"))
ENCODED = {p.name: base64.b64encode(p.read_bytes()).decode("utf-8") for p in IMAGES}


class VisionUser(HttpUser):
    wait_time = between(0.5, 1.5)

    def on_start(self):
        if not IMAGES:
            raise FileNotFoundError("no images")

    @task(2)
    def predict_base64(self):
        for name, data in ENCODED.items():
            r = self.client.post("/predict", json={"image": data, "name": name, "threshold": 0.5})
            if r.status_code == 200:
                result = r.json()
                print(result["label"], f"{result['score']:.1%}", result["boxes"][0][-1])

    @task
    def predict_file(self):
        path = IMAGES[0]
        with path.open("rb") as f:
            self.client.post("/predict", files={"file": (path.name, f, "image/" + path.suffix.lstrip("."))}, data={"size": os.path.getsize(path), "stem": path.stem})

    @task
    def predict_raw(self):
        self.client.post("/v2/models/resnet/infer", data=IMAGES[0].read_bytes(), headers={"Content-Type": "application/octet-stream", "X-Length": str(len(IMAGES[0].read_bytes()))})
