"""Load for a story API: users who make short illustrated stories and now and then look at one again.

    .venv/bin/locust -f locustfile.py --host=http://localhost:8000   # stock Locust, web UI at http://localhost:8089
    ./scripts/run_load_test.sh --host=http://localhost:8000          # workers in Go, and a report with the resources

worker/scenarios has the same user in Go: the names of the requests are the same, so both can serve one master.
"""

import random

from locust import HttpUser, between, task

TIMEOUT = 60  # seconds without a byte, after which a request has failed: without it a user would wait for ever

PROMPTS = [
    "A fox who is afraid of the dark",
    "Two robots plant a garden on the moon",
    "The lighthouse that wanted to travel",
    "A girl teaches a dragon to read",
    "The last snowman of the winter",
]


class StoryUser(HttpUser):
    """Someone with a browser open: makes a story, looks at it, thinks for a moment, makes the next one."""

    wait_time = between(1, 3)

    def on_start(self):
        """Check that the API is up. One that is not is a failure of /health in the statistics; the user tries anyway."""
        self.story_ids = []
        with self.client.get("/health", name="/health", catch_response=True, timeout=TIMEOUT) as response:
            if response.status_code == 200 and "ok" not in response.text:
                response.failure("the API says that it is not healthy")

    @task(3)
    def create_story(self):
        """Make a story and remember its id. An answer without an id is a failure, whatever its status says."""
        story = {"prompt": random.choice(PROMPTS), "scenes": random.randint(1, 5)}
        with self.client.post(
            "/api/v1/story", json=story, name="/api/v1/story", catch_response=True, timeout=TIMEOUT
        ) as response:
            if response.status_code == 0 or response.status_code >= 400:
                return  # Locust reports a lost connection or an error status by itself, in its own words.
            try:
                self.story_ids.append(response.json()["id"])
            except (ValueError, KeyError, TypeError):
                response.failure("the answer has no story id")

    @task(1)
    def read_story(self):
        """Read one of the stories that this user made, in one row of the statistics; without any, make one first."""
        if not self.story_ids:
            self.create_story()
            return
        story_id = random.choice(self.story_ids)
        self.client.get(f"/api/v1/story/{story_id}", name="/api/v1/story/[id]", timeout=TIMEOUT)
