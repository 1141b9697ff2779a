"""Timeouts as an object."""
import time
from urllib3.exceptions import TimeoutStateError

_DEFAULT_TIMEOUT = object()


def _checked(value, name):
    if value is None or value is _DEFAULT_TIMEOUT:
        return value
    if isinstance(value, bool):
        raise ValueError("Timeout cannot be a boolean value. It must be an int, float or None.")
    try:
        float(value)
    except (TypeError, ValueError):
        raise ValueError(f"Timeout value {name} was {value}, but it must be an int, float or None.") from None
    if value <= 0:
        raise ValueError(f"Attempted to set {name} timeout to {value}, but the timeout cannot be set to a value less than or equal to 0.")
    return value


class Timeout:
    DEFAULT_TIMEOUT = _DEFAULT_TIMEOUT

    def __init__(self, total=None, connect=_DEFAULT_TIMEOUT, read=_DEFAULT_TIMEOUT):
        self._connect, self._read, self.total = _checked(connect, "connect"), _checked(read, "read"), _checked(total, "total")
        self._start_connect = None

    def __repr__(self):
        return f"Timeout(connect={self._connect!r}, read={self._read!r}, total={self.total!r})"

    @classmethod
    def from_float(cls, timeout):
        return cls(read=timeout, connect=timeout)

    def clone(self):
        return Timeout(connect=self._connect, read=self._read, total=self.total)

    def start_connect(self):
        if self._start_connect is not None:
            raise TimeoutStateError("Timeout timer has already been started.")
        self._start_connect = time.monotonic()
        return self._start_connect

    def get_connect_duration(self):
        if self._start_connect is None:
            raise TimeoutStateError("Can't get connect duration for timer that has not started.")
        return time.monotonic() - self._start_connect

    @property
    def connect_timeout(self):
        given = None if self._connect is _DEFAULT_TIMEOUT else self._connect
        limits = [limit for limit in (given, self.total) if limit is not None]
        return min(limits) if limits else None

    @property
    def read_timeout(self):
        given = None if self._read is _DEFAULT_TIMEOUT else self._read
        if self.total is None:
            return given
        left = self.total if self._start_connect is None else max(0, self.total - self.get_connect_duration())
        return left if given is None else min(left, given)
