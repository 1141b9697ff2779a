"""The users of examples/story_api/job_user.py on FastHttpUser, who judge each answer themselves."""

import time

from locust import FastHttpUser, between, task


class FastJobUser(FastHttpUser):
    wait_time = between(0.5, 1)

    @task
    def story(self):
        with self.client.post("/api/v1/story", json={"prompt": "a fox"}, catch_response=True) as made:
            story_id = made.json()["id"]
        for _ in range(100):
            time.sleep(0.2)
            with self.client.get(f"/api/v1/story/{story_id}", name="/api/v1/story/[id]", catch_response=True) as answer:
                over = answer.json()["status"] in ("done", "failed")
            if over:
                return
