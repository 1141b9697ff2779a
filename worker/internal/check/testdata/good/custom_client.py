import time

from locust import User, constant, task
from locust.exception import LocustError


class Store:
    """A client of one's own that reports what it does."""

    def __init__(self, environment, host):
        self.environment, self.host, self.data = environment, host, {}

    def __getitem__(self, key):
        return self.data[key]

    def measure(self, name, fn, *args):
        start, error, result = time.perf_counter(), None, None
        try:
            result = fn(*args)
        except Exception as e:
            error = e
        self.environment.events.request.fire(
            request_type="STORE", name=name, response_time=(time.perf_counter() - start) * 1000,
            response_length=len(str(result or "")), exception=error, context={},
        )
        return result

    def put(self, key, value):
        return self.measure("put", self.data.__setitem__, key, value)

    def get(self, key):
        return self.measure("get", self.data.__getitem__, key)


class StoreUser(User):
    abstract = True
    host = "store://"

    def __init__(self, environment):
        super().__init__(environment)
        if not self.host:
            raise LocustError("no host")
        self.client = Store(environment, self.host)


class Mine(StoreUser):
    wait_time = constant(0.1)

    @task
    def both(self):
        self.client.put("a", 1)
        self.client.get("a")
        self.client.get("b")
