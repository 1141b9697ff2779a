"""Loaded before a locustfile: makes a stock Locust worker comparable, and writes down what it reports.

It seeds random as GREGARIA_SEED says, right before the next file's body runs and again right before the first user is
created; shortens waits to GREGARIA_MAX_WAIT, and without GREGARIA_RECORD_SLEEPS the sleeps and the delays of spawn_later that a file asks for; lets GREGARIA_ITERATIONS tasks begin; and writes what the worker counts to
GREGARIA_RECORD, a line of JSON each. The master is told the user classes, and when nothing more will happen.
"""

import json
import os
import random
import time
import traceback

import gevent
import gevent.event
from locust import TaskSet, User, events
from locust.runners import WorkerRunner
from locust.stats import RequestStats, StatsError
from locust.user.task import DefaultTaskSet

_log = open(os.environ["GREGARIA_RECORD"], "a", encoding="utf-8", buffering=1)
_left = int(os.environ["GREGARIA_ITERATIONS"])
_max_wait = float(os.environ["GREGARIA_MAX_WAIT"])
_runner = None
_never = gevent.event.Event()


def _write(**entry):
    _log.write(json.dumps(entry) + "\n")


def _finish(*_):
    global _runner
    if _runner is not None:
        runner, _runner = _runner, None
        runner.send_message("recorded")


@events.init.add_listener
def _on_init(environment, runner, **_kwargs):
    global _runner
    _runner = runner
    runner.send_message("user_classes", [c.__name__ for c in environment.user_classes])

    def user_error(user_instance, exception, tb, **_kwargs):
        _write(message=str(exception), traceback="".join(traceback.format_tb(tb)))

    environment.events.user_error.add_listener(user_error)


# What is counted is what is compared: a listener of the file that raises can keep a request from being counted.
_log_request, _log_error = RequestStats.log_request, RequestStats.log_error


def _counted(self, method, name, response_time, content_length):
    _log_request(self, method, name, response_time, content_length)
    _write(type=str(method), name=str(name), length=content_length)


def _failed(self, method, name, error):
    _log_error(self, method, name, error)
    _write(failure=StatsError.parse_error(error))


RequestStats.log_request, RequestStats.log_error = _counted, _failed


def _counting(execute):
    def execute_task(self, task):
        global _left
        if _left <= 0:
            _finish()
            _never.wait()
        _left -= 1
        execute(self, task)

    return execute_task


TaskSet.execute_task = _counting(TaskSet.execute_task)
DefaultTaskSet.execute_task = _counting(DefaultTaskSet.execute_task)

_sleep, _spawn_later = gevent.sleep, gevent.spawn_later


def _bounded(seconds):
    return _max_wait if isinstance(seconds, (int, float)) and seconds > _max_wait else seconds


def _short(seconds=0, ref=True):
    return _sleep(_bounded(seconds), ref)


def _soon(seconds, *args, **kwargs):
    return _spawn_later(_bounded(seconds), *args, **kwargs)


TaskSet._sleep = lambda self, seconds: _short(seconds)
if "GREGARIA_RECORD_SLEEPS" not in os.environ:
    gevent.sleep = time.sleep = _short
    gevent.spawn_later = _soon  # Greenlet.spawn_later is C and stays: files are recorded that do not ask it for long delays

_start = User.start


def _start_and_watch(self, group):
    greenlet = _start(self, group)
    greenlet.link(_finish)
    return greenlet


User.start = _start_and_watch

_spawn_users = WorkerRunner.spawn_users
_seeded = False


def _seed_and_spawn(self, *args, **kwargs):
    global _seeded
    if not _seeded:
        _seeded = True
        random.seed(int(os.environ["GREGARIA_SEED"]))
    try:
        return _spawn_users(self, *args, **kwargs)
    except BaseException:
        _finish()
        raise


WorkerRunner.spawn_users = _seed_and_spawn
random.seed(int(os.environ["GREGARIA_SEED"]))
