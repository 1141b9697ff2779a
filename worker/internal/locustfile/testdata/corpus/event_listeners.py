import logging
from locust import HttpUser, events, task, between

log = logging.getLogger("listeners")
seen = []


@events.test_start.add_listener
def on_test_start(environment, **kwargs):
    print("test is starting, host", environment.host is not None)
    seen.append("start")


@events.test_stop.add_listener
def on_test_stop(environment, **kwargs):
    print("test is stopping", seen)


@events.init.add_listener
def on_init(environment, **_kwargs):
    print("init", type(environment.runner).__name__, environment.web_ui)


@events.quitting.add_listener
def on_quitting(environment, **kw):
    print("quitting", environment.process_exit_code)


@events.request.add_listener
def on_request(request_type, name, response_time, response_length, response, context, exception, start_time, url, **kwargs):
    if exception:
        print(f"{request_type} {name} failed: {type(exception).__name__}")
    else:
        print(f"{request_type} {name} {response.status_code} {response_length} {context}")


@events.spawning_complete.add_listener
def on_complete(user_count, **kwargs):
    print("spawned", user_count)


class ListenedUser(HttpUser):
    wait_time = between(1, 2)

    @task
    def ok(self):
        self.client.get("/plain", context={"who": "me"})

    @task
    def bad(self):
        self.client.get("/status/418")
