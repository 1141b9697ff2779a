"""A with statement around a plain FastResponse gives its connection back at the end; a failed request has none."""
from locust import FastHttpUser, task


class Borrower(FastHttpUser):
    @task
    def body_is_fine(self):
        with self.client.get("/items") as response:
            print(response.status_code)

    @task
    def body_raises(self):
        with self.client.get("/items") as response:
            print(sorted(response.json()))
            raise KeyError("items")

    @task
    def by_hand(self):
        print(self.client.get("/items").release())
