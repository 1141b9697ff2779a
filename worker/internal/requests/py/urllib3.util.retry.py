"""Retries: what HTTPAdapter(max_retries=...) takes."""

import time
from urllib3.exceptions import MaxRetryError, ResponseError, ConnectTimeoutError


class Retry:
    DEFAULT_ALLOWED_METHODS = frozenset(["HEAD", "GET", "PUT", "DELETE", "OPTIONS", "TRACE"])
    RETRY_AFTER_STATUS_CODES = frozenset([413, 429, 503])
    DEFAULT_REMOVE_HEADERS_ON_REDIRECT = frozenset(["Cookie", "Authorization", "Proxy-Authorization"])
    DEFAULT_BACKOFF_MAX = 120

    def __init__(self, total=10, connect=None, read=None, redirect=None, status=None, other=None,
                 allowed_methods=DEFAULT_ALLOWED_METHODS, status_forcelist=None, backoff_factor=0, backoff_max=DEFAULT_BACKOFF_MAX,
                 raise_on_redirect=True, raise_on_status=True, history=None, respect_retry_after_header=True,
                 remove_headers_on_redirect=DEFAULT_REMOVE_HEADERS_ON_REDIRECT, backoff_jitter=0.0):
        self.total, self.connect, self.read, self.redirect, self.status, self.other = total, connect, read, redirect, status, other
        self.allowed_methods, self.status_forcelist = allowed_methods, status_forcelist or set()
        self.backoff_factor, self.backoff_max, self.backoff_jitter = backoff_factor, backoff_max, backoff_jitter
        self.raise_on_redirect, self.raise_on_status = raise_on_redirect, raise_on_status
        self.history = history or ()
        self.respect_retry_after_header = respect_retry_after_header

    @classmethod
    def from_int(cls, retries, redirect=True, default=None):
        if retries is None:
            retries = default if default is not None else 3
        return retries if isinstance(retries, Retry) else cls(retries)

    def _left(self, kind, used):
        """How often kind may still be tried again; below 0 is no more."""
        limits = [n for n in (self.total, getattr(self, kind)) if n is not None and n is not False]
        if self.total is False or getattr(self, kind) is False:
            return -1
        return min(limits) - used if limits else 0

    def _allows(self, method):
        return not self.allowed_methods or method.upper() in self.allowed_methods

    def _backoff(self, used):
        if used <= 1:
            return 0
        import random
        pause = self.backoff_factor * 2 ** (used - 1)
        if self.backoff_jitter:
            pause += random.random() * self.backoff_jitter
        return max(0, min(self.backoff_max, pause))

    def _sleep(self, used, retry_after=None):
        if retry_after and self.respect_retry_after_header:
            pause = float(retry_after) if retry_after.strip().isdigit() else 0
        else:
            pause = self._backoff(used)
        if pause > 0:
            time.sleep(pause)

    def __repr__(self):
        return f"Retry(total={self.total}, connect={self.connect}, read={self.read}, redirect={self.redirect}, status={self.status})"
