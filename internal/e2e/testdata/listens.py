"""A locustfile's listener, beside the users of another file: the worker tells it of every request."""

from locust import events


@events.request.add_listener
def heard(request_type, name, response, **kwargs):
    if request_type == "POST":
        print(f"HEARD {name} {response.status_code}", flush=True)
