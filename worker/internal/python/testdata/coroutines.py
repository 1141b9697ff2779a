def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def drive(coro, *answers):
    """Runs a coroutine; what it yields is printed, the answers are sent."""
    answers = list(answers)
    sent = None
    while True:
        try:
            print("yields", coro.send(sent))
        except StopIteration as e:
            return e.value
        sent = answers.pop(0) if answers else None


class Wait:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        return (yield self.v)


async def one(x):
    return x + 1


async def two(x):
    a = await one(x)
    b = await Wait("w")
    return a, b


print(drive(two(1), "answer"))
c = one(1)
print(type(c).__name__, c.__name__)
print(drive(c))
show(lambda: drive(c))
show(lambda: list(one(1)))
show(lambda: [x for x in one(1)])


async def bad():
    await 5


show(lambda: drive(bad()))


class Manager:
    def __init__(self, swallow):
        self.swallow = swallow

    async def __aenter__(self):
        print("enter", await Wait("e"))
        return self

    async def __aexit__(self, typ, value, tb):
        print("exit", typ, value, await Wait("x"))
        return self.swallow


async def managed(swallow, fail):
    async with Manager(swallow) as m:
        print(type(m).__name__)
        if fail:
            raise ValueError("inside")
        return 7
    return 8


show(lambda: drive(managed(False, False), 1, 2))
show(lambda: drive(managed(True, True), 1, 2))
show(lambda: drive(managed(False, True), 1, 2))


async def numbers(n):
    try:
        for i in range(n):
            await Wait("n")
            got = yield i
            if got:
                print("got", got)
    finally:
        print("closed")


class Counter:
    def __init__(self):
        self.i = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.i += 1
        if self.i > 2:
            raise StopAsyncIteration
        return self.i


async def loops():
    total = []
    async for i in numbers(3):
        total.append(i)
    else:
        total.append("else")
    async for i in Counter():
        total.append(i)
    total += [x * 10 async for x in Counter() if x > 1]
    total.append({x: await one(x) for x in range(2)})
    total.append([await one(x) for x in range(2)])
    return total


print(drive(loops()))


async def steps():
    g = numbers(5)
    print(type(g).__name__, await g.__anext__())
    print(await g.asend("hello"))
    await g.aclose()
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print("stopped")
    h = numbers(2)
    await h.__anext__()
    try:
        await h.athrow(KeyError("k"))
    except KeyError as e:
        print(repr(e))


drive(steps())


async def deep(n):
    return n if n == 0 else 1 + await deep(n - 1)


print(drive(deep(50)))


async def fails():
    raise KeyError("k")


async def catches():
    try:
        await fails()
    except KeyError as e:
        return repr(e)
    finally:
        print("finally")


print(drive(catches()))
c = two(1)
c.send(None)
show(lambda: c.throw(ValueError("thrown")))
c = managed(False, False)
c.send(None)
c.close()


async def never():
    pass

x = never()
x.close()


async def not_iterable():
    async for x in [1]:
        pass


show(lambda: drive(not_iterable()))


async def not_manager():
    async with 5:
        pass


show(lambda: drive(not_manager()))
await_outside = None
show(lambda: f(*[i for i in range(3)]))


class Future:
    done = False
    result = None

    def __await__(self):
        if not self.done:
            yield self
        return self.result


async def waits(f):
    return await f


f1 = Future()
c = waits(f1)
print(c.send(None) is f1)
f1.done, f1.result = True, 9
try:
    c.send(None)
except StopIteration as e:
    print(e.value)
