import abc
from locust import HttpUser, User, TaskSet, SequentialTaskSet, task, between, constant_pacing


class Meta(type):
    pass


class Abstract(metaclass=abc.ABCMeta):
    pass


class Strange(metaclass=Meta):  # lacks: metaclass of class Strange: this worker has no metaclasses of one's own
    pass


class Base(HttpUser):
    abstract = True


class Web(Base):
    @constant_pacing(60)  # fails: @constant_pacing(...) is no decorator: AttributeError: 'function' object has no attribute '_cp_last_run', when Locust imports the file; write wait_time = constant_pacing(...)
    @task
    def paced(self):
        pass

    @between(1, 2)  # warns: @between(...) is no decorator: it replaces spaced by a number; write wait_time = between(...)
    def spaced(self):
        pass

    @task
    def on_start(self):  # warns: on_start is a task too: Locust runs it at start and among the tasks
        pass

    @task(3)
    def client(self):  # warns: the task client hides HttpUser.client, which Locust uses itself
        pass

    @task
    def request(self):
        pass


class Runs(User):
    @task
    def run(self):  # fails: a task cannot be called run: Locust raises when it imports the file
        pass


class Set(SequentialTaskSet):
    @task
    def wait(self):  # warns: the task wait hides SequentialTaskSet.wait, which Locust uses itself
        pass

    @task
    class Inner(TaskSet):
        @task
        def on_stop(self):  # warns: on_stop is a task too: Locust runs it at stop and among the tasks
            self.interrupt()
