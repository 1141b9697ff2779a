from locust import HttpUser, task


class U(HttpUser):
    @task
    def t(self):
        with self.client.get("/outer", catch_response=True) as outer, self.client.get("/also", catch_response=True) as also:
            with self.client.get("/inner", catch_response=True) as inner:
                inner.failure("inner")
            outer.failure("outer")
        with self.client.get("/again", catch_response=True) as r:
            with r:
                pass

    @task
    def exits_by_hand(self):
        r = self.client.get("/by-hand", catch_response=True)
        r.__enter__()
        r.success()
        r.__exit__(None, None, None)
