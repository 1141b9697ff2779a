"""The load of the CI jobs beside this file, and what it has to keep to: replace the tasks and the limits with your own.

A run that breaks a limit ends with exit code 1, and the job fails.
"""

import logging
import os

from locust import HttpUser, between, events, task
from locust.runners import WorkerRunner

# The limits, each a variable of the job: the share of requests that may fail, and what 95 % of the response times stay below.
MAX_FAIL_RATIO = float(os.environ.get("CHECK_FAIL_RATIO", "0.01"))
MAX_P95_MS = float(os.environ.get("CHECK_P95_MS", "800"))


class StoryUser(HttpUser):
    """Someone who makes stories, with a pause between two."""

    wait_time = between(0.5, 1.5)

    @task
    def create_story(self):
        """One request a task; its name is a row in the report."""
        self.client.post("/api/v1/story", json={"prompt": "The last snowman of the winter", "scenes": 1}, timeout=60)


@events.quitting.add_listener
def check(environment, **kwargs):
    """Hold the run against the limits. The master has all the numbers, a worker only its last ones."""
    if isinstance(environment.runner, WorkerRunner):
        return
    total = environment.stats.total
    p95 = total.get_response_time_percentile(0.95) or 0
    broken = []
    if total.fail_ratio > MAX_FAIL_RATIO:
        broken.append(f"{total.fail_ratio:.1%} of the requests failed, {MAX_FAIL_RATIO:.1%} may")
    if p95 > MAX_P95_MS:
        broken.append(f"95 % of the response times are below {p95:.0f} ms, the limit is {MAX_P95_MS:.0f} ms")
    for line in broken:
        logging.error("check: %s", line)
    environment.process_exit_code = 1 if broken else 0
