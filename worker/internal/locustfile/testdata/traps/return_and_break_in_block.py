from locust import HttpUser, task


class U(HttpUser):
    @task
    def returns(self):
        with self.client.get("/status/404", catch_response=True) as r:
            if r.status_code == 404:
                r.success()
                return
            return

    @task
    def breaks(self):
        for n in range(3):
            with self.client.get("/status/200", catch_response=True, name="break") as r:
                if n == 1:
                    r.failure("stop here")
                    break
            with self.client.get("/status/200", catch_response=True, name="continue") as r:
                continue
