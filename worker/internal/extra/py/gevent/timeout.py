import _extra_greenlet as _go


class Timeout(BaseException):
    def __init__(self, seconds=None, exception=None, ref=True, priority=-1):
        BaseException.__init__(self)
        self.seconds, self.exception, self._alarm = seconds, exception, None

    def _thrown(self):
        e = self.exception
        if e is None or e is False or isinstance(e, str):
            return self
        return e() if isinstance(e, type) else e

    def start(self):
        if self.pending:
            raise AssertionError(f"{self!r} is already started; to restart it, cancel it first")
        if self.seconds is not None:
            self._what = self._thrown()
            self._alarm = _go.alarm(self.seconds, self._what)

    @classmethod
    def start_new(cls, timeout=None, exception=None, ref=True):
        if isinstance(timeout, Timeout):
            if not timeout.pending:
                timeout.start()
            return timeout
        timeout = cls(timeout, exception)
        timeout.start()
        return timeout

    @property
    def pending(self):
        return self._alarm is not None and not _go.rang(self._alarm)

    def cancel(self):
        alarm, self._alarm = self._alarm, None
        if alarm is None:
            return
        try:
            _go.silence(alarm)
        except BaseException as e:
            if e is not self._what:
                raise

    close = cancel

    def __enter__(self):
        if not self.pending:
            self.start()
        return self

    def __exit__(self, typ, value, tb):
        self.cancel()
        return value is self and self.exception is False

    def __str__(self):
        if self.seconds is None:
            return ""
        end = "" if self.seconds == 1 else "s"
        if self.exception is None:
            return f"{self.seconds} second{end}"
        if self.exception is False:
            return f"{self.seconds} second{end} (silent)"
        return f"{self.seconds} second{end}: {self.exception}"

    def __repr__(self):
        pending = " pending" if self.pending else ""
        return f"<{type(self).__name__} at {hex(id(self))} seconds={self.seconds}{'' if self.exception is None else ' exception=' + repr(self.exception)}{pending}>"


def with_timeout(seconds, function, *args, **kwds):
    has_value = "timeout_value" in kwds
    instead = kwds.pop("timeout_value", None)
    timeout = Timeout.start_new(seconds)
    try:
        return function(*args, **kwds)
    except Timeout as e:
        if e is timeout and has_value:
            return instead
        raise
    finally:
        timeout.cancel()
