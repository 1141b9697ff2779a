import threading
from gevent.timeout import Timeout


class _Links:
    """What iwait listens to."""

    def _init_links(self):
        self._links = []

    def rawlink(self, callback):
        if self.ready():
            callback(self)
        else:
            self._links.append(callback)

    def unlink(self, callback):
        if callback in self._links:
            self._links.remove(callback)

    def _notify(self):
        links, self._links = self._links, []
        for callback in links:
            callback(self)


class Event(threading.Event, _Links):
    def __init__(self):
        super().__init__()
        self._init_links()

    def ready(self):
        return self.is_set()

    def set(self):
        super().set()
        self._notify()

    def __repr__(self):
        return f"<{type(self).__name__} at {hex(id(self))} {'set' if self.is_set() else 'clear'}>"


class AsyncResult(_Links):
    def __init__(self):
        self._init_links()
        self._event, self._value, self._exception = threading.Event(), None, None

    def ready(self):
        return self._event.is_set()

    def successful(self):
        return self.ready() and self._exception is None

    @property
    def value(self):
        return self._value

    @property
    def exception(self):
        return self._exception

    @property
    def exc_info(self):
        e = self._exception
        return () if e is None else (type(e), e, e.__traceback__)

    def set(self, value=None):
        self._value, self._exception = value, None
        self._event.set()
        self._notify()

    def set_exception(self, exception, exc_info=None):
        self._exception = exception
        self._event.set()
        self._notify()

    def set_result(self, result):
        self.set(result)

    def get(self, block=True, timeout=None):
        if not self.ready():
            if not block:
                raise Timeout
            if not self._event.wait(timeout):
                raise Timeout(timeout)
        if self._exception is not None:
            raise self._exception
        return self._value

    def get_nowait(self):
        return self.get(block=False)

    result = get

    def wait(self, timeout=None):
        self._event.wait(timeout)
        return self._value

    def done(self):
        return self.ready()

    def __call__(self, source):
        if source.successful():
            self.set(source.value)
        else:
            self.set_exception(source.exception)
