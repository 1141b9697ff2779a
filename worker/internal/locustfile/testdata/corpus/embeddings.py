import random
from locust import HttpUser, between, task

WORDS = "the quick brown fox jumps over the lazy dog".split()


def sentence(n):
    return " ".join(random.choices(WORDS, k=n)).capitalize() + "."


class EmbeddingUser(HttpUser):
    wait_time = between(0.1, 0.3)
    batch_sizes = (1, 4, 8)

    @task
    def embed(self):
        size = random.choice(self.batch_sizes)
        texts = [sentence(random.randint(3, 9)) for _ in range(size)]
        with self.client.post("/v1/embeddings", json={"input": texts, "model": "tiny-embed"}, name=f"/v1/embeddings [{size}]", catch_response=True) as response:
            if response.status_code == 200:
                data = response.json()["data"]
                if len(data) != size:
                    response.failure(f"got {len(data)} embeddings instead of {size}")
            else:
                response.failure(f"Error: {response.status_code} - {response.text}")
