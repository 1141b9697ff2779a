# What a file puts in place of Locust's own statistics is obeyed.
import locust.stats
from locust import User, constant, events, task
from locust.stats import RequestStats, StatsEntry, StatsError

log_request, log, parse_error = RequestStats.log_request, StatsEntry.log, StatsError.parse_error
seen = []


def upper(self, method, name, response_time, content_length):
    log_request(self, method, name.upper(), response_time, content_length)


def twice(self, response_time, content_length):
    log(self, response_time * 2, content_length)


STEPS = ["bucket", "log_request", "entry", "error", "instance", "replaced"]


class U(User):
    wait_time = constant(100)
    done = 0

    def on_start(self):
        if U.done:
            return
        U.done = 1
        for step in STEPS:
            self.patch(step, True)
            self.environment.events.request.fire(request_type="X", name=step, response_time=123.4, response_length=1, exception=step)
            self.patch(step, False)
        self.environment.events.request.fire(request_type="X", name="after", response_time=123.4, response_length=1, exception="after")
        print(seen)

    def patch(self, step, on):
        env = self.environment
        if step == "bucket":
            locust.stats.bucket_response_time = (lambda ms: int(ms)) if on else kept
        if step == "log_request":
            RequestStats.log_request = upper if on else log_request
        if step == "entry":
            StatsEntry.log = twice if on else log
        if step == "error":
            StatsError.parse_error = classmethod(lambda cls, e: "E " + str(e)) if on else parse_error
        if step == "instance":
            if on:
                env.stats.log_error = lambda *args: seen.append(args)
            else:
                del env.stats.log_error
        if step == "replaced":
            if on:
                self.before, env.stats = env.stats, RequestStats()
            else:
                seen.append((env.stats.total.num_requests, list(env.stats.entries), self.before.total.num_requests))
                env.stats = self.before
        if step == "bucket" and on:
            pass

    @task
    def t(self):
        pass


kept = locust.stats.bucket_response_time
