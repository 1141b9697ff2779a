from locust import FastHttpUser, task
import json


class FastChecked(FastHttpUser):
    @task
    def checked(self):
        with self.client.get("/missing/1", catch_response=True) as response:
            if response.status_code == 404:
                response.success()
            else:
                response.failure("expected 404, got " + str(response.status_code))

    @task
    def failing(self):
        with self.client.post("/orders", data=json.dumps({"a": 1}), headers={"Content-Type": "application/json"}, catch_response=True) as r:
            try:
                if r.json()["status"] != "paid":
                    r.failure("not paid")
            except (TypeError, KeyError) as e:
                r.failure(f"{type(e).__name__}: {e}")

    @task
    def plain_failure(self):
        self.client.get("/status/503")
