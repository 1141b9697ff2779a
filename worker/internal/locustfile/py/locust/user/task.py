import logging

from locust._worker import DefaultTaskSet, TaskSet

from ._decorators import tag, task

def filter_tasks_by_tags(task_holder, tags=None, exclude_tags=None, checked=None):
    from locust.env import _filter

    _filter(task_holder, tags, exclude_tags, {} if checked is None else checked)


def is_markov_taskset(task):
    from locust.user.markov_taskset import MarkovTaskSet

    return isinstance(task, type) and issubclass(task, MarkovTaskSet)


logger = logging.getLogger(__name__)

LOCUST_STATE_RUNNING, LOCUST_STATE_WAITING, LOCUST_STATE_STOPPING = "running", "waiting", "stopping"
