"""Measures time to first token of an OpenAI-compatible server."""
import json
import os
import random
import time

from locust import HttpUser, between, events, task

MODEL = os.getenv("MODEL_NAME", "tiny-llm")
PROMPTS = [
    "Explain quantum computing in one sentence.",
    "Write a haiku about load testing.",
    "What is the capital of Austria?",
]


class LLMUser(HttpUser):
    wait_time = between(0.1, 0.5)

    @task
    def stream_completion(self):
        prompt = random.choice(PROMPTS)
        payload = {
            "model": MODEL,
            "messages": [{"role": "system", "content": "You are helpful."}, {"role": "user", "content": prompt}],
            "max_tokens": random.choice([16, 32, 64]),
            "temperature": 0.7,
            "stream": True,
        }
        start = time.perf_counter()
        first_token = None
        tokens = 0
        with self.client.post("/v1/chat/completions", json=payload, stream=True, catch_response=True, timeout=60) as resp:
            try:
                for raw in resp.iter_lines():
                    if raw and raw.startswith(b"data: ") and b"[DONE]" not in raw:
                        event = json.loads(raw[6:])
                        delta = event["choices"][0]["delta"] if event.get("choices") else {}
                        if delta.get("content"):
                            tokens += 1
                            if first_token is None:
                                first_token = time.perf_counter() - start
            except Exception as exc:
                resp.failure(str(exc))
        total = time.perf_counter() - start
        if first_token is not None:
            events.request.fire(
                request_type="TTFT", name=f"ttft {MODEL}", response_time=first_token * 1000, response_length=tokens, exception=None, context={}
            )
            assert total >= first_token
        else:
            events.request.fire(
                request_type="TTFT", name=f"ttft {MODEL}", response_time=0, response_length=0,
                exception=Exception("no token for " + prompt[:20]), context={},
            )
