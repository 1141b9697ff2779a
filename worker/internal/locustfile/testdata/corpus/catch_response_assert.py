from locust import HttpUser, between, task


class AssertingUser(HttpUser):
    wait_time = between(1, 1)

    @task
    def assert_status(self):
        with self.client.get("/api/items", catch_response=True) as r:
            assert r.status_code == 200, f"unexpected status {r.status_code}"
            assert r.json()["page"] == 1

    @task
    def assert_outside(self):
        r = self.client.get("/api/items")
        assert r.status_code == 404

    @task
    def key_error(self):
        with self.client.get("/api/items", catch_response=True) as r:
            value = r.json()["no_such_key"]
            print(value)
