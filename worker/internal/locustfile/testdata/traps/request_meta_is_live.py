"""request_meta is the very dict that is reported at the end of the with-block."""
from locust import HttpUser, task


class U(HttpUser):
    @task
    def t(self):
        with self.client.get("/plain", catch_response=True, name="before") as r:
            print(sorted(r.request_meta))
            r.request_meta["response_time"] = 1.0
            r.request_meta["response_length"] = 77
            r.request_meta["name"] = "after"
            r.request_meta["request_type"] = "TTFT"
        print(r.request_meta["response_length"], r.request_meta["exception"] is None)
