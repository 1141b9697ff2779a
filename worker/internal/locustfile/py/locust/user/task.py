import logging

from locust._worker import DefaultTaskSet, TaskSet

from ._decorators import tag, task

logger = logging.getLogger(__name__)

LOCUST_STATE_RUNNING, LOCUST_STATE_WAITING, LOCUST_STATE_STOPPING = "running", "waiting", "stopping"
