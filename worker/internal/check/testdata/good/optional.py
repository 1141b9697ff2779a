import json as stdjson

try:
    import orjson as json
except ImportError:
    json = stdjson

try:
    import brotli
    HAS_BROTLI = True
except (ImportError, OSError):
    HAS_BROTLI = False

import matplotlib.pyplot as plt
from locust import HttpUser, between, events, task


class Optional(HttpUser):
    wait_time = between(1, 2)

    @task
    def get(self):
        r = self.client.get("/json", headers={"Accept-Encoding": "br" if HAS_BROTLI else "gzip"}, timeout=2)
        print(json.loads(r.content))


@events.test_stop.add_listener
def draw(environment, **kwargs):
    plt.plot([1, 2])
    plt.savefig("out.png")


if __name__ == "__main__":
    from locust import run_single_user

    run_single_user(Optional)
