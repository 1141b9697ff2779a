"""The event loop that code with async def needs: tasks, futures, timers, locks and queues, on one thread."""
import heapq
import threading
from collections import deque
from time import monotonic

_local = threading.local()
FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
TimeoutError = TimeoutError


class CancelledError(BaseException):
    pass


class InvalidStateError(Exception):
    pass


class QueueEmpty(Exception):
    pass


class QueueFull(Exception):
    pass


class Future:
    def __init__(self, *, loop=None):
        self._loop, self._done, self._result, self._error, self._calls = loop or get_event_loop(), False, None, None, []

    def done(self):
        return self._done

    def cancelled(self):
        return self._done and isinstance(self._error, CancelledError)

    def result(self):
        if not self._done:
            raise InvalidStateError("Result is not set.")
        if self._error is not None:
            raise self._error
        return self._result

    def exception(self):
        if not self._done:
            raise InvalidStateError("Exception is not set.")
        if isinstance(self._error, CancelledError):
            raise self._error
        return self._error

    def set_result(self, result):
        self._finish(result, None)

    def set_exception(self, exception):
        self._finish(None, exception() if isinstance(exception, type) else exception)

    def _finish(self, result, error):
        if self._done:
            raise InvalidStateError("invalid state")
        self._done, self._result, self._error = True, result, error
        for call in self._calls:
            self._loop.call_soon(call, self)
        self._calls = []

    def add_done_callback(self, call, *, context=None):
        if self._done:
            self._loop.call_soon(call, self)
        else:
            self._calls.append(call)

    def remove_done_callback(self, call):
        before = len(self._calls)
        self._calls = [c for c in self._calls if c != call]
        return before - len(self._calls)

    def cancel(self, msg=None):
        if self._done:
            return False
        self._finish(None, CancelledError(*([] if msg is None else [msg])))
        return True

    def get_loop(self):
        return self._loop

    def __await__(self):
        if not self._done:
            yield self
        return self.result()

    __iter__ = __await__


class Task(Future):
    _count = 0

    def __init__(self, coro, *, loop=None, name=None):
        super().__init__(loop=loop)
        Task._count += 1
        self._coro, self._waits, self._throw, self._name = coro, None, None, name or f"Task-{Task._count}"
        self._loop._tasks.append(self)
        self._loop.call_soon(self._step)

    def get_name(self):
        return self._name

    def set_name(self, name):
        self._name = str(name)

    def get_coro(self):
        return self._coro

    def cancel(self, msg=None):
        if self._done:
            return False
        self._throw = CancelledError(*([] if msg is None else [msg]))
        if self._waits is not None and not self._waits.done():
            self._waits.cancel()
        return True

    def _step(self, _=None):
        if self._done:
            return
        error, self._throw, self._waits = self._throw, None, None
        outer, self._loop._current = self._loop._current, self
        try:
            waits = self._coro.send(None) if error is None else self._coro.throw(error)
        except StopIteration as e:
            self._finish(e.value, None)
        except (KeyboardInterrupt, SystemExit) as e:
            self._finish(None, e)
            raise
        except BaseException as e:
            if type(e).__name__ == "GreenletExit":  # the user has to end now, not the task alone
                self._finish(None, e)
                raise
            self._finish(None, e)
        else:
            if waits is None:
                self._loop.call_soon(self._step)
            elif isinstance(waits, Future):
                self._waits = waits
                waits.add_done_callback(self._step)
                if self._throw is not None:
                    waits.cancel()
            else:
                self._throw = RuntimeError(f"Task got bad yield: {waits!r}")
                self._loop.call_soon(self._step)
        finally:
            self._loop._current = outer
            if self._done:
                self._loop._tasks.remove(self)


class Handle:
    def __init__(self, when, call, args):
        self._when, self._call, self._args, self._off = when, call, args, False

    def cancel(self):
        self._off = True

    def cancelled(self):
        return self._off

    def when(self):
        return self._when

    def __lt__(self, other):
        return self._when < other._when


TimerHandle = Handle


