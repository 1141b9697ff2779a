import time
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed, wait, FIRST_COMPLETED, FIRST_EXCEPTION


def work(x, pause=0):
    time.sleep(pause)
    if x < 0:
        raise ValueError("negative")
    return x * 2


with ThreadPoolExecutor(max_workers=3) as pool:
    fs = [pool.submit(work, i) for i in range(5)]
    print([f.result() for f in fs], [f.done() for f in fs], fs[0].exception(), fs[0].running(), fs[0].cancelled())
    print(list(pool.map(work, range(4))), list(pool.map(lambda a, b: a + b, [1, 2], [3, 4])))
    bad = pool.submit(work, -1)
    try:
        bad.result()
    except ValueError as e:
        print(e, repr(bad.exception()))
    slow = pool.submit(work, 1, pause=1.0)
    try:
        slow.result(timeout=0.01)
    except TimeoutError as e:
        print("TimeoutError", repr(str(e)))
    print(sorted(f.result() for f in as_completed([pool.submit(work, i, 0.001 * i) for i in range(3)])))
    done, rest = wait([pool.submit(work, 1), pool.submit(work, 2, 1.0)], return_when=FIRST_COMPLETED)
    print(len(done), len(rest))
    done, rest = wait([pool.submit(work, -1), pool.submit(work, 2, 1.0)], return_when=FIRST_EXCEPTION)
    print(len(done), len(rest))
    print([len(x) for x in wait([pool.submit(work, 1), pool.submit(work, 2)])])
    try:
        list(as_completed([pool.submit(work, 1, 1.0)], timeout=0.01))
    except TimeoutError as e:
        print(e)
try:
    pool.submit(work, 1)
except RuntimeError as e:
    print(e)
f = Future()
print(f.cancel(), f.cancelled(), f.done())
try:
    f.result()
except CancelledError as e:
    print("cancelled", repr(e))
seen = []
f = Future()
f.add_done_callback(lambda x: seen.append(x.result()))
f.set_result(7)
f.add_done_callback(lambda x: seen.append("late"))
print(seen, f)
try:
    f.set_result(8)
except Exception as e:
    print(type(e).__name__)
one = ThreadPoolExecutor(1)
a, b = one.submit(work, 1, 0.1), one.submit(work, 2)
print(b.cancel(), a.result(), b.cancelled())
one.shutdown()
try:
    ThreadPoolExecutor(0)
except ValueError as e:
    print(e)
