# Counts on its own what it counts with Locust: samples that it fires, and what it logs through environment.stats. The listener
# of test_stop takes longer than a headless master listens.
import json
import time

from locust import User, constant, events, task

counted = {"fired": 0, "failed": 0, "own": 0}


@events.init.add_listener
def watch(environment, **kw):
    def add(client_id, data):
        data["rows"] = len(data["stats"])

    environment.events.report_to_master.add_listener(add)


@events.test_stop.add_listener
def decide(environment, **kw):
    if environment.parsed_options.worker:
        total = environment.stats.total
        print("in sight", total.num_requests > 0, total.fail_ratio > 0.1, flush=True)
        if total.fail_ratio > 0.1:
            environment.process_exit_code = 7
        time.sleep(2)


@events.quit.add_listener
def tell(exit_code, **kw):
    print("counted", json.dumps(counted), exit_code, flush=True)


class Counting(User):
    wait_time = constant(0.01)

    @task
    def count(self):
        counted["fired"] += 1
        failed = counted["fired"] % 5 == 0
        counted["failed"] += failed
        self.environment.events.request.fire(
            request_type="X", name="fired", response_time=-1.5, response_length=0.5, exception="bad" if failed else None
        )
        counted["own"] += 1
        self.environment.stats.get("own", "X").log(5, 7)
