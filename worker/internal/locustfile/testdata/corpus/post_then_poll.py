import logging
import time
from locust import HttpUser, between, task

POLL_INTERVAL = 0.01
MAX_POLLS = 5


class JobUser(HttpUser):
    """Submits a job and polls until it is done."""

    wait_time = between(1, 3)

    @task
    def submit_and_wait(self):
        response = self.client.post("/jobs", json={"kind": "render", "frames": 24}, name="submit job")
        if response.status_code != 202:
            logging.error("could not submit: %s", response.status_code)
            return
        job_id = response.json()["id"]
        location = response.headers["Location"]
        assert location.endswith(job_id)
        for attempt in range(MAX_POLLS):
            with self.client.get(location, name="poll job", catch_response=True) as poll:
                if poll.status_code != 200:
                    poll.failure(f"poll {attempt}: {poll.status_code}")
                    break
                status = poll.json()["status"]
                if status == "done":
                    poll.success()
                    break
                poll.success()
            time.sleep(POLL_INTERVAL)
        else:
            print("gave up on", job_id)
