"""The user classes of internal/cmd/faultworker, as their master sees them, and as a worker with -f - runs them."""

from locust import HttpUser, constant, events, task


@events.init_command_line_parser.add_listener
def _(parser):
    parser.add_argument("--flavour", default="plain")


class Visitor(HttpUser):
    abstract = True
    wait_time = constant(0.1)

    def on_start(self):
        self.client.get(f"/{type(self).__name__}/start")

    def on_stop(self):
        self.client.get(f"/{type(self).__name__}/stop")

    @task
    def page(self):
        self.client.get("/" + type(self).__name__)


class Quick(Visitor):
    weight = 3


class Slow(Visitor):
    weight = 1


class Fixed(Visitor):
    fixed_count = 2


class Failing(Visitor):
    pass


class Once(Visitor):
    pass


class Panicky(Visitor):
    pass


class Dirty(Visitor):
    pass


class Tagged(Visitor):
    from locust import tag

    @tag("a")
    @task
    def a(self):
        pass

    @tag("b")
    @task
    def b(self):
        pass


class Burner(Visitor):
    pass


class Patient(Visitor):
    pass


class Impatient(Visitor):
    pass


class Ghost(Visitor):
    """Not in the worker."""
