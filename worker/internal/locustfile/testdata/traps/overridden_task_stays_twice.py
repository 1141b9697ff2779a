"""A subclass that overrides a task with a task leaves both in the list."""
from locust import HttpUser, task


class Base(HttpUser):
    abstract = True

    @task
    def t(self):
        self.client.get("/base")

    @task
    def plain(self):
        self.client.get("/plain-base")


class U(Base):
    @task
    def t(self):
        self.client.get("/derived")

    def plain(self):
        self.client.get("/plain-derived")

    @task
    def show(self):
        print([f.__qualname__ for f in self.tasks])
