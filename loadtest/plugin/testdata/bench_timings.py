"""Measures what timings cost the master: reports of 50 workers with 20 endpoints each, every 3 s. Run by BenchmarkTimings."""

import locust  # patches the standard library for gevent first, as in a master  # noqa: F401

import os
import random
import resource
import sys
import tempfile
import time
from unittest import mock

import gregaria
import test_timings as tests

WORKERS, ENDPOINTS, SECONDS = 50, 20, 120


def main(each):
    """Prints the share of a core, for so many requests a second of each endpoint and worker."""
    rand = random.Random(1)

    def values(median, spread):
        return [max(1, int(median * rand.lognormvariate(0, spread))) for _ in range(each)]

    # Connections are kept: few requests make one.
    pool = [{0: values(25000, 0.7), 5: values(20000, 0.8), 8: values(2000, 1), 3: values(800, 0.4)[: max(1, each // 50)]} for _ in range(60)]
    windows = [{phase: tests.window(found) for phase, found in phases.items()} for phases in pool]

    def row(second, endpoint):
        said = tests.row(second, {}, "GET", "/api/v1/story/%d" % endpoint, requests=each)
        return said[:-1] + [rand.choice(windows)]

    folder = tempfile.mkdtemp()
    timings = gregaria.Timings(mock.Mock(), os.path.join(folder, "timings.csv"))
    timings.following, timings.began = mock.Mock(), 0
    spent, sent, asked, shown = 0.0, 0, 0.0, 0
    timings.environment.runner.clients = {"w%d_%d" % (third, i): None for third in range(3) for i in range(WORKERS)}
    for second in range(1000, 1000 + SECONDS):
        reports = []
        for _ in range(WORKERS // 3 + (WORKERS % 3 > second % 3)):
            rows = [row(second - age, endpoint) for age in (2, 1, 0) for endpoint in range(ENDPOINTS)]
            stats = [tests.entry("/api/v1/story/%d" % endpoint, {second - age: each for age in (2, 1, 0)}) for endpoint in range(ENDPOINTS)]
            reports.append(tests.report(*rows, locust=stats))
            sent += len(reports[-1]["gregaria"]["timings"])
        began = time.process_time()
        for i, data in enumerate(reports):
            timings.report(client_id="w%d_%d" % (second % 3, i), data=data)
        timings.look(second + 1)
        spent += time.process_time() - began
        began = time.process_time()
        for client in timings.moment.heard:  # the clock of this test is quicker than its second
            timings.moment.heard[client] = second + 1.5
        told = timings.moment.tell(shown, second + 1.5)["seconds"]
        shown = told[-1][0] if told else shown
        asked += time.process_time() - began
    text, spool = timings.table.size, timings.seconds.spool.size
    print("percent-of-a-core %.2f" % (100 * spent / SECONDS))
    print("percent-of-a-core-of-the-moment %.2f" % (100 * asked / SECONDS))
    print("KB-each-second-of-file %.1f" % (text / (SECONDS - 5) / 1e3))
    print("KB-each-second-of-a-worker %.1f" % (sent / SECONDS / WORKERS / 1e3))
    left = SECONDS + 2 - len(timings.seconds.held)
    if left:
        print("KB-each-second-of-spool %.1f" % (spool / left / 1e3))
    print("MB-of-process %.0f" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3))


main(int(sys.argv[1]))
