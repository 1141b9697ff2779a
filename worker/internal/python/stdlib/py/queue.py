import heapq
import threading
from time import monotonic


class Empty(Exception):
    pass


class Full(Exception):
    pass


class Queue:
    def __init__(self, maxsize=0):
        self.maxsize, self._items, self._cond, self._open = maxsize, [], threading.Condition(), 0

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

    def put(self, item, block=True, timeout=None):
        with self._cond:
            if self.full() and (not block or not self._cond.wait_for(lambda: not self.full(), timeout)):
                raise Full
            self._put(item)
            self._open += 1
            self._cond.notify_all()

    def get(self, block=True, timeout=None):
        with self._cond:
            if not self._items and (not block or not self._cond.wait_for(lambda: bool(self._items), timeout)):
                raise Empty
            item = self._get()
            self._cond.notify_all()
            return item

    def put_nowait(self, item):
        self.put(item, False)

    def get_nowait(self):
        return self.get(False)

    def task_done(self):
        with self._cond:
            self._open -= 1
            self._cond.notify_all()

    def join(self):
        with self._cond:
            self._cond.wait_for(lambda: self._open <= 0)


class LifoQueue(Queue):
    def _get(self):
        return self._items.pop()


class PriorityQueue(Queue):
    def _put(self, item):
        heapq.heappush(self._items, item)

    def _get(self):
        return heapq.heappop(self._items)


SimpleQueue = Queue
