import time
from locust import User, constant, events, task


class FakeRpcError(Exception):
    pass


class FakeRpcClient:
    """Stands for any client that is not HTTP."""

    def __init__(self, environment):
        self.environment = environment
        self.calls = 0

    def __getattr__(self, name):
        def wrapper(*args, **kwargs):
            self.calls += 1
            meta = {
                "request_type": "rpc",
                "name": name,
                "start_time": time.time(),
                "response_length": 0,
                "context": {},
                "response": None,
                "exception": None,
            }
            start = time.perf_counter()
            try:
                if name == "broken":
                    raise FakeRpcError("method %s is broken" % name, 42)
                meta["response"] = {"args": args, "kwargs": kwargs}
                meta["response_length"] = len(args) + len(kwargs)
            except FakeRpcError as e:
                meta["exception"] = e
            meta["response_time"] = (time.perf_counter() - start) * 1000
            self.environment.events.request.fire(**meta)
            return meta["response"]

        return wrapper


class RpcUser(User):
    abstract = True

    def __init__(self, environment):
        super().__init__(environment)
        self.client = FakeRpcClient(environment)


class MyUser(RpcUser):
    wait_time = constant(0.5)

    @task(3)
    def call(self):
        print(self.client.get_time("UTC", zone=1))

    @task
    def broken(self):
        self.client.broken()
