# A master that always has something to do, so that a signal finds it in the middle of that.
# gregaria: master only
import logging

import gevent
from locust import events
from locust.log import greenlet_exception_logger


def work():
    while True:
        sum(range(100_000))  # some ms
        gevent.sleep(0)


@events.init.add_listener
def begin(environment, **kwargs):
    environment.runner.greenlet.spawn(work).link_exception(greenlet_exception_logger(logging.getLogger("busy")))