class AbstractEventLoop:
    def __init__(self):
        self._ready, self._timers, self._tasks, self._closed, self._running, self._stop = [], [], [], False, False, False
        self._current, self._wake = None, threading.Event()

    def time(self):
        return monotonic()

    def is_running(self):
        return self._running

    def is_closed(self):
        return self._closed

    def get_debug(self):
        return False

    def set_debug(self, on):
        pass

    def call_soon(self, call, *args, context=None):
        if self._closed:
            raise RuntimeError("Event loop is closed")
        h = Handle(0, call, args)
        self._ready.append(h)
        return h

    def call_soon_threadsafe(self, call, *args, context=None):
        h = self.call_soon(call, *args)
        self._wake.set()
        return h

    def call_later(self, delay, call, *args, context=None):
        return self.call_at(monotonic() + delay, call, *args)

    def call_at(self, when, call, *args, context=None):
        h = Handle(when, call, args)
        heapq.heappush(self._timers, h)
        return h

    def create_future(self):
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        if not iscoroutine(coro):
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        return Task(coro, loop=self, name=name)

    def run_in_executor(self, executor, func, *args):
        future = Future(loop=self)

        def work():
            try:
                result, error = func(*args), None
            except BaseException as e:
                result, error = None, e
            self.call_soon_threadsafe(lambda: future.done() or future._finish(result, error))

        threading.Thread(target=work, daemon=True).start()
        return future

    def _once(self):
        while self._timers and (self._timers[0]._off or self._timers[0]._when <= monotonic()):
            self._ready.append(heapq.heappop(self._timers))
        if not self._ready:
            self._wake.wait(max(0, self._timers[0]._when - monotonic()) if self._timers else None)
        self._wake.clear()
        ready, self._ready = deque(self._ready), []
        try:
            while ready:
                h = ready.popleft()
                if not h._off:
                    h._call(*h._args)
        finally:
            self._ready = list(ready) + self._ready

    def run_forever(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")
        if self._running:
            raise RuntimeError("This event loop is already running")
        if getattr(_local, "running", None) is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")
        self._running, self._stop, _local.running = True, False, self
        try:
            while not self._stop:
                self._once()
        finally:
            self._running, _local.running = False, None

    def run_until_complete(self, future):
        future = ensure_future(future, loop=self)
        future.add_done_callback(self._halt)
        try:
            self.run_forever()
        finally:
            future.remove_done_callback(self._halt)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def _halt(self, _):
        self._stop = True

    def stop(self):
        self._stop = True
        self._wake.set()

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self):
        pass

    def close(self):
        if self._running:
            raise RuntimeError("Cannot close a running event loop")
        self._closed, self._ready, self._timers = True, [], []


BaseEventLoop = SelectorEventLoop = AbstractEventLoop


class DefaultEventLoopPolicy:
    pass


WindowsSelectorEventLoopPolicy = DefaultEventLoopPolicy


def set_event_loop_policy(policy):
    pass


def new_event_loop():
    return AbstractEventLoop()


def set_event_loop(loop):
    _local.loop = loop


def get_running_loop():
    loop = getattr(_local, "running", None)
    if loop is None:
        raise RuntimeError("no running event loop")
    return loop


def get_event_loop():
    loop = getattr(_local, "running", None) or getattr(_local, "loop", None)
    if loop is None:
        loop = _local.loop = new_event_loop()
    return loop


def run(main, *, debug=None):
    if getattr(_local, "running", None) is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    if not iscoroutine(main):
        raise ValueError(f"a coroutine was expected, got {main!r}")
    loop = new_event_loop()
    quick = False
    try:
        return loop.run_until_complete(main)
    except Exception:
        raise
    except BaseException:
        quick = True  # the user has to end: nothing may wait any more
        raise
    finally:
        try:
            if quick:
                for t in list(loop._tasks):
                    t._coro.close()
            else:
                _cancel_all(loop)
        finally:
            loop.close()


def _cancel_all(loop):
    left = list(loop._tasks)
    for t in left:
        t.cancel()
    if left:
        loop.run_until_complete(gather(*left, return_exceptions=True, _loop=loop))


def iscoroutine(obj):
    return type(obj).__name__ == "coroutine" and hasattr(obj, "send")


