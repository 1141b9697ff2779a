"""The users of the benchmarks, for the master, for Locust's own workers and for ours."""

import random

from locust import FastHttpUser, HttpUser, User, constant, events, task


class BenchUser(HttpUser):
    wait_time = constant(0)

    @task
    def health(self):
        self.client.get("/health")


class FastBenchUser(FastHttpUser):
    wait_time = constant(0)

    @task
    def health(self):
        self.client.get("/health")


class WaitUser(HttpUser):
    wait_time = constant(3600)

    @task
    def health(self):
        self.client.get("/health")


class BurstUser(HttpUser):
    wait_time = constant(5)

    @task
    def health(self):
        self.client.get("/health")


class FastBurstUser(FastHttpUser):
    wait_time = constant(5)

    @task
    def health(self):
        self.client.get("/health")


PROMPTS = ["A fox who is afraid of the dark", "Two robots plant a garden", "The last snowman of the winter"]


class Reader(User):
    """What people do in a realistic file: log in, send random data, look at the answers."""

    abstract = True
    wait_time = constant(0)

    def on_start(self):
        self.ids = []
        response = self.client.post("/api/v1/story", json={"prompt": "login", "scenes": 1}, name="/login")
        self.headers = {"Authorization": f"Bearer {response.json()['id']}", "X-Client": "load"}

    @task(3)
    def create(self):
        story = {
            "prompt": random.choice(PROMPTS),
            "scenes": random.randint(1, 5),
            "options": {"seed": random.random(), "tags": random.sample(["short", "long", "funny", "sad"], 2)},
        }
        with self.client.post("/api/v1/story", json=story, headers=self.headers, name="create", catch_response=True) as response:
            if response.status_code >= 400:
                response.failure(f"status {response.status_code}")
                return
            body = response.json()
            if "id" not in body:
                response.failure("no id")
            else:
                self.ids.append(body["id"])
                del self.ids[:-10]

    @task(2)
    def read(self):
        if not self.ids:
            return
        story = random.choice(self.ids)
        with self.client.get(f"/api/v1/story/{story}", headers=self.headers, name="/api/v1/story/[id]", catch_response=True) as response:
            if response.status_code == 404:
                response.failure("gone")
            elif not response.json().get("id"):
                response.failure("no id")

    @task
    def health(self):
        self.client.get("/health", headers=self.headers)


class RealUser(Reader, HttpUser):
    pass


class FastRealUser(Reader, FastHttpUser):
    pass


class ComputeUser(User):
    """Nothing but Python: words, numbers, a dict."""

    wait_time = constant(0)

    @task
    def compute(self):
        words = {}
        for i in range(30):
            word = f"{PROMPTS[i % 3][:5].lower()}-{i * 7 % 5}"
            words[word] = words.get(word, 0) + len(word)
        total = sum(count for word, count in words.items() if word.startswith("a"))
        events.request.fire(request_type="PY", name="compute", response_time=1, response_length=total, exception=None, context={})
