from locust import FastHttpUser, HttpUser, TaskSet, User, task

import elsewhere  # lacks: import of elsewhere: this worker has no such module


class Reader(User):
    abstract = True

    @task
    def read(self):
        self.client.get("/")
        self.nope()


class Real(Reader, HttpUser):
    pass


class Fast(Reader, FastHttpUser):
    pass


class Lonely(User):
    """Nobody extends it here, another file may."""

    abstract = True

    def on_start(self):
        self.client.get("/")


class Between(User):
    @task
    def look(self):
        self.client.get("/")
        self.rest("GET", "/")
        self.nope()  # warns: self has no attribute 'nope' in Locust either: AttributeError


class More(Between):
    pass


class Last(More, FastHttpUser):
    pass


class Open(User):
    def on_start(self):
        self.client.get("/")


class Foreign(Open, elsewhere.Mixin):
    pass


class Concrete(User):
    abstract = False

    def on_start(self):
        self.client.get("/")  # warns: self has no attribute 'client' in Locust either: AttributeError


class Heir(Concrete):
    def on_stop(self):
        self.client.get("/")  # warns: self has no attribute 'client' in Locust either: AttributeError


class Steps(TaskSet):
    @task
    def step(self):
        self.client.get("/", timeout=1)
        self.rest("GET", "/")  # warns: self has no attribute 'rest' in Locust either: AttributeError
