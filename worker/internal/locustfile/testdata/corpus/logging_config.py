import logging
import sys
from locust import HttpUser, task

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
logger = logging.getLogger("my.test")
logger.setLevel(logging.DEBUG)
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("%(levelname)-8s|%(message)s"))
logger.addHandler(handler)
logger.propagate = False


class LoggingUser(HttpUser):
    @task
    def log(self):
        r = self.client.get("/log")
        logger.debug("status %d of %s", r.status_code, "log")
        logger.info("info %s %.2f %r", "text", 1.234, None)
        logger.warning(f"warning {r.status_code}")
        logger.log(logging.ERROR, "error %(a)s", {"a": 1})
        if not r.ok if r.status_code else True:
            logger.critical("critical")
