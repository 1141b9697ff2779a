"""Methods of users and task sets that are set on an object, overridden or patched on Locust's classes are called."""
from locust import HttpUser, SequentialTaskSet, TaskSet, User, constant, task
from locust.exception import StopUser
from locust.user.task import DefaultTaskSet

calls = []


class Nested(TaskSet):
    """What is set on the object is what run calls."""

    def on_start(self):
        self.n = 0
        plain = {name: getattr(self, name) for name in ("wait", "get_next_task", "execute_task", "execute_next_task", "wait_time", "_sleep")}

        def calling(name):
            def method(*args):
                if len(calls) < 12:
                    calls.append((name, len(args)))
                return plain[name](*args)
            return method

        for name in plain:
            setattr(self, name, calling(name))
        self.on_stop = lambda: print("on_stop of the object")

    @task
    def one(self):
        self.n += 1
        self.client.get(f"/echo/{self.n}")
        if self.n == 2:
            print(calls)
            self.interrupt()


class Runs(TaskSet):
    """A set with a run of its own: nothing else is called."""

    def run(self):
        print("run", type(self.parent).__name__, type(self.user).__name__)
        self.client.get("/echo/run")

    @task
    def never(self):
        print("never")


class RunsAsWell(SequentialTaskSet):
    def run(self):
        print("before")
        try:
            super().run()
        finally:
            print("after")

    @task
    def first(self):
        self.client.get("/echo/first")

    @task
    def second(self):
        self.interrupt(reschedule=False)


class Objects(HttpUser):
    tasks = {Nested: 1}

    def on_start(self):
        self.on_stop = lambda: print("on_stop of the user's object")


class Runners(HttpUser):
    @task
    class Order(SequentialTaskSet):
        tasks = [Runs, RunsAsWell]


class OwnRun(User):
    """A user that is no loop of tasks."""

    def run(self):
        print("own run", self._state, self._taskset_instance)
        for n in range(3):
            print("round", n)

    @task
    def never(self):
        print("never")


class AroundRun(User):
    def on_start(self):
        print("on_start")

    def on_stop(self):
        print("on_stop")

    def run(self):
        print("begins")
        super().run()
        print("is over")

    @task
    def one(self):
        print("task", type(self._taskset_instance).__name__, self._taskset_instance is self._taskset_instance)
        raise StopUser()


class Root(User):
    """The set that runs the tasks of a user has methods, too."""

    wait_time = constant(0)

    def on_start(self):
        root = self._taskset_instance
        self.seen, plain = [], {name: getattr(root, name) for name in ("wait", "get_next_task", "execute_task", "execute_next_task", "wait_time")}

        def calling(name):
            def method(*args):
                self.seen.append(name)
                return plain[name](*args)
            return method

        for name in plain:
            setattr(root, name, calling(name))

    @task
    def one(self):
        if len(self.seen) > 8:
            print(self.seen[:9])
            raise StopUser()


class Patched(User):
    """Locust's own classes, patched for all."""

    wait_time = constant(0)
    seen = []

    def on_start(self):
        self.undo = []
        for cls, name in ((TaskSet, "wait"), (TaskSet, "execute_task"), (DefaultTaskSet, "execute_task"), (TaskSet, "execute_next_task"),
                          (DefaultTaskSet, "get_next_task"), (TaskSet, "wait_time"), (TaskSet, "_sleep"), (TaskSet, "interrupt"), (TaskSet, "run")):
            self.patch(cls, name)

    def patch(self, cls, name):
        plain, own, seen = getattr(cls, name), name in vars(cls), Patched.seen

        def method(self, *args, **kw):
            seen.append(f"{cls.__name__}.{name}")
            return plain(self, *args, **kw)

        setattr(cls, name, method)
        self.undo.append(lambda: setattr(cls, name, plain) if own else delattr(cls, name))

    @task
    class Inner(TaskSet):
        @task
        def one(self):
            if len(Patched.seen) > 12:
                for undo in reversed(self.user.undo):
                    undo()
                print(Patched.seen)
                raise StopUser()
            self.interrupt()
