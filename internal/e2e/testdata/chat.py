"""Users of an API that streams answers, tells how far a story is, and sends news over a WebSocket."""

import time

import websocket
from locust import HttpUser, between, task


class Reader(HttpUser):
    wait_time = between(1, 3)

    @task(4)
    def catalog(self):
        self.client.get("/v1/catalog")

    @task(3)
    def chat(self):
        with self.client.post("/v1/chat/completions", json={"stream": True}, stream=True, catch_response=True) as r:
            for line in r.iter_lines():
                if line == b"data: [DONE]":
                    break

    @task(2)
    def story(self):
        story_id = self.client.post("/v1/story", json={"prompt": "a fox"}).json()["id"]
        status = "queued"
        while status != "done":
            time.sleep(0.1)
            status = self.client.get(f"/v1/story/{story_id}", name="/v1/story/[id]").json()["status"]

    @task(1)
    def news(self):
        ws = websocket.create_connection(self.host.replace("http", "ws") + "/v1/news", timeout=10)
        for _ in range(5):
            ws.recv()
        ws.close()
