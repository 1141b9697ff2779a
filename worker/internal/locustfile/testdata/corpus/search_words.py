import random
from locust import HttpUser, between, events, task

WORDS = []


@events.init.add_listener
def load_words(environment, **kwargs):
    with open("data/words.txt") as f:
        WORDS.extend(w.strip() for w in f if w.strip() and not w.startswith("#"))
    print(f"loaded {len(WORDS)} words")


class SearchUser(HttpUser):
    wait_time = between(0.5, 1)

    @task
    def search(self):
        n = random.randint(1, 3)
        query = "+".join(random.sample(WORDS, n))
        self.client.get("/search?q=" + query, name="/search (%d words)" % n)

    @task
    def suggest(self):
        word = random.choice(WORDS)
        for end in range(1, len(word), 2):
            self.client.get(f"/suggest/{word[:end]}", name="/suggest/[prefix]")
