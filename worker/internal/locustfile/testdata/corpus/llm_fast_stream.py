import json
import time

from locust import FastHttpUser, constant, task


class FastChat(FastHttpUser):
    wait_time = constant(0)

    @task
    def complete(self):
        with self.client.post("/v1/completions", json={"model": "tiny", "prompt": "Once", "max_tokens": 5}, catch_response=True) as r:
            if r.status_code != 200:
                r.failure(f"HTTP {r.status_code}")
            else:
                print(r.json()["choices"][0]["text"], r.js if hasattr(r, "js") else "")

    @task
    def stream(self):
        start = time.time()
        pieces = []
        with self.client.post("/v1/chat/completions", json={"stream": True}, stream=True, catch_response=True) as r:
            if r.status_code == 200:
                for line in r.iter_lines():
                    if line:
                        pieces.append(line if isinstance(line, str) else line.decode())
                self.environment.events.request.fire(request_type="SSE", name="lines", response_time=(time.time() - start) * 1000, response_length=len(pieces), exception=None, context={})
        print(len(pieces), [p[:12] for p in pieces[:2]])
