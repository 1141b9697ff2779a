from locust import HttpUser, SequentialTaskSet, TaskSet, task


def outside(l):
    l.client.get("/outside")


class Sequence(SequentialTaskSet):
    @task(2)
    def b(self):
        self.client.get("/b")

    tasks = [outside]

    @task
    def a(self):
        self.client.get("/a")

    @task
    def end(self):
        self.interrupt()


class U(HttpUser):
    tasks = {Sequence: 1}
