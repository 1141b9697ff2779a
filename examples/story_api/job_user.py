"""Load for the story API with STORY_JOBS=1: users who order a story and ask for it until it is there.

    worker --job 'POST /api/v1/story -> GET /api/v1/story/[id] until $.status in (done, failed)'

measures each story as one request of type JOB: nothing of it is in this file.
"""

import time

from locust import HttpUser, between, task


class JobUser(HttpUser):
    wait_time = between(0.5, 1)
    poll_every = 0.2  # seconds
    patience = 60  # seconds

    @task
    def story(self):
        made = self.client.post("/api/v1/story", json={"prompt": "a fox", "scenes": 2}, timeout=60)
        if not made.ok:
            return
        story_id, until = made.json()["id"], time.time() + self.patience
        while time.time() < until:
            time.sleep(self.poll_every)
            answer = self.client.get(f"/api/v1/story/{story_id}", name="/api/v1/story/[id]", timeout=60)
            if answer.ok and answer.json()["status"] in ("done", "failed"):
                return
