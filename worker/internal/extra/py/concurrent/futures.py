import queue
import threading

import _absent
from collections import namedtuple
from time import monotonic

__getattr__ = _absent.names("concurrent.futures", "ProcessPoolExecutor")
FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
TimeoutError = TimeoutError
DoneAndNotDoneFutures = namedtuple("DoneAndNotDoneFutures", "done not_done")


class Error(Exception):
    pass


class CancelledError(Error):
    pass


class InvalidStateError(Error):
    pass


class BrokenExecutor(RuntimeError):
    pass


class Future:
    def __init__(self):
        self._state, self._result, self._exception = "PENDING", None, None
        self._condition, self._callbacks = threading.Condition(), []

    def _finish(self, state, result=None, exception=None):
        with self._condition:
            if self.done():
                raise InvalidStateError(f"{self._state}: {self!r}")
            self._state, self._result, self._exception = state, result, exception
            self._condition.notify_all()
        for fn in self._callbacks:
            self._callback(fn)

    def _callback(self, fn):
        try:
            fn(self)
        except Exception:
            import logging
            logging.getLogger("concurrent.futures").exception("exception calling callback for %r", self)

    def cancel(self):
        if self._state in ("RUNNING", "FINISHED"):
            return False
        if self._state == "PENDING":
            self._finish("CANCELLED")
        return True

    def cancelled(self):
        return self._state == "CANCELLED"

    def running(self):
        return self._state == "RUNNING"

    def done(self):
        return self._state in ("CANCELLED", "FINISHED")

    def _wait(self, timeout):
        with self._condition:
            if not self._condition.wait_for(self.done, timeout):
                raise TimeoutError()
        if self.cancelled():
            raise CancelledError()

    def result(self, timeout=None):
        self._wait(timeout)
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self, timeout=None):
        self._wait(timeout)
        return self._exception

    def add_done_callback(self, fn):
        if self.done():
            self._callback(fn)
        else:
            self._callbacks.append(fn)

    def set_running_or_notify_cancel(self):
        if self.cancelled():
            return False
        self._state = "RUNNING"
        return True

    def set_result(self, result):
        self._finish("FINISHED", result)

    def set_exception(self, exception):
        self._finish("FINISHED", None, exception)

    def __repr__(self):
        state = self._state.lower()
        if self._state == "FINISHED":
            what = f"raised {type(self._exception).__name__}" if self._exception is not None else f"returned {type(self._result).__name__}"
            state += " " + what
        return f"<Future at {hex(id(self))} state={state}>"


class Executor:
    def submit(self, fn, /, *args, **kwargs):
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        end = None if timeout is None else monotonic() + timeout
        fs = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            try:
                for f in fs:
                    yield f.result(None if end is None else max(0, end - monotonic()))
            finally:
                for f in fs:
                    f.cancel()
        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.shutdown(wait=True)
        return False


class ThreadPoolExecutor(Executor):
    _count = 0

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        if max_workers is None:
            import os
            max_workers = min(32, (os.cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers, self._initializer, self._initargs = max_workers, initializer, initargs
        self._prefix = thread_name_prefix or f"ThreadPoolExecutor-{ThreadPoolExecutor._count}"
        ThreadPoolExecutor._count += 1
        self._work, self._threads, self._idle, self._shut = queue.SimpleQueue(), [], 0, False

    def submit(self, fn, /, *args, **kwargs):
        if self._shut:
            raise RuntimeError("cannot schedule new futures after shutdown")
        f = Future()
        self._work.put((f, fn, args, kwargs))
        if self._idle < self._work.qsize() and len(self._threads) < self._max_workers:
            t = threading.Thread(target=self._run, name=f"{self._prefix}_{len(self._threads)}")
            self._threads.append(t)
            t.start()
        return f

    def _run(self):
        if self._initializer is not None:
            self._initializer(*self._initargs)
        while True:
            self._idle += 1
            try:
                job = self._work.get()
            finally:
                self._idle -= 1
            if job is None:
                self._work.put(None)
                return
            f, fn, args, kwargs = job
            if not f.set_running_or_notify_cancel():
                continue
            try:
                result = fn(*args, **kwargs)
            except BaseException as e:
                f.set_exception(e)
                if not isinstance(e, Exception):
                    raise
            else:
                f.set_result(result)

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._shut = True
        while cancel_futures and not self._work.empty():
            job = self._work.get_nowait()
            if job is not None:
                job[0].cancel()
        self._work.put(None)
        if wait:
            for t in self._threads:
                t.join()


def as_completed(fs, timeout=None):
    end = None if timeout is None else monotonic() + timeout
    fs = list(dict.fromkeys(fs))
    done = queue.SimpleQueue()
    for f in fs:
        f.add_done_callback(done.put)
    for i in range(len(fs)):
        try:
            yield done.get(timeout=None if end is None else max(0, end - monotonic()))
        except queue.Empty:
            raise TimeoutError(f"{len(fs) - i} (of {len(fs)}) futures unfinished") from None


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    fs = list(dict.fromkeys(fs))
    done = set()
    try:
        for f in as_completed(fs, timeout):
            done.add(f)
            if return_when == FIRST_COMPLETED or (return_when == FIRST_EXCEPTION and not f.cancelled() and f.exception() is not None):
                break
    except TimeoutError:
        pass
    done |= {f for f in fs if f.done()}
    return DoneAndNotDoneFutures(done, set(fs) - done)
