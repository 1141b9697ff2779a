from locust import HttpUser, task
from locust.exception import CatchResponseError, ResponseError

ARGS = ["text", "it's", 'both \' and "', 5, None, ["a"], {"k": 1}, b"bytes", ValueError("as exception"), KeyError("k"), CatchResponseError("own"), "", "ünï\n", ResponseError("r")]


class U(HttpUser):
    n = 0

    @task
    def t(self):
        with self.client.get("/plain", catch_response=True, name="failure") as r:
            r.failure(ARGS[self.n % len(ARGS)])
        self.n += 1
