"""open() is relative to the working directory; text is UTF-8 with universal newlines."""
import os
from pathlib import Path
from locust import HttpUser, task

with open("data/mixed.txt") as f:
    LINES = f.readlines()


class U(HttpUser):
    @task
    def t(self):
        print(LINES, Path("data/mixed.txt").read_text() == "".join(LINES), os.path.exists("data"), sorted(os.listdir("data")), Path(__file__).name, __name__)
        with open("data/mixed.txt", "rb") as f:
            print(f.read(5), f.tell(), f.read(1))
        with open("data/mixed.txt", newline="") as f:
            print(repr(f.read()))
        with open("out.txt", "a", encoding="utf-8") as f:
            f.write("ü\n")
        print(os.path.getsize("out.txt") > 2)
        try:
            open("absent.txt")
        except FileNotFoundError as e:
            print(e, e.errno, e.filename)
        self.client.get("/plain")
