import csv
import io
import itertools
import os
from collections import defaultdict, deque
from pathlib import Path

from locust import HttpUser, constant, task

HERE = Path(__file__).parent
TABLE = """name,password
ada,one
bob,two
"""


def read():
    path = HERE / "users.csv"
    if path.exists():
        with open(path, newline="", encoding="utf-8") as f:
            return list(csv.DictReader(f))
    return list(csv.DictReader(io.StringIO(TABLE)))


POOL = deque(read())
CYCLE = itertools.cycle(POOL)
SEEN = defaultdict(int)


class Login(HttpUser):
    wait_time = constant(1)

    def on_start(self):
        self.row = POOL.popleft() if len(POOL) > 1 else next(CYCLE)
        SEEN[self.row["name"]] += 1

    @task
    def login(self):
        self.client.post("/login", data={k: v for k, v in self.row.items() if k != "id"}, timeout=5)

    def on_stop(self):
        POOL.append(self.row)
        out = os.environ.get("LOGIN_OUT")
        if out:
            with open(out, "a") as f:
                f.write(",".join([self.row["name"], str(SEEN[self.row["name"]])]) + "\n")
