from gevent.event import AsyncResult
from gevent.greenlet import Greenlet, GreenletExit, joinall, killall
from gevent.lock import DummySemaphore, Semaphore


class Group:
    greenlet_class = Greenlet

    def __init__(self, *args):
        self.greenlets, self.dying = [], []
        for g in args[0] if args else ():
            self.add(g)

    def __len__(self):
        return len(self.greenlets)

    def __contains__(self, item):
        return item in self.greenlets

    def __iter__(self):
        return iter(list(self.greenlets))

    def add(self, greenlet):
        self.greenlets.append(greenlet)
        greenlet.rawlink(self._discard)

    def _discard(self, greenlet):
        if greenlet in self.greenlets:
            self.greenlets.remove(greenlet)

    discard = _discard

    def start(self, greenlet):
        self.add(greenlet)
        greenlet.start()

    def spawn(self, *args, **kwargs):
        g = self.greenlet_class(*args, **kwargs)
        self.start(g)
        return g

    def full(self):
        return False

    def wait_available(self, timeout=None):
        return True

    def join(self, timeout=None, raise_error=False):
        joinall(list(self.greenlets), timeout, raise_error)
        return not self.greenlets

    def kill(self, exception=GreenletExit, block=True, timeout=None):
        killall(list(self.greenlets), exception, block, timeout)

    def killone(self, greenlet, exception=GreenletExit, block=True, timeout=None):
        greenlet.kill(exception, block, timeout)

    def apply(self, func, args=None, kwds=None):
        return self.spawn(func, *(args or ()), **(kwds or {})).get()

    def apply_async(self, func, args=None, kwds=None, callback=None):
        g = self.spawn(func, *(args or ()), **(kwds or {}))
        if callback is not None:
            g.link_value(lambda g: callback(g.value))
        return g

    def apply_cb(self, func, args=None, kwds=None, callback=None):
        result = self.apply(func, args, kwds)
        if callback is not None:
            callback(result)
        return result

    def map(self, func, iterable):
        return list(self.imap(func, iterable))

    def map_async(self, func, iterable, callback=None):
        return self.greenlet_class.spawn(self._map, func, iterable, callback)

    def _map(self, func, iterable, callback):
        result = self.map(func, iterable)
        if callback is not None:
            callback(result)
        return result

    def imap(self, func, *iterables, maxsize=None):
        started = [self.spawn(func, *args) for args in zip(*iterables)]
        return (g.get() for g in started)

    def imap_unordered(self, func, *iterables, maxsize=None):
        from gevent.greenlet import iwait
        started = [self.spawn(func, *args) for args in zip(*iterables)]
        return (g.get() for g in iwait(started))


class Pool(Group):
    def __init__(self, size=None, greenlet_class=None):
        if size is not None and size < 0:
            raise ValueError("size must not be negative")
        super().__init__()
        self.size = size
        if greenlet_class is not None:
            self.greenlet_class = greenlet_class
        self._semaphore = DummySemaphore() if size is None else Semaphore(size)

    def add(self, greenlet):
        self._semaphore.acquire()
        super().add(greenlet)

    def _discard(self, greenlet):
        if greenlet in self.greenlets:
            self._semaphore.release()
        super()._discard(greenlet)

    discard = _discard

    def full(self):
        return self.free_count() <= 0

    def free_count(self):
        return 1 if self.size is None else max(0, self.size - len(self))

    def wait_available(self, timeout=None):
        return self._semaphore.wait(timeout)


class PoolFull(Exception):
    pass
