import _thread
import sys
import time
import traceback
from _extra_greenlet import GreenletExit
from gevent.timeout import Timeout
from threading import Event, main_thread


_system_exit = None  # what becomes of a SystemExit: it would end the process


class Greenlet:
    _count = 0

    def __init__(self, run=None, *args, **kwargs):
        if run is not None:
            if not callable(run):
                raise TypeError("The run argument or self._run must be callable")
            self._run = run
        self.args, self.kwargs = args, kwargs
        self.value = self._exception = self._exc_info = self._thread = self._killed = None
        self._state, self._done, self._links = "new", Event(), []
        self.minimal_ident = Greenlet._count
        Greenlet._count += 1
        self.name = f"Greenlet-{self.minimal_ident}"

    def _run(self, *args, **kwargs):
        raise NotImplementedError

    @classmethod
    def spawn(cls, *args, **kwargs):
        g = cls(*args, **kwargs)
        g.start()
        return g

    @classmethod
    def spawn_later(cls, seconds, *args, **kwargs):
        g = cls(*args, **kwargs)
        g.start_later(seconds)
        return g

    def start(self):
        self.start_later(0)

    def start_later(self, seconds):
        if self._state == "new":
            self._state = "scheduled"
            self._thread = _thread.start(lambda: self._main(seconds), self)

    def _main(self, delay):
        try:
            if not delay <= 0:
                time.sleep(delay)
            if self._killed is not None:
                raise self._killed
            self._state = "running"
            self.value = self.run()
        except (GreenletExit, SystemExit) as e:
            if isinstance(e, GreenletExit):
                self.value = e
            else:
                self._exception = e
                if _system_exit:
                    _system_exit(e)
        except BaseException as e:
            self._exception = e
            self._report(e)
        finally:
            self._finish()

    def run(self):
        return self._run(*self.args, **self.kwargs)

    def _report(self, e):
        sys.stderr.write("".join(traceback.format_exception(e)) + time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()) + f" {self!r} failed with {type(e).__name__}\n\n")

    def _finish(self):
        self._state = "dead"
        self._done.set()
        links, self._links = self._links, []
        for callback in links:
            try:
                callback(self)
            except Exception as e:
                self._report(e)

    def kill(self, exception=GreenletExit, block=True, timeout=None):
        if self.dead:
            return
        exception = exception() if isinstance(exception, type) else exception
        if getcurrent() is self:
            raise exception
        if self._state != "running":
            self._killed = exception
        if self._state == "new":
            self.value = exception
            self._finish()
            return
        _thread.cancel(self._thread, exception)
        if block:
            self.join(timeout)

    throw = kill

    def join(self, timeout=None):
        self._done.wait(timeout)

    def get(self, block=True, timeout=None):
        if not self.ready():
            if not block:
                raise Timeout
            if not self._done.wait(timeout):
                raise Timeout(timeout)
        if self._exception is not None:
            raise self._exception
        return self.value

    def ready(self):
        return self._state == "dead"

    dead = property(ready)

    @property
    def started(self):
        return self._state in ("scheduled", "running")

    def __bool__(self):
        return self.started

    def successful(self):
        return self.ready() and self._exception is None

    @property
    def exception(self):
        return self._exception

    @property
    def exc_info(self):
        e = self._exception
        return () if e is None else (type(e), e, e.__traceback__)

    @property
    def loop(self):
        return None

    def link(self, callback):
        if self.ready():
            callback(self)
        else:
            self._links.append(callback)

    rawlink = link

    def link_value(self, callback):
        self.link(lambda g: g.successful() and callback(g))

    def link_exception(self, callback):
        self.link(lambda g: g.successful() or callback(g))

    def unlink(self, callback):
        if callback in self._links:
            self._links.remove(callback)

    def __repr__(self):
        f = self._run
        name = getattr(f, "__name__", repr(f))
        if hasattr(f, "__self__"):
            return f"<{type(self).__name__} at {hex(id(self))}: <bound method {f.__qualname__} of {f.__self__!r}>>"
        args = [repr(a) for a in self.args] + [f"{k}={v!r}" for k, v in self.kwargs.items()]
        return f"<{type(self).__name__} at {hex(id(self))}: {name}" + (f"({', '.join(args)})" if args else "") + ">"


class _Caller(Greenlet):
    """The greenlet of code that nobody spawned: a user, or the file itself."""

    def __init__(self):
        super().__init__()
        self._state, self._thread, self.parent = "running", _thread.this(), None


def getcurrent():
    g = _thread.current()
    return g if isinstance(g, Greenlet) else _Caller()


def iwait(objects, timeout=None, count=None):
    objects = list(objects)
    if count is None or count > len(objects):
        count = len(objects)
    ready, some = [], Event()

    def came(o):
        ready.append(o)
        some.set()

    for o in objects:
        o.rawlink(came)
    end = None if timeout is None else time.monotonic() + timeout
    try:
        for _ in range(count):
            while not ready:
                some.clear()
                if not some.wait(None if end is None else max(0, end - time.monotonic())):
                    return
            yield ready.pop(0)
    finally:
        for o in objects:
            o.unlink(came)


def wait(objects=None, timeout=None, count=None):
    if objects is None:
        return []
    return list(iwait(objects, timeout, count))


def joinall(greenlets, timeout=None, raise_error=False, count=None):
    done = []
    for g in iwait(greenlets, timeout, count):
        if raise_error and g.exception is not None:
            raise g.exception
        done.append(g)
    return done


def kill(greenlet, exception=GreenletExit):
    greenlet.kill(exception, block=False)


def killall(greenlets, exception=GreenletExit, block=True, timeout=None):
    greenlets = list(greenlets)
    for g in greenlets:
        g.kill(exception, block=False)
    if block and len(joinall(greenlets, timeout)) < len(greenlets) and timeout is not None:
        raise Timeout(timeout)
