import asyncio
import time


def show(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e)


async def say(delay, what, log):
    await asyncio.sleep(delay)
    log.append(what)
    return what


async def main():
    log = []
    print(await asyncio.gather(say(0.9, "c", log), say(0.3, "a", log), say(0.6, "b", log)), log)
    t = asyncio.create_task(say(0.01, "t", log), name="named")
    print(t.done(), t.get_name(), await t, t.done(), t.result())
    try:
        await asyncio.wait_for(asyncio.sleep(5), 0.01)
    except asyncio.TimeoutError as e:
        print("timeout", repr(e))
    print(await asyncio.wait_for(say(0, "x", log), 1))
    t = asyncio.create_task(asyncio.sleep(5))
    await asyncio.sleep(0)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("cancelled", t.cancelled())
    return "end"


show(lambda: asyncio.run(main()))


async def boom():
    raise ValueError("boom")


async def collect():
    print(await asyncio.gather(boom(), asyncio.sleep(0, 5), return_exceptions=True))
    await asyncio.gather(boom(), asyncio.sleep(0.01))


show(lambda: asyncio.run(collect()))


async def producer(q, n):
    for i in range(n):
        await q.put(i)
    await q.put(None)


async def consumer(q):
    got = []
    while (x := await q.get()) is not None:
        got.append(x)
        q.task_done()
    return got


async def queues():
    q = asyncio.Queue(2)
    _, got = await asyncio.gather(producer(q, 6), consumer(q))
    print(got, q.empty(), q.qsize())
    try:
        q.get_nowait()
    except asyncio.QueueEmpty:
        print("empty")


asyncio.run(queues())


async def locks():
    lock, sem, ev, log = asyncio.Lock(), asyncio.Semaphore(2), asyncio.Event(), []

    async def locked(i):
        async with lock:
            log.append(("in", i))
            await asyncio.sleep(0)
            log.append(("out", i))

    await asyncio.gather(*[locked(i) for i in range(3)])
    print(log)
    running = most = 0

    async def limited():
        nonlocal running, most
        async with sem:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.002)
            running -= 1

    await asyncio.gather(*(limited() for _ in range(5)))
    print(most)

    async def waiter():
        await ev.wait()
        return "set"

    t = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    ev.set()
    print(await t)
    try:
        lock.release()
    except RuntimeError as e:
        print(e)


asyncio.run(locks())


async def threads():
    start = time.monotonic()
    print(await asyncio.gather(asyncio.to_thread(time.sleep, 0.05), asyncio.get_running_loop().run_in_executor(None, lambda: 7)))
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(0.01)), asyncio.create_task(asyncio.sleep(5))], return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending), time.monotonic() - start < 4.5)
    for f in asyncio.as_completed([say(0.6, 2, []), say(0.3, 1, [])]):
        print(await f)


asyncio.run(threads())
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
show(lambda: asyncio.get_event_loop() is loop)
show(lambda: loop.run_until_complete(asyncio.sleep(0, "r")))
loop.close()
show(lambda: loop.call_soon(print))
show(lambda: asyncio.get_running_loop())
show(lambda: asyncio.run(5))
show(lambda: (asyncio.iscoroutinefunction(main), asyncio.iscoroutinefunction(show), asyncio.iscoroutine(5)))
