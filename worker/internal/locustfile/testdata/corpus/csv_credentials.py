import csv
from locust import HttpUser, between, task

with open("data/users.csv", newline="") as f:
    USERS = list(csv.DictReader(f))


class CsvUser(HttpUser):
    wait_time = between(1, 2)

    def on_start(self):
        if len(USERS) > 0:
            self.credentials = USERS.pop()
        else:
            self.credentials = {"username": "nobody", "password": ""}
        self.client.post("/login", data=self.credentials)

    @task
    def me(self):
        self.client.get("/me", params={"user": self.credentials["username"]})

    @task
    def others(self):
        for row in USERS:
            self.client.get(f"/users/{row['username']}", name="/users/[username]", headers={"X-Role": row["role"].upper()})
