from abc import abstractmethod
from locust import HttpUser, between, task


class BaseApiUser(HttpUser):
    abstract = True
    wait_time = between(0.5, 1)
    base_path = "/api"

    def on_start(self):
        self.client.get(f"{self.base_path}/start")

    @abstractmethod
    def payload(self):
        ...

    def url(self, *parts):
        return "/".join([self.base_path, *map(str, parts)])

    @task
    def common(self):
        self.client.get(self.url("common"))


class Reader(BaseApiUser):
    base_path = "/api/read"

    def payload(self):
        return {"role": "reader"}

    @task(2)
    def read(self):
        self.client.get(self.url("items", 5), params=self.payload())


class Writer(BaseApiUser):
    def payload(self):
        return {"role": "writer", **{"extra": [1]}}

    def on_start(self):
        super().on_start()
        self.client.get(self.url("writer"))

    @task(2)
    def common(self):
        self.client.post(self.url("items"), json=self.payload())
