"""A locustfile that greets its workers when a test starts, and says what they reply."""

from locust import HttpUser, events, task


class Quick(HttpUser):
    @task
    def page(self):
        pass


def reply(environment, msg, **kwargs):
    print(f"REPLY from {msg.node_id}: {msg.data['got']} {msg.data['text']}", flush=True)


@events.init.add_listener
def _(environment, **kwargs):
    environment.runner.register_message("reply", reply)


@events.test_start.add_listener
def _(environment, **kwargs):
    environment.runner.send_message("greeting", {"words": ["bonjour", 1, 2.5, None, True]})
    environment.runner.send_message("unheard-of", "nobody listens")
