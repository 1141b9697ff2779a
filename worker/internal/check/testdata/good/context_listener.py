import sys
from contextlib import suppress

from locust import HttpUser, events, task
from locust.stats import RequestStats

import locust.stats

locust.stats.CONSOLE_STATS_INTERVAL_SEC = 60


class Traced(HttpUser):
    abstract = False
    weight = 1

    def context(self):
        return {"user": id(self)}

    @task
    def traced(self):
        self.client.get("/", context={"trace": "1"}, timeout=1)
        with suppress(KeyError, IndexError):
            self.client.get("/none", timeout=1).headers["X-None"]

    @events.request.add_listener
    def on_request(request_type, name, context, **kwargs):
        print(request_type, name, context.get("user"), file=sys.stderr, flush=True)


@events.spawning_complete.add_listener
def spawned(user_count, **kwargs):
    print(f"{user_count=}")


@events.report_to_master.add_listener
def report(client_id, data):
    data["mine"] = {"rss": 1}


@events.user_error.add_listener
def wrong(user_instance, exception, tb, **kwargs):
    print(type(user_instance).__name__, exception, file=sys.stderr)
