"""Writes report.json: what stock Locust reports for a list of requests. Run it with the pinned Locust:

    .venv/bin/python worker/internal/stats/testdata/report.py > worker/internal/stats/testdata/report.json
"""

import json
import random
import sys
import time

from locust.stats import RequestStats, setup_distributed_stats_event_listeners
from locust.event import Events


class Clock:
    now = 1_700_000_000.25


time.time = lambda: Clock.now
rng = random.Random(42)
stats, events = RequestStats(), Events()
setup_distributed_stats_event_listeners(events, stats)
stats.clear_all()
intervals = []
for size in (40, 0, 25):
    requests = []
    for _ in range(size):
        Clock.now += rng.choice([0.0, 0.125, 0.5])
        nanoseconds = rng.choice([0, 99_600_000, 145_000_000, 155_000_000, 1_250_000_000, 9_999_999_999,
                                  10_500_000_000, rng.randrange(0, 20_000_000_000), None])
        request = {
            "at": Clock.now, "type": rng.choice(["GET", "POST"]), "name": rng.choice(["/", "/a", "/é"]),
            "ns": nanoseconds, "length": rng.randrange(0, 5000),
            "failure": rng.choice(["", "", "boom", "it's", "<X object at 0x7f00deadbeef>"]),
        }
        requests.append(request)
        stats.log_request(request["type"], request["name"], None if nanoseconds is None else nanoseconds / 1e6,
                          request["length"])
        if request["failure"]:
            stats.log_error(request["type"], request["name"], request["failure"])
    Clock.now += 0.25
    data = {}
    events.report_to_master.fire(client_id="x", data=data)
    intervals.append({"requests": requests, "taken": Clock.now, "report": data})
json.dump(intervals, sys.stdout, indent=1, ensure_ascii=False)
