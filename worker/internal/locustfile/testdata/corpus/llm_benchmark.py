"""
Benchmark of a chat completions endpoint.

Reports, beside Locust's own numbers, the time to the first token and the tokens of each answer as custom samples, and
prints a summary when the test stops.
"""
import json
import logging
import os
import random
import time
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Optional

from locust import HttpUser, between, events, tag, task
from locust.env import Environment

logger = logging.getLogger(__name__)

MODEL = os.environ.get("BENCH_MODEL", "tiny")
MAX_TOKENS = int(os.environ.get("BENCH_MAX_TOKENS", "64"))
SYSTEM_PROMPT = "You are a concise assistant."
PROMPTS: List[str] = [
    "Summarise the plot of a famous novel.",
    "Translate 'good morning' to five languages.",
    "List three prime numbers above 100.",
    "Explain recursion to a child.",
]


@dataclass
class Answer:
    """What came back for one prompt."""

    text: str = ""
    tokens: int = 0
    first_token_ms: Optional[float] = None
    finish_reason: Optional[str] = None
    usage: Dict[str, int] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return self.finish_reason == "stop"


class Totals:
    prompts = 0
    tokens = 0
    errors: Dict[str, int] = {}

    @classmethod
    def add(cls, answer: Answer) -> None:
        cls.prompts += 1
        cls.tokens += answer.tokens

    @classmethod
    def error(cls, kind: str) -> None:
        cls.errors[kind] = cls.errors.get(kind, 0) + 1


def messages(prompt: str, *, system: str = SYSTEM_PROMPT) -> List[Dict[str, str]]:
    return [{"role": "system", "content": system}, {"role": "user", "content": prompt}]


def parse_events(lines: Iterator[bytes]) -> Iterator[Dict[str, Any]]:
    for line in lines:
        if not line or not line.startswith(b"data:"):
            continue
        data = line[len(b"data:"):].strip()
        if data == b"[DONE]":
            return
        try:
            yield json.loads(data)
        except json.JSONDecodeError:
            logger.warning("cannot parse %r", data[:50])


@events.test_start.add_listener
def announce(environment: Environment, **_: Any) -> None:
    print(f"benchmarking {MODEL} with {len(PROMPTS)} prompts, at most {MAX_TOKENS} tokens")


@events.test_stop.add_listener
def summarise(environment: Environment, **_: Any) -> None:
    print(f"{Totals.prompts} prompts, {Totals.tokens} tokens, {Totals.tokens / max(1, Totals.prompts):.2f} tokens/prompt, errors {Totals.errors}")


class ChatUser(HttpUser):
    wait_time = between(0.2, 1.0)

    def on_start(self) -> None:
        self.client.headers.update({"Authorization": f"Bearer {os.getenv('OPENAI_API_KEY', 'sk-test')}"})
        self.conversation: List[Dict[str, str]] = []

    def payload(self, prompt: str, stream: bool, **overrides: Any) -> Dict[str, Any]:
        body = {
            "model": MODEL,
            "messages": messages(prompt),
            "max_tokens": MAX_TOKENS,
            "temperature": round(random.uniform(0.0, 1.0), 2),
            "stream": stream,
        }
        if stream:
            body["stream_options"] = {"include_usage": True}
        body.update(overrides)
        return body

    @tag("stream")
    @task(3)
    def streamed(self) -> None:
        prompt = random.choice(PROMPTS)
        answer = Answer()
        started = time.perf_counter()
        with self.client.post(
            "/v1/chat/completions",
            json=self.payload(prompt, True),
            stream=True,
            catch_response=True,
            name="chat (stream)",
        ) as response:
            if response.status_code != 200:
                Totals.error(f"http {response.status_code}")
                response.failure(f"status {response.status_code}")
                return
            for event in parse_events(response.iter_lines()):
                for choice in event.get("choices", []):
                    piece = choice.get("delta", {}).get("content")
                    if piece:
                        if answer.first_token_ms is None:
                            answer.first_token_ms = (time.perf_counter() - started) * 1000
                        answer.tokens += 1
                        answer.text += piece
                    answer.finish_reason = choice.get("finish_reason") or answer.finish_reason
                if event.get("usage"):
                    answer.usage = event["usage"]
            if not answer.complete:
                response.failure("the answer was cut off")
                return
            response.success()
        self.report(answer)

    def report(self, answer: Answer) -> None:
        Totals.add(answer)
        events.request.fire(
            request_type="METRIC", name="time to first token", response_time=answer.first_token_ms or 0.0,
            response_length=0, exception=None, context={"model": MODEL},
        )
        events.request.fire(
            request_type="METRIC", name="tokens", response_time=answer.tokens, response_length=len(answer.text), exception=None, context={},
        )
        print(answer.text, answer.usage.get("total_tokens"))

    @tag("plain")
    @task(2)
    def plain(self) -> None:
        self.conversation.append({"role": "user", "content": random.choice(PROMPTS)})
        with self.client.post("/v1/chat/completions", json=self.payload("", False, messages=self.conversation[-4:]), catch_response=True, name="chat") as r:
            try:
                message = r.json()["choices"][0]["message"]
            except (ValueError, KeyError, IndexError) as e:
                Totals.error(type(e).__name__)
                r.failure(f"bad answer: {e!r}")
                self.conversation.clear()
            else:
                self.conversation.append(message)

    @task
    def models(self) -> None:
        self.client.get("/v1/models")
