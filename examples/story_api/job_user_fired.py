"""The users of job_user.py, who tell Locust themselves how long a story took: any worker, Locust's own too, counts it."""

import time

from locust import HttpUser, between, task


class JobUser(HttpUser):
    wait_time = between(0.5, 1)
    poll_every = 0.2  # seconds
    patience = 60  # seconds

    @task
    def story(self):
        began = time.perf_counter()
        made = self.client.post("/api/v1/story", json={"prompt": "a fox", "scenes": 2}, timeout=60)
        if not made.ok:
            return
        story_id = made.json()["id"]
        while time.perf_counter() < began + self.patience:
            time.sleep(self.poll_every)
            answer = self.client.get(f"/api/v1/story/{story_id}", name="/api/v1/story/[id]", timeout=60)
            if answer.ok and (status := answer.json()["status"]) in ("done", "failed"):
                self.environment.events.request.fire(
                    request_type="JOB",
                    name="/api/v1/story",
                    response_time=(time.perf_counter() - began) * 1000,
                    response_length=0,
                    exception=None if status == "done" else Exception(f"$.status is {status}"),
                    context={},
                )
                return
