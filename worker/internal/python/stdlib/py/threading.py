import _thread
from time import monotonic, sleep

Lock = _thread.Lock
RLock = _thread.RLock


class Condition:
    def __init__(self, lock=None):
        self._lock = lock or RLock()
        self._waiters = []
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc):
        return self._lock.__exit__(*exc)

    def wait(self, timeout=None):
        w = Lock()
        w.acquire()
        self._waiters.append(w)
        self._lock.release()
        try:
            return w.acquire(True, -1 if timeout is None else timeout)
        finally:
            if w in self._waiters:
                self._waiters.remove(w)
            self._lock.acquire()

    def wait_for(self, predicate, timeout=None):
        end = None if timeout is None else monotonic() + timeout
        while not predicate():
            if end is not None and monotonic() >= end:
                return predicate()
            self.wait(None if end is None else max(0, end - monotonic()))
        return True

    def notify(self, n=1):
        for w in self._waiters[:n]:
            self._waiters.remove(w)
            w.release()

    def notify_all(self):
        self.notify(len(self._waiters))


class Event:
    def __init__(self):
        self._cond, self._flag = Condition(Lock()), False

    def is_set(self):
        return self._flag

    def set(self):
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        with self._cond:
            return self._cond.wait_for(lambda: self._flag, timeout)


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond, self._value = Condition(Lock()), value

    def acquire(self, blocking=True, timeout=None):
        with self._cond:
            if not blocking and self._value == 0:
                return False
            if not self._cond.wait_for(lambda: self._value > 0, timeout):
                return False
            self._value -= 1
            return True

    def release(self, n=1):
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()


BoundedSemaphore = Semaphore


class local:
    def __init__(self):
        object.__setattr__(self, "_all", {})

    def _mine(self):
        return object.__getattribute__(self, "_all").setdefault(_thread.ident(), {})

    def __getattr__(self, name):
        try:
            return self._mine()[name]
        except KeyError:
            raise AttributeError(f"'_thread._local' object has no attribute '{name}'") from None

    def __setattr__(self, name, value):
        self._mine()[name] = value


class Thread:
    _count = 0

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        Thread._count += 1
        self._target, self._args, self._kwargs, self.daemon = target, args, kwargs or {}, bool(daemon)
        self.name, self._done, self.ident = name or f"Thread-{Thread._count}", Event(), None

    def run(self):
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        def main():
            self.ident = _thread.ident()
            try:
                self.run()
            except Exception:
                import traceback
                traceback.print_exc()
            finally:
                self._done.set()
        _thread.start(main)

    def join(self, timeout=None):
        self._done.wait(timeout)

    def is_alive(self):
        return self.ident is not None and not self._done.is_set()


class _Main:
    name, daemon = "MainThread", False


def current_thread():
    return _Main()


def get_ident():
    return _thread.ident()


def active_count():
    return 1


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__(target=function, args=args or (), kwargs=kwargs)
        self._interval, self._cancel = interval, Event()

    def cancel(self):
        self._cancel.set()

    def run(self):
        if not self._cancel.wait(self._interval):
            super().run()
