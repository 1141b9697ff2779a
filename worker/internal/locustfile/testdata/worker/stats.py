# environment.stats on a worker: live, changeable, and what is logged through it is reported once.
import time

from locust import User, constant, events, task
from locust.stats import RequestStats, StatsEntry, StatsError

kept = {}


@events.test_start.add_listener
def started(environment, **kw):
    s = environment.stats
    print("test_start", s.num_requests, dict(s.entries), s.errors, s is environment.runner.stats, type(s).__name__)
    kept["total"], kept["entries"], kept["stats"] = s.total, s.entries, s
    s.entries["made", "M"].log(10, 20)
    s.get("got", "G").log(None, 1)


@events.test_stop.add_listener
def stopped(environment, **kw):
    s = environment.stats
    print("test_stop", s is kept["stats"], s.total is kept["total"], s.entries is kept["entries"], kept["total"].num_requests, len(kept["entries"]))
    for key in sorted(s.entries):
        e = s.entries[key]
        print(key, e.num_requests, e.num_none_requests, e.num_failures, e.total_response_time, e.min_response_time, e.max_response_time,
              e.avg_response_time, e.median_response_time, e.fail_ratio, e.avg_content_length, e.get_response_time_percentile(0.95),
              dict(e.response_times), sum(e.num_reqs_per_sec.values()), sum(e.num_fail_per_sec.values()))
    print([(e.method, e.name, e.occurrences, e.first_seen <= e.last_seen) for e in s.errors.values()])
    print(s.total.num_requests, s.total.total_response_time, s.total.min_response_time, s.total.max_response_time, s.total.total_content_length)
    print(s.total.start_time <= time.time(), s.last_request_timestamp <= time.time(), s.start_time == s.total.start_time, s.history)
    s.entries["made", "M"].num_failures += 2
    s.entries["made", "M"].max_response_time = 99
    s.total.num_requests += 100
    del s.entries["/slow", "GET"]
    s.log_request("PUT", "logged", 1.5, 2)
    s.log_error("PUT", "logged", ValueError("v"))
    print("slow" in str(s.entries), ("/slow", "GET") in s.entries, len(s.entries), bool(s.errors), sorted(k for k in s.entries.keys() if k[1] == "PUT"))
    print(isinstance(s.entries["made", "M"], StatsEntry), isinstance(list(s.errors.values())[0], StatsError), isinstance(s, RequestStats))


@events.quitting.add_listener
def quitting(environment, **kw):
    s = environment.stats
    print("quitting", s.total.num_requests, sorted(s.entries), [e.num_requests for e in s.entries.values()], len(s.errors))
    s.clear_all()
    print(len(s.entries), s.total is kept["total"], s.num_requests)


class U(User):
    wait_time = constant(100)

    @task
    def t(self):
        fire = self.environment.events.request.fire
        for ms in (12, 147.4, 3432, 58760):
            fire(request_type="GET", name="/", response_time=ms, response_length=10)
        fire(request_type="GET", name="/", response_time=1, response_length=0, exception="bad")
        fire(request_type="GET", name="/slow", response_time=2, response_length=0)
        print("task", self.environment.stats.get("/", "GET").num_requests, kept["total"].num_failures, list(kept["entries"]))
        self.environment.stats.reset_all()
        print("reset", kept["total"].num_requests, len(kept["entries"]), len(self.environment.stats.errors))
        fire(request_type="GET", name="/", response_time=7, response_length=1)
        fire(request_type="GET", name="/slow", response_time=3.5, response_length=1, exception=ValueError("w"))
