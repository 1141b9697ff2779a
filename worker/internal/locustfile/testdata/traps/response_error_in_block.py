from locust import HttpUser, task
from locust.exception import ResponseError


class Mine(ResponseError):
    pass


class U(HttpUser):
    @task
    def reported(self):
        with self.client.get("/a", catch_response=True) as r:
            raise ResponseError("no good")

    @task
    def subclass(self):
        with self.client.get("/b", catch_response=True) as r:
            raise Mine("mine", 2)

    @task
    def dropped(self):
        with self.client.get("/c", catch_response=True) as r:
            raise RuntimeError("the sample is lost")
