"""The load of the manifests: replace it with your own. The master reads it, and the workers get it from the master."""

from locust import HttpUser, between, task


class Visitor(HttpUser):
    """Someone who looks at the start page now and then."""

    wait_time = between(1, 3)

    @task
    def look(self):
        """One request a task; its name is a row in Locust's statistics and a series in Prometheus."""
        self.client.get("/health", timeout=60)
