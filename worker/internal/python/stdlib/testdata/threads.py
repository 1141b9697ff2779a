import queue
import threading
import time

lock = threading.Lock()
print(lock.acquire(), lock.acquire(blocking=False), lock.acquire(timeout=0.01), lock.locked())
lock.release()
try:
    lock.release()
except RuntimeError as e:
    print(e)
again = threading.RLock()
with again, again:
    print("twice")
try:
    again.release()
except RuntimeError as e:
    print(e)

done = []
q = queue.Queue()


def work():
    while True:
        item = q.get()
        if item is None:
            q.task_done()
            break
        done.append(item * 2)
        q.task_done()


threads = [threading.Thread(target=work, name=f"w{i}") for i in range(3)]
for t in threads:
    t.start()
for i in range(10):
    q.put(i)
q.join()
print(sorted(done), q.empty(), q.qsize())
for t in threads:
    q.put(None)
for t in threads:
    t.join()
print([t.is_alive() for t in threads], [t.name for t in threads], threading.active_count())
try:
    threads[0].start()
except RuntimeError as e:
    print(e)
try:
    q.task_done()
except ValueError as e:
    print(e)

for make in (queue.Queue, queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue):
    q = make()
    for i in (3, 1, 2):
        q.put(i)
    print(make.__name__, [q.get() for _ in range(3)])
    for call in (q.get_nowait, lambda: q.get(timeout=0.01), lambda: q.get(False)):
        try:
            call()
        except queue.Empty as e:
            print("Empty", repr(e))
q = queue.Queue(maxsize=1)
q.put(1)
try:
    q.put(2, timeout=0.01)
except queue.Full as e:
    print("Full", repr(e), q.full())

e = threading.Event()
print(e.wait(0.01), e.is_set())
threading.Timer(0.01, e.set).start()
print(e.wait(5), e.is_set())
e.clear()
print(e.is_set())

s = threading.BoundedSemaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.acquire(timeout=0.01))
s.release(2)
try:
    s.release()
except ValueError as x:
    print(x)

c = threading.Condition()
order = []


def waiter(i):
    with c:
        order.append(("wait", i))
        c.wait()
        order.append(("woken", i))


ts = [threading.Thread(target=waiter, args=(i,)) for i in range(3)]
for t in ts:
    t.start()
    while ("wait", ts.index(t)) not in order:
        time.sleep(0.001)
with c:
    c.notify()
ts[0].join()
print(order)
with c:
    c.notify_all()
for t in ts:
    t.join()
print(sorted(order))
try:
    c.wait()
except RuntimeError as x:
    print(x)

b = threading.Barrier(2)
t = threading.Thread(target=b.wait)
t.start()
print(b.wait() in (0, 1))
t.join()

mine = threading.local()
mine.x = 1
seen = []


def other():
    seen.append(hasattr(mine, "x"))
    mine.x = 2
    seen.append(threading.current_thread().name)
    seen.append(threading.current_thread() is threading.main_thread())


t = threading.Thread(target=other)
t.start()
t.join()
print(mine.x, seen, threading.current_thread().name, threading.current_thread() is threading.main_thread())
del mine.x
try:
    mine.x
except AttributeError as x:
    print(x)


class Mine(threading.Thread):
    def run(self):
        seen.append(self.name)


m = Mine(daemon=True)
m.start()
m.join()
print(seen[-1], m.daemon, m.is_alive(), m.ident is not None)
