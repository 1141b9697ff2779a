"""The generator is seeded before the module runs and again before the first user."""
import random
from locust import HttpUser, events, task

AT_IMPORT = [random.random() for _ in range(2)]


@events.test_start.add_listener
def start(**kw):
    print("start", random.random())


class U(HttpUser):
    def __init__(self, *args):
        super().__init__(*args)
        self.first = random.random()

    @task
    def t(self):
        print(AT_IMPORT, self.first, random.random(), random.choice("abcdef"), random.uniform(1, 2), random.sample([1, 2, 3], 2))
