import json
import random
import time
import uuid

from locust import HttpUser, constant, events, task

PROMPTS = ["Tell me of the sea.", "Sum up: " + "word " * 500, "What is seven times six?"]


class ChatUser(HttpUser):
    wait_time = constant(0)
    host = "http://localhost:8000"

    @task
    def stream(self):
        body = {
            "model": "small",
            "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": random.choice(PROMPTS)}],
            "max_tokens": random.randint(16, 256),
            "stream": True,
            "user": str(uuid.uuid4()),
        }
        start = time.perf_counter()
        first = None
        tokens = 0
        with self.client.post("/v1/chat/completions", json=body, stream=True, catch_response=True, timeout=(5, 120)) as response:
            if response.status_code != 200:
                response.failure(f"HTTP {response.status_code}: {response.text[:100]}")
                return
            for line in response.iter_lines():
                if not line.startswith(b"data: "):
                    continue
                data = line[len(b"data: "):]
                if data.strip() == b"[DONE]":
                    break
                chunk = json.loads(data)
                if first is None:
                    first = time.perf_counter() - start
                    response.request_meta["response_time"] = first * 1000
                tokens += bool(chunk["choices"][0]["delta"].get("content"))
        if first is not None:
            took = time.perf_counter() - start
            events.request.fire(
                request_type="TOKENS", name="per second", response_time=tokens / max(took, 1e-9), response_length=tokens,
                exception=None, context={}, response=None,
            )
            print(f"{tokens:>5} tokens, first after {first * 1000:.1f} ms, {tokens / took:,.1f}/s")
