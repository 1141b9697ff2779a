"""The argument auth of FastHttpUser takes two texts, and no more."""
from locust import FastHttpUser, SequentialTaskSet, task


class Steps(SequentialTaskSet):
    @task
    def pairs(self):
        c = self.client
        for auth in [("a", "b"), ["a", "b"], (b"a", b"b"), ("ä", "ö"), "xy", ("a", "b", "c"), ("", ""), (), None]:
            c.get("/echo", auth=auth, name=repr(auth))
        print(c.auth_header)

    @task
    def no_password(self):
        self.client.get("/echo", auth=("admin", None))

    @task
    def no_user(self):
        self.client.get("/echo", auth=(None, "secret"))

    @task
    def numbers(self):
        self.client.get("/echo", auth=(1, 2))

    @task
    def one(self):
        self.client.get("/echo", auth=("admin",))

    @task
    def not_latin(self):
        self.client.get("/echo", auth=("łódź", "x"))

    @task
    def an_object(self):
        self.client.get("/echo", auth=object())


class U(FastHttpUser):
    tasks = [Steps]
