import time
from locust import HttpUser, task


class MetaUser(HttpUser):
    @task
    def overwrite_time(self):
        began = time.time()
        with self.client.post("/v1/chat/completions", json={"stream": True, "messages": []}, stream=True, catch_response=True, name="TTFT") as response:
            n = 0
            for chunk in response.iter_lines(decode_unicode=True):
                if chunk:
                    n += 1
                    if n == 1:
                        response.request_meta["response_time"] = (time.time() - began) * 1000
            response.request_meta["name"] = f"TTFT ({n} events)"
            response.request_meta["response_length"] = n
            if n == 0:
                response.failure("nothing came")
