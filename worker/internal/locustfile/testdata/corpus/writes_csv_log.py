import csv
import os
import tempfile
from locust import HttpUser, events, task

PATH = os.path.join(tempfile.mkdtemp(), "results.csv")
rows = 0

with open(PATH, "w", newline="") as f:
    csv.writer(f).writerow(["method", "name", "status", "note"])


def log_row(method, name, status, note=""):
    global rows
    with open(PATH, "a", newline="") as f:
        csv.writer(f, quoting=csv.QUOTE_MINIMAL).writerow([method, name, status, note])
    rows += 1


class CsvWriter(HttpUser):
    @task
    def logged(self):
        r = self.client.get("/csv")
        log_row("GET", "/csv", r.status_code, 'with "quotes", and commas')
        if r.status_code == 200:
            for row in csv.DictReader(r.text.splitlines()):
                print(dict(row))


@events.test_stop.add_listener
def show(environment, **kw):
    with open(PATH) as f:
        lines = f.read().splitlines()
    print(len(lines) == rows + 1, lines[0], lines[-1])
    os.remove(PATH)
