import json
from locust import HttpUser, constant, task


class OllamaUser(HttpUser):
    wait_time = constant(1)

    @task(2)
    def generate(self):
        text, count = "", 0
        with self.client.post("/api/generate", json={"model": "llama3", "prompt": "word " * 50, "stream": True}, stream=True, catch_response=True) as r:
            if r.status_code == 200:
                for line in r.iter_lines():
                    part = json.loads(line)
                    text += part["response"]
                    if part["done"]:
                        count = part.get("eval_count", 0)
                r.success()
            else:
                r.failure("HTTP %s: %s" % (r.status_code, r.text[:30]))
        print(repr(text), count)

    @task
    def embeddings(self):
        r = self.client.post("/api/embed", json={"model": "e", "input": ["a", "b"]})
        if r.status_code == 200:
            vector = r.json()["data"][0]["embedding"]
            print(len(vector), sum(vector), min(vector), [round(x, 2) for x in vector])
