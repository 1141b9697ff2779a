from locust import FastHttpUser, task


class RestUser(FastHttpUser):
    @task
    def ok(self):
        with self.rest("GET", "/api/items") as resp:
            if resp.js is None:
                pass
            elif "total" not in resp.js:
                resp.failure(f"'total' missing from response {resp.text}")

    @task
    def post(self):
        with self.rest("POST", "/api/items", json={"name": "x"}) as resp:
            if resp.js and resp.js.get("status") != "shipped":
                resp.failure("Unexpected value of status in response " + resp.text)

    @task
    def asserting(self):
        with self.rest("GET", "/api/items/3") as resp:
            assert resp.js is not None, "no JSON"
            assert resp.js["id"] == "4", "wrong id"
