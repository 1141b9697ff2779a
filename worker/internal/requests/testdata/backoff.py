# How long Retry pauses between tries: run by CPython for the golden and by our Python. base is the server's URL.
import random
import time

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

slept = []
real = time.sleep
time.sleep = slept.append
random.random = lambda: 0.25


def tries(name, path, retries, method="GET", **kw):
    del slept[:]
    s = requests.Session()
    s.mount("http://", HTTPAdapter(max_retries=retries))
    try:
        result = s.request(method, path if "//" in path else base + path, **kw).status_code
    except Exception as e:
        result = type(e).__name__
    print(name, result, slept)


class Linear(Retry):
    def get_backoff_time(self):
        return len(self.history) * 1.5


class Told(Retry):
    def sleep(self, response=None):
        print("  sleep", type(response).__name__, getattr(response, "status", None), self.get_backoff_time())
        super().sleep(response)


class Capped(Retry):
    DEFAULT_BACKOFF_MAX = 1


status = dict(status_forcelist=[500, 503])
tries("doubling", "/a/s500", Retry(5, backoff_factor=0.1, **status))
tries("one", "/a/s500", Retry(1, backoff_factor=0.1, **status))
tries("two", "/a/s500", Retry(2, backoff_factor=3, **status))
tries("none", "/a/s500", Retry(3, **status))
tries("number", "/a/reset", 3)
tries("at most", "/a/s500", Retry(6, backoff_factor=1, backoff_max=5, **status))
tries("default maximum", "/a/s500", Retry(10, backoff_factor=1, **status))
tries("class maximum", "/a/s500", Capped(5, backoff_factor=1, **status))
tries("jitter", "/a/s500", Retry(4, backoff_factor=0.5, backoff_jitter=2, **status))
tries("jitter alone", "/a/s500", Retry(4, backoff_jitter=2, **status))
tries("returned", "/a/s500", Retry(3, backoff_factor=0.2, raise_on_status=False, **status))
tries("negative", "/a/s500", Retry(3, backoff_factor=-1, **status))
tries("post", "/a/s500", Retry(3, backoff_factor=0.2, **status), "POST", data="x")
tries("post too", "/a/s500", Retry(3, backoff_factor=0.2, allowed_methods=None, **status), "POST", data="x")
tries("broken", "/a/reset", Retry(4, backoff_factor=0.2))
tries("refused", "http://127.0.0.1:1/", Retry(3, backoff_factor=0.2))
tries("slow", "/a/hang", Retry(3, backoff_factor=0.2), timeout=0.5)
tries("after", "/a/after", Retry(2, backoff_factor=0.2, **status))
tries("after, not in the list", "/a/after", Retry(2, backoff_factor=0.2))
tries("after 0", "/a/after0", Retry(3, backoff_factor=0.2, **status))
tries("after, not asked", "/a/after", Retry(3, backoff_factor=0.2, respect_retry_after_header=False, **status))
tries("after long", "/a/long", Retry(2, **status))
tries("after at most", "/a/long", Retry(2, retry_after_max=9, **status))
tries("after a past date", "/a/past", Retry(3, backoff_factor=0.2, **status))
tries("after nonsense", "/a/nonsense", Retry(2, **status))
tries("own pauses", "/a/s500", Linear(3, **status))
tries("own sleep", "/a/s500", Told(3, backoff_factor=0.3, **status))
tries("own sleep, broken", "/a/reset", Told(2, backoff_factor=0.3))

time.sleep = real
began = time.monotonic()
tries("really", "/a/s500", Retry(2, backoff_factor=0.15, **status))
print(time.monotonic() - began >= 0.3)
