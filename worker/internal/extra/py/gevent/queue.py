import queue as _queue
from queue import Empty, Full


class _Queue:
    """gevent's additions to a queue: first items, peek, iteration until StopIteration is put."""

    def __init__(self, maxsize=None, items=(), unfinished_tasks=None):
        super().__init__(maxsize if maxsize is not None and maxsize > 0 else 0)
        for item in items:
            self._put(item)
        self.unfinished_tasks = len(items) if unfinished_tasks is None else unfinished_tasks
        self.hub = None

    def peek(self, block=True, timeout=None):
        with self.not_empty:
            if not self._qsize():
                _queue._wait(self.not_empty, block, timeout, self._qsize, Empty)
            item = self._peek()
            self.not_empty.notify()
            return item

    def _peek(self):
        return self.queue[0]

    def peek_nowait(self):
        return self.peek(False)

    def __len__(self):
        return self._qsize()

    def __bool__(self):
        return True

    def __iter__(self):
        return self

    def __next__(self):
        item = self.get()
        if item is StopIteration:
            raise item
        return item


class Queue(_Queue, _queue.Queue):
    pass


class LifoQueue(_Queue, _queue.LifoQueue):
    def _peek(self):
        return self.queue[-1]


class PriorityQueue(_Queue, _queue.PriorityQueue):
    pass


SimpleQueue = JoinableQueue = UnboundQueue = Queue
