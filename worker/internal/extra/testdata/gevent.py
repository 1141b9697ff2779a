import gevent
from gevent import Greenlet, GreenletExit, Timeout, getcurrent, joinall, sleep, spawn
from gevent.event import AsyncResult, Event
from gevent.local import local
from gevent.lock import BoundedSemaphore, RLock, Semaphore
from gevent.pool import Group, Pool
from gevent.queue import Empty, Full, JoinableQueue, LifoQueue, PriorityQueue, Queue

order = []


def work(i, pause=0.0):
    order.append(("begin", i))
    sleep(pause)
    order.append(("end", i))
    return i * i


jobs = [spawn(work, i, pause=0.3 * (3 - i)) for i in range(3)]
print([bool(j) for j in jobs], order)
done = joinall(jobs)
print([j.value for j in jobs], [j.ready() for j in jobs], [j.successful() for j in jobs], [j.dead for j in jobs], len(done))
print(order)
print(spawn(work, 5).get(), gevent.spawn_later(0.01, work, 6).get())

g = spawn(sleep, 10)
sleep(0)
g.kill()
print(g.dead, repr(g.value), g.successful(), g.exception, bool(g))
g = spawn(sleep, 10)
g.kill()
print(g.dead, repr(g.value), g.get())


def stubborn():
    try:
        sleep(10)
    except GreenletExit:
        order.append("killed")
        return "caught"
    finally:
        order.append("finally")


g = spawn(stubborn)
sleep(0.01)
g.kill()
print(g.value, order[-2:])


class Mine(Greenlet):
    def __init__(self, x):
        super().__init__()
        self.x = x

    def _run(self):
        return self.x + 1


m = Mine(41)
print(m.started, m.dead, m.ready())
m.start()
m.join()
print(m.value, m.get())

r = AsyncResult()
spawn(r.set, 5)
print(r.ready(), r.get(), r.ready(), r.value, r.get_nowait(), r.wait())
r = AsyncResult()
spawn(r.set_exception, ValueError("no"))
try:
    r.get()
except ValueError as e:
    print("ValueError", e, r.successful(), repr(r.exception))
try:
    AsyncResult().get(timeout=0.01)
except Timeout as e:
    print("Timeout", e)
try:
    AsyncResult().get(block=False)
except Timeout as e:
    print("Timeout", repr(str(e)))

e = Event()
print(e.wait(timeout=0.01), e.is_set(), e.ready())
gevent.spawn_later(0.01, e.set)
print(e.wait(), e.is_set())

with Timeout(0.02, False) as t:
    sleep(5)
    print("never")
print("silent")
try:
    with Timeout(0.02):
        sleep(5)
except Timeout as t:
    print("timeout", t, t.seconds)
try:
    with Timeout(0.02, KeyError("late")):
        sleep(5)
except KeyError as x:
    print(repr(x))
try:
    with Timeout(0.02, ValueError):
        sleep(5)
except ValueError as x:
    print(repr(x))
with Timeout(5) as t:
    sleep(0.001)
print(str(Timeout(1)), "|", str(Timeout(2)), "|", str(Timeout(1.5, False)), "|", str(Timeout()), "|", Timeout(1, ValueError).exception)
t = Timeout.start_new(0.01)
try:
    sleep(1)
except Timeout as x:
    print(x is t)
finally:
    t.cancel()
print(gevent.with_timeout(0.01, sleep, 1, timeout_value="late"), gevent.with_timeout(1, work, 3))
try:
    gevent.with_timeout(0.01, sleep, 1)
except Timeout as x:
    print("with_timeout", x)

s = Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.acquire(timeout=0.01), s.locked(), s.counter)
s.release()
print(s.locked(), s.counter)
b = BoundedSemaphore(1)
with b:
    print(b.locked())
try:
    b.release()
except ValueError as x:
    print(x)
with RLock() as lock:
    print("in")

held = []


def exclusive(i, sem):
    with sem:
        held.append(i)
        sleep(0.001)
        held.append(i)


one = Semaphore()
joinall([spawn(exclusive, i, one) for i in range(4)])
print(held)

q = Queue()
for i in range(3):
    q.put(i)
print(q.qsize(), len(q), q.peek(), q.get(), q.get_nowait(), q.empty(), q.full(), bool(Queue()))
q.put(StopIteration)
print(list(q))
for call in (q.get_nowait, lambda: q.get(timeout=0.01), q.peek_nowait):
    try:
        call()
    except Empty as x:
        print("Empty", repr(x))
q = Queue(1)
q.put("a")
try:
    q.put("b", timeout=0.01)
except Full as x:
    print("Full", repr(x))
print([LifoQueue(items=[1, 2]).get(), PriorityQueue(items=[1, 3, 2]).get(), Queue(items=[7, 8]).get()])
j = JoinableQueue()


def consume():
    for item in j:
        order.append(item)
        j.task_done()


spawn(consume)
for i in "xyz":
    j.put(i)
j.join()
print(order[-3:])

p = Pool(2)
active, most = 0, 0


def busy(i):
    global active, most
    active += 1
    most = max(most, active)
    sleep(0.002)
    active -= 1
    return -i


print(p.map(busy, range(5)), most, p.size, p.free_count(), p.full(), len(p))
print(list(p.imap(busy, range(4))), sorted(p.imap_unordered(busy, range(4))))
print(p.apply(busy, (3,)), p.apply_async(busy, (4,)).get())
for i in range(3):
    p.spawn(busy, i)
print(p.join(), most)
grp = Group()
grp.spawn(busy, 1)
grp.add(spawn(busy, 2))
print(len(grp), grp.join(), len(grp))
grp.spawn(sleep, 10)
grp.kill()
print(len(grp))

data = local()
data.x = "main"


def with_local(v):
    data.x = v
    sleep(0)
    return data.x


print([g.get() for g in [spawn(with_local, i) for i in range(3)]], data.x)


def linked(g):
    order.append(("linked", g.value))


g = spawn(work, 9)
g.link(linked)
g.join()
sleep(0.01)
print(order[-1])
print([g.value for g in gevent.wait([spawn(work, i) for i in range(3)])], gevent.wait([Event()], timeout=0.01))
print(len(gevent.joinall([spawn(sleep, 10), spawn(sleep, 0)], timeout=0.5)))
me = []
g = spawn(lambda: me.append(getcurrent()))
g.join()
print(me[0] is g, isinstance(me[0], Greenlet))
gs = [spawn(sleep, 10) for _ in range(3)]
gevent.killall(gs)
print([g.dead for g in gs])
try:
    spawn(5)
except TypeError as x:
    print(x)
try:
    joinall([spawn(sleep, 10), spawn(lambda: sleep(0.01))], timeout=1, raise_error=True)
    print("joined")
except Exception as x:
    print(x)
print(issubclass(GreenletExit, BaseException), issubclass(GreenletExit, Exception), issubclass(Timeout, Exception))
