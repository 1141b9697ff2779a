"""Users who order a story and listen to a stream of events until it is there."""

import json

from locust import HttpUser, constant, task


class Listener(HttpUser):
    wait_time = constant(0.1)

    @task
    def story(self):
        story_id = self.client.post("/story", json={}).json()["id"]
        events = self.client.get(f"/story/{story_id}/events", name="/story/[id]/events", stream=True)
        for line in events.iter_lines():
            if line.startswith(b"data:") and json.loads(line[5:])["status"] in ("done", "failed"):
                break
        events.close()
