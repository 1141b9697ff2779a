"""The load of the CI jobs beside this file: replace the tasks with your own. The limits that it has to keep are in the jobs."""

from locust import HttpUser, between, task


class StoryUser(HttpUser):
    """Someone who makes stories, with a pause between two."""

    wait_time = between(0.5, 1.5)

    @task
    def create_story(self):
        """One request a task; its name is a row in the report."""
        self.client.post("/api/v1/story", json={"prompt": "The last snowman of the winter", "scenes": 1}, timeout=60)