def iscoroutinefunction(func):
    import inspect
    return inspect.iscoroutinefunction(func)


def isfuture(obj):
    return isinstance(obj, Future)


def ensure_future(obj, *, loop=None):
    if isinstance(obj, Future):
        return obj
    if iscoroutine(obj):
        return Task(obj, loop=loop or get_event_loop())
    if hasattr(obj, "__await__"):
        async def wrap():
            return await obj
        return Task(wrap(), loop=loop or get_event_loop())
    raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")


def create_task(coro, *, name=None, context=None):
    return get_running_loop().create_task(coro, name=name)


def current_task(loop=None):
    return (loop or get_running_loop())._current


def all_tasks(loop=None):
    return {t for t in (loop or get_running_loop())._tasks if not t.done()}


async def sleep(delay, result=None):
    if delay <= 0:
        await _Yield()
        return result
    loop = get_running_loop()
    future = loop.create_future()
    h = loop.call_later(delay, lambda: future.done() or future.set_result(result))
    try:
        return await future
    finally:
        h.cancel()


class _Yield:
    def __await__(self):
        yield


async def to_thread(func, /, *args, **kwargs):
    return await get_running_loop().run_in_executor(None, lambda: func(*args, **kwargs))


def run_coroutine_threadsafe(coro, loop):
    import concurrent.futures
    out = concurrent.futures.Future()

    def finish(t):
        if t._error is None:
            out.set_result(t._result)
        else:
            out.set_exception(t._error)

    loop.call_soon_threadsafe(lambda: ensure_future(coro, loop=loop).add_done_callback(finish))
    return out


def gather(*aws, return_exceptions=False, _loop=None):
    loop = _loop or get_event_loop()
    children = [ensure_future(a, loop=loop) for a in aws]
    outer = _Gathering(children, loop)
    left = len(set(map(id, children)))

    def done(child):
        nonlocal left
        left -= 1
        if outer.done():
            return
        if child._error is not None and not return_exceptions:
            outer.set_exception(child._error)
        elif left == 0:
            outer.set_result([c._result if c._error is None else c._error for c in children])

    for c in {id(c): c for c in children}.values():
        c.add_done_callback(done)
    if not children:
        outer.set_result([])
    return outer


class _Gathering(Future):
    def __init__(self, children, loop):
        super().__init__(loop=loop)
        self._children = children

    def cancel(self, msg=None):
        if self._done:
            return False
        return any([c.cancel(msg) for c in self._children])


async def wait_for(fut, timeout):
    if timeout is None:
        return await fut
    loop = get_running_loop()
    task = ensure_future(fut, loop=loop)
    late = False

    def expire():
        nonlocal late
        if not task.done():
            late = True
            task.cancel()

    h = loop.call_later(max(timeout, 0), expire)
    try:
        return await task
    except CancelledError:
        if late:
            raise TimeoutError from None
        task.cancel()
        raise
    finally:
        h.cancel()


class timeout:
    def __init__(self, delay):
        self._delay, self._late = delay, False

    async def __aenter__(self):
        self._task = current_task()
        if self._delay is not None:
            self._handle = get_running_loop().call_later(self._delay, self._expire)
        return self

    def _expire(self):
        self._late = True
        self._task.cancel()

    def expired(self):
        return self._late

    async def __aexit__(self, typ, value, tb):
        if self._delay is not None:
            self._handle.cancel()
        if self._late and typ is CancelledError:
            raise TimeoutError from value


async def shield(arg):
    return await ensure_future(arg)


async def wait(aws, *, timeout=None, return_when=ALL_COMPLETED):
    loop = get_running_loop()
    tasks = [ensure_future(a, loop=loop) for a in aws]
    if not tasks:
        raise ValueError("Set of Tasks/Futures is empty.")
    signal = loop.create_future()

    def check(_=None):
        ended = [t for t in tasks if t.done()]
        enough = len(ended) == len(tasks) or ended and return_when == FIRST_COMPLETED
        if return_when == FIRST_EXCEPTION and any(t._error is not None for t in ended):
            enough = True
        if enough and not signal.done():
            signal.set_result(None)

    for t in tasks:
        t.add_done_callback(check)
    h = None if timeout is None else loop.call_later(timeout, lambda: signal.done() or signal.set_result(None))
    await signal
    if h is not None:
        h.cancel()
    return {t for t in tasks if t.done()}, {t for t in tasks if not t.done()}


