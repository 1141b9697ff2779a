# gregaria: master only
"""Gregaria's plug-in for Locust's master: the tabs Resources and Timings in the web UI, with what the servers under test do while the load
runs, and what each second of each endpoint was made of; and timings.csv, which has the latter; and the options --rate and --arrivals.

It goes after the comma of the master's -f; workers in Go leave it out, those in Python keep --rate by it:

    locust -f locustfile.py,gregaria.py --master

Variables say whose resources, and where timings are written:

    GREGARIA_MONITORS       monitors beside the servers (bin/monitor --listen), separated by commas: http://api:9647,http://db:9647
    GREGARIA_MONITOR_TOKEN  the token that they were started with
    GREGARIA_METRICS        files that monitors on this machine write (bin/monitor --output), separated as in PATH; of a folder, the
                            newest metrics_*.csv in it; or a JSON object with the name of each: {"api": "/var/log/metrics.csv"}

    GREGARIA_TIMINGS        the file for timings; without it, with --csv, PREFIX_timings.csv

Its options --rate and --arrivals (LOCUST_RATE, LOCUST_ARRIVALS) say how many tasks begin each second, over all users: docs/timings.md.

What monitors on other hosts measure is written to a CSV each, beside those of --csv if that is given: PREFIX_metrics_HOST.csv.
Printed by `loadtest plugin` of Gregaria @version@. Documentation: docs/loadtest.md, "Resources in Locust's web UI", and docs/timings.md.
"""

import argparse
import atexit
import bisect
import collections
import contextlib
import csv
import datetime
import errno
import html
import http.client
import io
import itertools
import json
import logging
import marshal
import math
import operator
import os
import random
import re
import shutil
import struct
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib

import gevent
import gevent.event
import locust
import msgpack
from locust import events
from locust.exception import StopUser
from locust.runners import MasterRunner, WorkerRunner
from locust.user.task import LOCUST_STATE_RUNNING, LOCUST_STATE_STOPPING, LOCUST_STATE_WAITING, DefaultTaskSet, TaskSet

log = logging.getLogger("gregaria")


class Refused(Exception):
    """A setting that is wrong. Its text says which, and what to do."""


@resources.py@


@page.py@


@histograms.py@


@timings.py@


@moment.py@


@timingsfile.py@


@rate.py@


@turns.py@


@session.py@


def timings_path(setting, prefix):
    """Reads GREGARIA_TIMINGS: the file, None for none."""
    path = setting or ("%s_timings.csv" % prefix if prefix else "")
    if setting and (os.path.isdir(path) or not os.path.isdir(os.path.dirname(path) or os.curdir)):
        raise Refused("GREGARIA_TIMINGS: %r is no file in a folder that there is, such as %s" % (setting, os.path.join(os.getcwd(), "timings.csv")))
    return path or None


FILES = {
    "index.html": ("text/html", r"""@index.html@"""),
    "tabs.css": ("text/css", r"""@tabs.css@"""),
    "tabs.js": ("text/javascript", r"""@tabs.js@"""),
}


@events.init.add_listener
def begin(environment, **_):
    """Begins with the master. What is wrong here must be said in a line: an exception would end Locust with a traceback."""
    if isinstance(environment.runner, WorkerRunner) or "gregaria" in vars(environment):
        return  # a second copy of this file has nothing to add
    environment.gregaria = True
    try:
        prefix = getattr(environment.parsed_options, "csv_prefix", None)
        there = files(os.environ.get("GREGARIA_METRICS", ""))
        elsewhere = monitors(os.environ.get("GREGARIA_MONITORS", ""), os.environ.get("GREGARIA_MONITOR_TOKEN", ""), prefix)
        path = timings_path(os.environ.get("GREGARIA_TIMINGS", ""), prefix)
        session = session_of(os.environ["GREGARIA_TESTS"]) if "GREGARIA_TESTS" in os.environ else None
    except Refused as error:
        log.error("%s", error)
        sys.exit(2)
    for monitor in elsewhere:
        monitor.start(environment)
    timings = Timings(environment, path) if isinstance(environment.runner, MasterRunner) else None
    if timings:
        timings.start()
    session = Session(environment, *session, timings) if timings and session else None
    if environment.web_ui:
        try:
            Page(environment, there + elsewhere, timings, session).register(environment.web_ui)
        except Exception:
            log.exception("there will be no tabs Resources and Timings")
