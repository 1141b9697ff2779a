import time
from locust import HttpUser, between, task


class U(HttpUser):
    wait_time = between(0.001, 0.002)

    @task
    def t(self):
        time.sleep(self.wait_time())
        self.client.get("/plain", params={"w": round(self.wait_time(), 9)})
        self.wait()
