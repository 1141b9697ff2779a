"""urllib3, as far as locustfiles use it beside requests."""
from urllib3 import exceptions
from urllib3 import util
from urllib3.poolmanager import PoolManager, ProxyManager
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.retry import Retry
from urllib3.util.timeout import Timeout

__version__ = "2.8.0"


def disable_warnings(category=exceptions.HTTPWarning):
    """Nothing warns here of requests without verification."""


def add_stderr_logger(level=10):
    return None


def make_headers(keep_alive=None, accept_encoding=None, user_agent=None, basic_auth=None, proxy_basic_auth=None, disable_cache=None):
    from base64 import b64encode
    headers = {}
    if accept_encoding:
        headers["accept-encoding"] = accept_encoding if isinstance(accept_encoding, str) else "gzip,deflate,br"
    if user_agent:
        headers["user-agent"] = user_agent
    if keep_alive:
        headers["connection"] = "keep-alive"
    if basic_auth:
        headers["authorization"] = "Basic " + b64encode(basic_auth.encode("latin-1")).decode()
    if proxy_basic_auth:
        headers["proxy-authorization"] = "Basic " + b64encode(proxy_basic_auth.encode("latin-1")).decode()
    if disable_cache:
        headers["cache-control"] = "no-cache"
    return headers
