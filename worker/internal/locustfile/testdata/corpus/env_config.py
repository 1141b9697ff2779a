import os
from locust import HttpUser, between, task

BASE_PATH = os.getenv("API_BASE_PATH", "/api/v1")
API_KEY = os.environ.get("API_KEY", "test-key")
MIN_WAIT = float(os.getenv("MIN_WAIT", "0.1"))
MAX_WAIT = float(os.getenv("MAX_WAIT", 0.2))
DEBUG = os.environ.get("DEBUG", "false").lower() in ("1", "true", "yes")
TIMEOUT = int(os.environ.get("TIMEOUT") or 30)


class ConfiguredUser(HttpUser):
    wait_time = between(MIN_WAIT, MAX_WAIT)

    @task
    def list_items(self):
        headers = {"X-API-Key": API_KEY}
        if DEBUG:
            headers["X-Debug"] = "1"
        self.client.get(BASE_PATH + "/items", headers=headers, timeout=TIMEOUT)

    @task
    def environment_variable_missing(self):
        try:
            secret = os.environ["NO_SUCH_SECRET_VARIABLE"]
        except KeyError as missing:
            secret = "missing " + str(missing)
        self.client.get(os.path.join(BASE_PATH, "secret"), headers={"X-Secret": secret})
