import abc
from locust import HttpUser, User, TaskSet, SequentialTaskSet, task, between, constant_pacing


class Meta(type):
    def __new__(mcs, name, bases, ns):
        return super().__new__(mcs, name, bases, ns)

    def __instancecheck__(cls, x):  # lacks: __instancecheck__ of the metaclass Meta: this worker does not call it
        return True


class Abstract(metaclass=abc.ABCMeta):
    pass


class Strange(metaclass=Meta):
    def __str__(self):
        return "strange"


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
