import _thread
from _thread import Lock, RLock, TIMEOUT_MAX, get_ident
from time import monotonic

ThreadError = RuntimeError


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
        if not self._lock.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        w = Lock()
        w.acquire()
        self._waiters.append(w)
        self._lock.release()
        try:
            return w.acquire() if timeout is None else w.acquire(True, timeout) if timeout > 0 else w.acquire(False)
        finally:
            if w in self._waiters:
                self._waiters.remove(w)
            self._lock.acquire()

    def wait_for(self, predicate, timeout=None):
        end = None if timeout is None else monotonic() + timeout
        result = predicate()
        while not result:
            left = None if end is None else end - monotonic()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        if not self._lock.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
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

    isSet = is_set

    def set(self):
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        with self._cond:
            if not self._flag:
                self._cond.wait_for(self.is_set, timeout)
            return self._flag


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond, self._value = Condition(Lock()), value

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if self._value == 0 and (not blocking or not self._cond.wait_for(lambda: self._value > 0, timeout)):
                return False
            self._value -= 1
            return True

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def release(self, n=1):
        if self._value + n > self._initial_value:
            raise ValueError("Semaphore released too many times")
        super().release(n)


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    def __init__(self, parties, action=None, timeout=None):
        self.parties, self._action, self._timeout = parties, action, timeout
        self._cond, self.n_waiting, self._round, self.broken = Condition(), 0, 0, False

    def wait(self, timeout=None):
        with self._cond:
            if self.broken:
                raise BrokenBarrierError
            index, mine = self.n_waiting, self._round
            self.n_waiting += 1
            if self.n_waiting == self.parties:
                if self._action:
                    self._action()
                self.n_waiting, self._round = 0, self._round + 1
                self._cond.notify_all()
            elif not self._cond.wait_for(lambda: self._round != mine or self.broken, self._timeout if timeout is None else timeout):
                self.abort()
            if self._round == mine:
                raise BrokenBarrierError
            return index

    def abort(self):
        with self._cond:
            self.broken, self.n_waiting = True, 0
            self._cond.notify_all()

    def reset(self):
        with self._cond:
            self.broken, self.n_waiting = False, 0


class local:
    def _mine(self):
        return _thread.vars().setdefault(id(self), {})  # freed with the thread

    def __getattr__(self, name):
        try:
            return self._mine()[name]
        except KeyError:
            raise AttributeError(f"'_thread._local' object has no attribute '{name}'") from None

    def __setattr__(self, name, value):
        self._mine()[name] = value

    def __delattr__(self, name):
        try:
            del self._mine()[name]
        except KeyError:
            raise AttributeError(f"'_thread._local' object has no attribute '{name}'") from None


class Thread:
    _count = 0
    _living = []

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        if name is None:
            Thread._count += 1
            name = f"Thread-{Thread._count}" + (f" ({target.__name__})" if hasattr(target, "__name__") else "")
        self._target, self._args, self._kwargs, self.daemon = target, args, kwargs or {}, bool(daemon)
        self.name, self._done, self._started, self.ident = str(name), Event(), False, None

    def run(self):
        if self._target:
            self._target(*self._args, **self._kwargs)

    def _main(self):
        self.ident = _thread.ident()
        try:
            self.run()
        except SystemExit:
            pass
        except Exception as e:
            excepthook(ExceptHookArgs((type(e), e, e.__traceback__, self)))
        finally:
            Thread._living.remove(self)
            self._done.set()

    def start(self):
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = True
        Thread._living.append(self)
        _thread.start(self._main, self)

    def join(self, timeout=None):
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")
        self._done.wait(timeout)

    def is_alive(self):
        return self._started and not self._done.is_set()

    @property
    def native_id(self):
        return self.ident

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def __repr__(self):
        state = "stopped" if self._done.is_set() else "started" if self._started else "initial"
        return f"<{self.__class__.__name__}({self.name}, {state}{' daemon' * self.daemon}{' ' + str(self.ident) if self.ident else ''})>"


class ExceptHookArgs:
    def __init__(self, args):
        self.exc_type, self.exc_value, self.exc_traceback, self.thread = args


def excepthook(args):
    import sys
    import traceback
    sys.stderr.write(f"Exception in thread {args.thread.name}:\n" + "".join(traceback.format_exception(args.exc_value)))


class _MainThread(Thread):
    def __init__(self):
        super().__init__(name="MainThread")
        self._started, self.ident = True, _thread.ident()


_main_thread = _MainThread()


class _DummyThread(Thread):
    def __init__(self):
        super().__init__(name=f"Dummy-{_thread.ident()}", daemon=True)
        self._started, self.ident = True, _thread.ident()


def main_thread():
    return _main_thread


def current_thread():
    t = _thread.current()
    if isinstance(t, Thread):
        return t
    return _main_thread if _thread.ident() == _main_thread.ident else _DummyThread()


currentThread = current_thread
get_native_id = get_ident


def active_count():
    return 1 + len(Thread._living)


activeCount = active_count


def enumerate():
    return [_main_thread] + Thread._living


def settrace(func):
    pass


setprofile = settrace


def stack_size(size=0):
    return 0


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval, self.function, self.args, self.kwargs = interval, function, args or [], kwargs or {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        if not self.finished.wait(self.interval):
            self.function(*self.args, **self.kwargs)
        self.finished.set()
