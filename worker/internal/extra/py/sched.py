# Events at times, run one after the other.
import heapq
import threading
import time
from collections import namedtuple
from itertools import count


class Event(namedtuple("Event", "time, priority, sequence, action, argument, kwargs")):
    __slots__ = ()


_sequence = count()


class scheduler:
    def __init__(self, timefunc=time.monotonic, delayfunc=time.sleep):
        self._queue, self._lock, self.timefunc, self.delayfunc = [], threading.RLock(), timefunc, delayfunc

    def enterabs(self, time, priority, action, argument=(), kwargs={}):
        event = Event(time, priority, next(_sequence), action, argument, kwargs)
        with self._lock:
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs={}):
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        return not self._queue

    def run(self, blocking=True):
        while True:
            with self._lock:
                if not self._queue:
                    return None
                first, now = self._queue[0], self.timefunc()
                late = first.time <= now
                if late:
                    heapq.heappop(self._queue)
            if late:
                first.action(*first.argument, **first.kwargs)
                self.delayfunc(0)
            elif not blocking:
                return first.time - now
            else:
                self.delayfunc(first.time - now)

    @property
    def queue(self):
        return sorted(self._queue)
