"""A wait whose time is over returns at once, and none is too long: time.sleep is gevent's."""
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import gevent
import gevent.event
import gevent.lock
import gevent.queue
from locust import HttpUser, constant, task

INFINITE = float("inf")


def tell(what, wait):
    try:
        with gevent.Timeout(2, False):
            print(what, wait())
            return
        print(what, "waits")
    except (Exception, gevent.Timeout) as e:
        print(what, type(e).__name__, e)


def full(kind, timeout):
    q = kind(1)
    q.put(1)
    q.put(2, timeout=timeout)


def held(timeout, blocking=True):
    lock = threading.Lock()
    lock.acquire()
    return lock.acquire(blocking, timeout)


def busy():
    threading.Event().wait(0.01)


def joined(timeout):
    thread = threading.Thread(target=busy)
    thread.start()
    thread.join(timeout)
    alive = thread.is_alive()
    thread.join()
    return alive


def condition(timeout):
    c = threading.Condition()
    with c:
        return c.wait(timeout)


def later(timeout):
    rang = []
    timer = threading.Timer(timeout, rang.append, [1])
    timer.start()
    timer.join()
    return rang


class Pacer(HttpUser):
    wait_time = constant(0)

    @task
    def paced(self):
        end = time.time() - 0.01
        time.sleep(end - time.time())
        self.client.get("/paced", name="paced by hand")

    @task
    def waits(self):
        for s in (-0.01, -1, 0, -INFINITE, Decimal("0.001"), 0.001, False, "1", None):
            tell(f"time.sleep({s!r})", lambda: time.sleep(s))
            tell(f"gevent.sleep({s!r})", lambda: gevent.sleep(s))
        tell("time.sleep()", lambda: time.sleep())
        tell("time.sleep(seconds=0)", lambda: time.sleep(seconds=0))
        print(time.sleep is gevent.sleep)
        for s in (-1, -0.5, 0):
            tell(f"Event.wait({s})", lambda: threading.Event().wait(s))
            tell(f"gevent Event.wait({s})", lambda: gevent.event.Event().wait(s))
            tell(f"AsyncResult.get({s})", lambda: gevent.event.AsyncResult().get(timeout=s))
            for kind in (queue.Queue, queue.SimpleQueue, queue.LifoQueue, gevent.queue.Queue):
                tell(f"{kind.__name__}.get({s})", lambda: kind().get(timeout=s))
            tell(f"Queue.put({s})", lambda: full(queue.Queue, s))
            tell(f"gevent Queue.put({s})", lambda: full(gevent.queue.Queue, s))
            tell(f"Thread.join({s})", lambda: joined(s))
            tell(f"Lock.acquire({s})", lambda: held(s))
            tell(f"Lock.acquire(False, {s})", lambda: held(s, False))
            tell(f"Semaphore.acquire({s})", lambda: threading.Semaphore(0).acquire(timeout=s))
            tell(f"gevent Semaphore.acquire({s})", lambda: gevent.lock.Semaphore(0).acquire(timeout=s))
            tell(f"Condition.wait({s})", lambda: condition(s))
            tell(f"Barrier.wait({s})", lambda: threading.Barrier(2).wait(s))
            tell(f"Timer({s})", lambda: later(s))
            tell(f"spawn_later({s})", lambda: gevent.spawn_later(s, lambda: 5).get())
            tell(f"Greenlet.get({s})", lambda: gevent.spawn(busy).get(timeout=s))
            tell(f"joinall({s})", lambda: gevent.joinall([gevent.spawn(busy)], timeout=s))
            with ThreadPoolExecutor(1) as pool:
                tell(f"Future.result({s})", lambda: pool.submit(busy).result(timeout=s))
        tell("Lock.acquire(1e10)", lambda: held(1e10))
