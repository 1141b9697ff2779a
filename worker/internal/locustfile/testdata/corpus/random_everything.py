import random
import string
from locust import HttpUser, task


def random_string(length=8, alphabet=string.ascii_lowercase + string.digits):
    return "".join(random.choice(alphabet) for _ in range(length))


class RandomUser(HttpUser):
    @task
    def numbers(self):
        body = {
            "randint": random.randint(1, 1000),
            "randrange": random.randrange(0, 100, 5),
            "uniform": random.uniform(1.0, 2.0),
            "random": random.random(),
            "gauss": round(random.gauss(0, 1), 6),
            "normal": round(random.normalvariate(10, 2), 6),
            "expo": round(random.expovariate(1.5), 6),
            "triangular": random.triangular(0, 10, 3),
            "beta": round(random.betavariate(2, 3), 6),
            "bits": random.getrandbits(70),
        }
        self.client.post("/numbers", json=body)

    @task
    def sequences(self):
        deck = list(range(10))
        random.shuffle(deck)
        body = {
            "shuffled": deck,
            "sample": random.sample(range(100), 5),
            "choices": random.choices(["a", "b", "c"], weights=[5, 3, 1], k=4),
            "plain": random.choices("xyz", k=3),
            "name": random_string(),
            "code": random_string(4, string.ascii_uppercase),
            "punctuation": random.choice(string.punctuation),
        }
        self.client.post("/sequences", json=body)

    @task
    def own_generator(self):
        rng = random.Random(7)
        self.client.get("/own", params={"a": rng.random(), "b": rng.randint(1, 6), "c": rng.choice("abc")})
