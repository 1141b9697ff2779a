"""Users who leave streams in all ways."""
import gevent
from locust import FastHttpUser, HttpUser, TaskSet, constant, task

kept = []


class Leaves(TaskSet):
    wait_time = constant(0.05)

    def ask(self, path="/endless", **kw):
        return self.client.get(path, stream=True, **kw)

    @task
    def whole(self):
        for _ in self.ask("/ends").iter_content(100):
            pass

    @task
    def left(self):
        for _ in self.ask().iter_content(3):
            break

    @task
    def forgotten(self):
        self.ask()

    @task
    def attribute(self):
        self.last = self.ask()

    @task
    def everybodys(self):
        kept.append(self.ask())
        del kept[:-3]

    @task
    def judged(self):
        with self.ask(catch_response=True) as response:
            response.request_meta["name"] = "/judged"

    @task
    def unjudged(self):
        self.caught = self.ask("/ends", catch_response=True)

    @task
    def killed(self):
        reader = gevent.spawn(lambda: list(self.ask().iter_content(3)))
        gevent.sleep(0.1)
        reader.kill()

    @task
    def reading(self):
        self.reader = gevent.spawn(lambda: list(self.ask().iter_content(3)))
        gevent.sleep(0.1)


class Leaver(HttpUser):
    tasks = [Leaves]


class FastLeaver(FastHttpUser):
    tasks = [Leaves]
    concurrency = 1000