def as_completed(aws, *, timeout=None):
    queue, tasks = Queue(), [ensure_future(a) for a in aws]
    for t in tasks:
        t.add_done_callback(queue.put_nowait)

    async def one():
        return (await wait_for(queue.get(), timeout)).result()

    for _ in tasks:
        yield one()


class TaskGroup:
    def __init__(self):
        self._tasks = []

    async def __aenter__(self):
        return self

    def create_task(self, coro, *, name=None, context=None):
        self._tasks.append(create_task(coro, name=name))
        return self._tasks[-1]

    async def __aexit__(self, typ, value, tb):
        try:
            if typ is None:
                await gather(*self._tasks)
        finally:
            for t in self._tasks:
                t.cancel()


class _Waiters:
    def __init__(self):
        self._waiters = []

    async def _block(self):
        future = get_running_loop().create_future()
        self._waiters.append(future)
        try:
            await future
        finally:
            if future in self._waiters:
                self._waiters.remove(future)

    def _free(self, n=1):
        for w in self._waiters[:n]:
            self._waiters.remove(w)
            if not w.done():
                w.set_result(None)


class Event(_Waiters):
    def __init__(self):
        super().__init__()
        self._flag = False

    def is_set(self):
        return self._flag

    def set(self):
        self._flag = True
        self._free(len(self._waiters))

    def clear(self):
        self._flag = False

    async def wait(self):
        while not self._flag:
            await self._block()
        return True


class _Scoped:
    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *exc):
        self.release()


class Semaphore(_Scoped, _Waiters):
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        super().__init__()
        self._value = value

    def locked(self):
        return self._value == 0

    async def acquire(self):
        while self._value == 0:
            await self._block()
        self._value -= 1
        return True

    def release(self):
        self._value += 1
        self._free()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._most = value

    def release(self):
        if self._value >= self._most:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class Lock(Semaphore):
    def __init__(self):
        super().__init__(1)

    def release(self):
        if self._value:
            raise RuntimeError("Lock is not acquired.")
        super().release()


class Condition(_Scoped, _Waiters):
    def __init__(self, lock=None):
        super().__init__()
        self._lock = lock or Lock()
        self.acquire, self.release, self.locked = self._lock.acquire, self._lock.release, self._lock.locked

    async def wait(self):
        self.release()
        try:
            await self._block()
        finally:
            await self.acquire()
        return True

    async def wait_for(self, predicate):
        while not (result := predicate()):
            await self.wait()
        return result

    def notify(self, n=1):
        self._free(n)

    def notify_all(self):
        self._free(len(self._waiters))


class Queue:
    def __init__(self, maxsize=0):
        self.maxsize, self._items, self._full, self._empty, self._all, self._open = maxsize, [], _Waiters(), _Waiters(), _Waiters(), 0

    def qsize(self):
        return len(self._items)

    def empty(self):
        return not self._items

    def full(self):
        return 0 < self.maxsize <= len(self._items)

    def _put(self, item):
        self._items.append(item)

    def _get(self):
        return self._items.pop(0)

    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._put(item)
        self._open += 1
        self._empty._free()

    def get_nowait(self):
        if not self._items:
            raise QueueEmpty
        item = self._get()
        self._full._free()
        return item

    async def put(self, item):
        while self.full():
            await self._full._block()
        self.put_nowait(item)

    async def get(self):
        while not self._items:
            await self._empty._block()
        return self.get_nowait()

    def task_done(self):
        if self._open <= 0:
            raise ValueError("task_done() called too many times")
        self._open -= 1
        if self._open == 0:
            self._all._free(len(self._all._waiters))

    async def join(self):
        while self._open > 0:
            await self._all._block()


class LifoQueue(Queue):
    def _get(self):
        return self._items.pop()


class PriorityQueue(Queue):
    def _put(self, item):
        heapq.heappush(self._items, item)

    def _get(self):
        return heapq.heappop(self._items)
