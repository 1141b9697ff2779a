"""Retries: what HTTPAdapter(max_retries=...) takes."""
import logging
import random
import re
import time
from collections import namedtuple
from urllib3.exceptions import (
    ConnectTimeoutError, InvalidHeader, MaxRetryError, ProtocolError, ProxyError, ReadTimeoutError, ResponseError)
import _requests_go

log = logging.getLogger(__name__)
RequestHistory = namedtuple("RequestHistory", ["method", "url", "error", "status", "redirect_location"])


class Retry:
    DEFAULT_ALLOWED_METHODS = frozenset(["HEAD", "GET", "PUT", "DELETE", "OPTIONS", "TRACE"])
    RETRY_AFTER_STATUS_CODES = frozenset([413, 429, 503])
    DEFAULT_REMOVE_HEADERS_ON_REDIRECT = frozenset(["Cookie", "Authorization", "Proxy-Authorization"])
    DEFAULT_BACKOFF_MAX = 120
    DEFAULT_RETRY_AFTER_MAX = 21600
    _settings = ("allowed_methods", "status_forcelist", "backoff_factor", "backoff_max", "retry_after_max", "raise_on_redirect",
                 "raise_on_status", "remove_headers_on_redirect", "respect_retry_after_header", "backoff_jitter")

    def __init__(self, total=10, connect=None, read=None, redirect=None, status=None, other=None,
                 allowed_methods=DEFAULT_ALLOWED_METHODS, status_forcelist=None, backoff_factor=0, backoff_max=DEFAULT_BACKOFF_MAX,
                 raise_on_redirect=True, raise_on_status=True, history=None, respect_retry_after_header=True,
                 remove_headers_on_redirect=DEFAULT_REMOVE_HEADERS_ON_REDIRECT, backoff_jitter=0.0, retry_after_max=DEFAULT_RETRY_AFTER_MAX):
        if redirect is False or total is False:
            redirect, raise_on_redirect = 0, False
        self.total, self.connect, self.read, self.redirect, self.status, self.other = total, connect, read, redirect, status, other
        self.allowed_methods, self.status_forcelist = allowed_methods, status_forcelist or set()
        self.backoff_factor, self.backoff_max, self.backoff_jitter = backoff_factor, backoff_max, backoff_jitter
        self.raise_on_redirect, self.raise_on_status = raise_on_redirect, raise_on_status
        self.history, self.respect_retry_after_header = history or (), respect_retry_after_header
        self.remove_headers_on_redirect = frozenset(name.lower() for name in remove_headers_on_redirect)
        self.retry_after_max = retry_after_max

    def new(self, **kw):
        counts = {name: getattr(self, name) for name in ("total", "connect", "read", "redirect", "status", "other", "history")}
        return type(self)(**{**counts, **{name: getattr(self, name) for name in self._settings}, **kw})

    @classmethod
    def from_int(cls, retries, redirect=True, default=None):
        if retries is None:
            retries = default if default is not None else cls.DEFAULT
        return retries if isinstance(retries, Retry) else cls(retries, redirect=bool(redirect) and None)

    def get_backoff_time(self):
        errors = 0
        for entry in reversed(self.history):
            if entry.redirect_location is not None:
                break
            errors += 1
        if errors <= 1:
            return 0
        pause = self.backoff_factor * 2 ** (errors - 1)
        if self.backoff_jitter != 0.0:
            pause += random.random() * self.backoff_jitter
        return float(max(0, min(self.backoff_max, pause)))

    def parse_retry_after(self, retry_after):
        if re.match(r"^\s*[0-9]+\s*$", retry_after):
            seconds = int(retry_after)
        else:
            when = _requests_go.http_date(retry_after)
            if when is None:
                raise InvalidHeader(f"Invalid Retry-After header: {retry_after}")
            seconds = when - time.time()
        return min(max(seconds, 0), self.retry_after_max)

    def get_retry_after(self, response):
        text = response.headers.get("Retry-After")
        return None if text is None else self.parse_retry_after(text)

    def sleep_for_retry(self, response):
        pause = self.get_retry_after(response)
        if pause:
            time.sleep(pause)
        return bool(pause)

    def _sleep_backoff(self):
        pause = self.get_backoff_time()
        if pause > 0:
            time.sleep(pause)

    def sleep(self, response=None):
        if not (self.respect_retry_after_header and response and self.sleep_for_retry(response)):
            self._sleep_backoff()

    def _is_connection_error(self, err):
        return isinstance(err.original_error if isinstance(err, ProxyError) else err, ConnectTimeoutError)

    def _is_read_error(self, err):
        return isinstance(err, (ReadTimeoutError, ProtocolError))

    def _is_method_retryable(self, method):
        return not self.allowed_methods or method.upper() in self.allowed_methods

    def is_retry(self, method, status_code, has_retry_after=False):
        if not self._is_method_retryable(method):
            return False
        if self.status_forcelist and status_code in self.status_forcelist:
            return True
        return bool(self.total and self.respect_retry_after_header and has_retry_after and status_code in self.RETRY_AFTER_STATUS_CODES)

    def is_exhausted(self):
        left = [count for count in (self.total, self.connect, self.read, self.redirect, self.status, self.other) if count]
        return bool(left) and min(left) < 0

    def _kind(self, method, response, error):
        """The counter that an attempt uses up; None is none. What must not be tried again is raised."""
        if error and self._is_connection_error(error):
            if self.connect is False:
                raise error
            return "connect"
        if error and self._is_read_error(error):
            if self.read is False or method is None or not self._is_method_retryable(method):
                raise error
            return "read"
        if error:
            return "other"
        if response and response.get_redirect_location():
            return "redirect"
        return "status" if response and response.status else None

    def increment(self, method=None, url=None, response=None, error=None, _pool=None, _stacktrace=None):
        if self.total is False and error:
            raise error
        kind = self._kind(method, response, error)
        counts = {} if self.total is None else {"total": self.total - 1}
        if kind and getattr(self, kind) is not None:
            counts[kind] = getattr(self, kind) - 1
        location = response.get_redirect_location() if kind == "redirect" else None
        status = response.status if kind in ("redirect", "status") else None
        cause = ResponseError.GENERIC_ERROR
        if kind == "redirect":
            cause = "too many redirects"
        elif kind == "status":
            cause = ResponseError.SPECIFIC_ERROR.format(status_code=status)
        following = self.new(**counts, history=self.history + (RequestHistory(method, url, error, status, location or None),))
        if following.is_exhausted():
            reason = error or ResponseError(cause)
            raise MaxRetryError(_pool, url, reason) from reason
        log.debug("Incremented Retry for (url='%s'): %r", url, following)
        return following

    def __repr__(self):
        return f"{type(self).__name__}(total={self.total}, connect={self.connect}, read={self.read}, redirect={self.redirect}, status={self.status})"


Retry.DEFAULT = Retry(3)
_requests_go.watch(Retry)
