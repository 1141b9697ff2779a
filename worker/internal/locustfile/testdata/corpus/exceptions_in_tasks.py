from locust import HttpUser, between, task


class Problem(Exception):
    def __init__(self, code, detail):
        super().__init__(f"{code}: {detail}")
        self.code = code


def helper(depth):
    if depth == 0:
        raise Problem(7, "deep down")
    helper(depth - 1)


class ClumsyUser(HttpUser):
    wait_time = between(1, 2)

    @task
    def zero(self):
        self.client.get("/before")
        print(1 / 0)

    @task
    def index(self):
        items = [1, 2, 3]
        items[5]

    @task
    def attribute(self):
        self.no_such_thing.get("/")

    @task
    def key(self):
        {"a": 1}["b"]

    @task
    def type_error(self):
        "text" + 5

    @task
    def custom(self):
        helper(2)

    @task
    def chained(self):
        try:
            int("twelve")
        except ValueError as e:
            raise Problem(8, "not a number") from e

    @task
    def status(self):
        self.client.get("/status/404").raise_for_status()

    @task
    def json_of_text(self):
        self.client.get("/plain").json()
