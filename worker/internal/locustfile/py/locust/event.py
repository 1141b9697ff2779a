# Events and their listeners (locust/event.py).
import time
from contextlib import contextmanager

import locust._worker as _worker


class EventHook(_worker.EventHook):
    @contextmanager
    def measure(self, request_type, name, response_length=0, context=None):
        request_meta = {
            "request_type": request_type,
            "name": name,
            "response_length": response_length,
            "context": context or {},
            "exception": None,
            "start_time": time.time(),
        }
        start = time.perf_counter()
        try:
            yield request_meta
        except Exception as e:
            request_meta["exception"] = e
        finally:
            request_meta["response_time"] = (time.perf_counter() - start) * 1000
            self.fire(**request_meta)


class Events:
    names = (
        "request",
        "user_error",
        "report_to_master",
        "worker_report",
        "worker_connect",
        "spawning_complete",
        "quitting",
        "quit",
        "init",
        "init_command_line_parser",
        "test_start",
        "test_stopping",
        "test_stop",
        "reset_stats",
        "cpu_warning",
        "heartbeat_sent",
        "heartbeat_received",
        "usage_monitor",
    )

    def __init__(self):
        for name in self.names:
            setattr(self, name, EventHook())
