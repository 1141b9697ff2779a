"""`import gevent` is enough for gevent.lock: Locust has imported it, and so it has the others."""
import concurrent
import http
import importlib
import json
import logging
import os
import urllib

import gevent
import locust
import requests

print(gevent.lock.Semaphore().counter, gevent.event.Event().is_set(), gevent.queue.Queue().qsize(), gevent.pool.Pool(3).size)
print(urllib.request.Request("http://localhost/a").host, urllib.parse.quote("ä"), urllib.error.URLError("x"))
print(concurrent.futures.ThreadPoolExecutor.__name__, logging.handlers.RotatingFileHandler.__name__, http.client.OK, http.cookies.SimpleCookie.__name__)
print(locust.util.timespan.parse_timespan("1m"), locust.util.rounding.proper_round(2.5), locust.contrib.fasthttp.FastHttpUser.__name__)
print(json.decoder.JSONDecodeError.__name__, importlib.util.find_spec("nosuch_module"), os.path.basename("a/b"))
print(requests.adapters.HTTPAdapter.__name__, requests.exceptions.Timeout.__name__, requests.auth.HTTPBasicAuth.__name__, locust.exception.StopUser.__name__)
print("lock" in dir(gevent), hasattr(urllib, "request"), getattr(gevent, "nothing", None))


class U(locust.User):
    @locust.task
    def t(self):
        gate = gevent.lock.BoundedSemaphore(1)
        with gate:
            print(gate.locked())
