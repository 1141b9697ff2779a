import time
time.time = lambda: 1700000000.25
from locust.stats import *
from locust.stats import StatsEntry, StatsError, RequestStats, bucket_response_time, get_readable_percentiles
from locust.user.task import filter_tasks_by_tags, is_markov_taskset, tag, task, TaskSet
a, b = StatsEntry(RequestStats(), "n", "GET"), StatsEntry(RequestStats(), "n", "GET")
for t in (12, 147.4, 3432, 58760, None): a.log(t, 10)
a.log_error(ValueError("x")); b.log(5, 1); b.extend(a)
print({k: v for k, v in b.serialize().items() if not isinstance(v, dict)}, [dict(b.serialize()[k]) for k in ("response_times", "num_reqs_per_sec", "num_fail_per_sec")])
d = b.to_dict(); print(sorted(d), d["min_response_time"], d["max_response_time"], d["median_response_time"], d["avg_response_time"], d["response_time_percentile_0.95"], d["avg_content_length"])
a.reset(); print(a.num_requests, a.min_response_time, a.serialize()["num_failures"])
e = StatsError("GET", "n", "boom"); e.occurred(); e.occurred(); print(e.occurrences, e.first_seen == e.last_seen, e.serialize(), StatsError.unserialize(e.serialize()).to_name())
print(get_readable_percentiles([0.5, 0.999, 0.9999, 1.0]), [bucket_response_time(v) for v in (1.5, 99, 145, 155, 1250, 1350, 12500)])
class S(TaskSet):
    @tag("a")
    @task
    def x(self): pass
    @tag("b")
    @task(2)
    def y(self): pass
    @task
    def z(self): pass
filter_tasks_by_tags(S, {"a", "b"}, {"b"}); print([t.__name__ for t in S.tasks], is_markov_taskset(S))

from locust import User
class U(User):
    @task
    def t(self): pass
