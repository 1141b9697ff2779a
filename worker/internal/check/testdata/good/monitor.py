import time
from datetime import datetime, timedelta, timezone

import gc
from locust import HttpUser, constant_pacing, events, task
from locust.env import Environment
from locust.runners import MasterRunner, WorkerRunner

started = None


@events.init_command_line_parser.add_listener
def options(parser):
    parser.add_argument("--tenant", type=str, default="acme", env_var="TENANT", help="whose data")
    parser.add_argument("--max-errors", type=int, default=10)


@events.init.add_listener
def init(environment: Environment, **kwargs):
    if isinstance(environment.runner, MasterRunner):
        print("master")
    elif isinstance(environment.runner, WorkerRunner):
        environment.runner.register_message("tenant", on_tenant)


def on_tenant(environment, msg, **kwargs):
    print("tenant", msg.data)


@events.test_start.add_listener
def begin(environment, **kwargs):
    global started
    started = datetime.now(timezone.utc)
    gc.collect()


@events.request.add_listener
def watch(request_type, name, response_time, response_length, exception, context, **kwargs):
    if exception:
        print(f"{request_type} {name} failed after {response_time:.0f} ms: {exception!r}")


@events.quitting.add_listener
def verdict(environment, **kwargs):
    total = environment.stats.total
    if total.fail_ratio > 0.01 or total.avg_response_time > 500 or total.get_response_time_percentile(0.95) > 900:
        environment.process_exit_code = 1
    for (name, method), entry in environment.stats.entries.items():
        print(method, name, entry.num_requests, entry.num_failures, f"{entry.median_response_time}")
    print("took", datetime.now(timezone.utc) - (started or datetime.now(timezone.utc)), timedelta(seconds=1))


class Tenant(HttpUser):
    wait_time = constant_pacing(2)

    @task
    def look(self):
        options = self.environment.parsed_options
        self.client.get("/tenants/current", headers={"X-Tenant": options.tenant, "X-Time": f"{datetime.now():%Y%m%d}"}, timeout=5)
        if self.environment.stats.total.num_failures > options.max_errors:
            self.environment.runner.quit()
        time.sleep(self.wait_time() / 10)
