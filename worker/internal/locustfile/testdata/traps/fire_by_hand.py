"""events.request.fire with what people pass to it."""
from locust import User, events, task


class U(User):
    @task
    def none_length(self):
        events.request.fire(request_type="A", name="all there", response_time=1.5, response_length=12, exception=None, context=None)
        events.request.fire(request_type="A", name="no time", response_time=None, response_length=0, exception=None)

    @task
    def errors(self):
        for error in (ValueError("v"), "a text", TimeoutError(), OSError(2, "No such file"), {"as": "dict"}, Exception("it's"), Exception()):
            events.request.fire(request_type="B", name="errors", response_time=0, response_length=1, exception=error, context={})

    @task
    def missing_arguments(self):
        events.request.fire(request_type="C", name="missing")
        print("goes on")
        events.request.fire(request_type=None, name=5, response_time=1, response_length=1, exception=None)
