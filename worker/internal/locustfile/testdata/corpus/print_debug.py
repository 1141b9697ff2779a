from locust import HttpUser, task
import sys


class Talkative(HttpUser):
    def on_start(self): print("user starts", end="!\n")

    @task
    def talk(self):
        response = self.client.get("/items/1")
        print("Response status code:", response.status_code)
        print("Response text:", response.text)
        print(1, 2.0, None, True, "x", [1, "a"], {"k": (1,)}, sep=" | ")
        print("to stderr", file=sys.stderr)
        sys.stdout.write("written\n")
        print()
        print(b"bytes", 1e16, 1e-5, 0.1 + 0.2, 10 ** 20, -0.0, float("inf"), "it's", ["it's", 'a "quote"'], {1, }, set(), frozenset([1]), range(3), (), slice(1, 2))
