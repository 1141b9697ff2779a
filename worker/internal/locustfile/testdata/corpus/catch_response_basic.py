from locust import HttpUser, task


class CheckedUser(HttpUser):
    @task
    def checked(self):
        with self.client.get("/products/1", catch_response=True) as response:
            if response.status_code != 200:
                response.failure(f"Got status {response.status_code}")
            elif "price" not in response.text:
                response.failure("no price")
            else:
                response.success()

    @task
    def not_found_is_fine(self):
        with self.client.get("/missing/page", catch_response=True) as response:
            if response.status_code == 404:
                response.success()

    @task
    def json_check(self):
        with self.client.get("/api/items", catch_response=True, name="items (checked)") as resp:
            try:
                data = resp.json()
                if data["total"] < 10:
                    resp.failure("Too few items: " + str(data["total"]))
            except Exception as e:
                resp.failure(f"Exception: {e}")
