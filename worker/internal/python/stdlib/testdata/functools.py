import asyncio, functools, io, os, sys
from contextlib import *
from functools import *
class C(ContextDecorator):
    def __enter__(self): print("in"); return self
    def __exit__(self, *a): print("out", a[0]); return False
@C()
def f(x): "doc"; return x * 2
print(f(3), f.__name__, f.__doc__)
@contextmanager
def cm(x):
    print("enter", x)
    try: yield x
    except ValueError as e: print("caught", e)
    finally: print("leave", x)
with cm(1) as x: raise ValueError("v")
@cm(2)
def g(): return "g"
print(g(), g())
try:
    with cm(3): raise KeyError("k")
except KeyError as e: print("KeyError", e)
with ExitStack() as st:
    st.enter_context(cm("a")); st.callback(print, "cb", 1, sep="-"); st.push(lambda *e: print("pushed", e[0])); st.push(C())
with ExitStack() as st:
    st.push(lambda *e: True); st.callback(print, "x")
    raise ValueError("swallowed")
with ExitStack() as st:
    st.callback(print, "kept"); other = st.pop_all()
print("later"); other.close()
try:
    with ExitStack() as st:
        st.callback(lambda: 1 / 0)
        raise ValueError("first")
except ZeroDivisionError as e: print(type(e.__context__).__name__)
try: ExitStack().enter_context(3)
except TypeError as e: print(e)
err = io.StringIO()
with redirect_stderr(err): print("to err", file=sys.stderr)
out = io.StringIO()
with redirect_stdout(out): print("to out")
print(repr(err.getvalue()), repr(out.getvalue()))
here = os.getcwd()
with chdir("/"): print(os.getcwd())
print(os.getcwd() == here)
@asynccontextmanager
async def acm(x):
    print("aenter", x)
    try: yield x
    finally: print("aleave", x)
async def main():
    async with acm(1) as v: print(v)
    async with AsyncExitStack() as st:
        print(await st.enter_async_context(acm(2)))
        async def cb(y): print("acb", y)
        st.push_async_callback(cb, 5); st.callback(print, "sync"); st.enter_context(cm("s"))
    async with nullcontext(7) as n: print(n)
    try:
        async with acm(3): raise KeyError("inside")
    except KeyError as e: print("out", e)
asyncio.run(main())
with suppress(KeyError, ValueError): raise KeyError
with nullcontext(5) as n: print(n)
try: AbstractContextManager()
except TypeError as e: print(e)
p = partial(int, base=2); print(p("101"), p.func, p.args, p.keywords, partial(partial(print, 1), 2).args, partial(pow, 2))
try: partial(3)
except TypeError as e: print(e)
class Cell:
    def __init__(self): self.s = None
    def set(self, s, more=0): self.s = s; return self, more
    on = partialmethod(set, True, more=3); off = partialmethod(set, False)
c = Cell(); c.on(); print(c.s, c.on()[1]); c.off(); print(c.s)
@singledispatch
def show(x, *a): return "object"
@show.register
def _(x: int, *a): return "int"
@show.register(list)
def _(x, *a): return "list" + str(a)
@show.register(float)
@show.register(complex if 0 else bytes)
def _(x): return "float"
from collections.abc import Mapping
@show.register
def _(x: Mapping): return "mapping"
print(show("a"), show(1), show(True), show([1], 2), show(1.0), show(b""), show({}), show.dispatch(bool) is show.dispatch(int), show.__name__, sorted(c.__name__ for c in show.registry))
try: show()
except TypeError as e: print(e)
class N:
    @singledispatchmethod
    def neg(self, a): raise NotImplementedError("Cannot negate")
    @neg.register
    def _(self, a: int): return -a
    @neg.register(bool)
    def _(self, a): return not a
    @singledispatchmethod
    @classmethod
    def k(cls, a): return cls.__name__, a
    @k.register
    @classmethod
    def _(cls, a: str): return "str", a
print(N().neg(5), N().neg(True), N.k(1), N.k("z"))
try: N().neg("a")
except NotImplementedError as e: print(e)
@lru_cache(maxsize=2, typed=True)
def sq(x): return x * x
print(sq(2), sq(2.0), sq(2), sq.cache_info(), sq.cache_parameters()); sq(3); sq(4); print(sq.cache_info()); sq.cache_clear(); print(sq.cache_info(), sq.__wrapped__(9))
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(60), fib.cache_info())
@total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v if isinstance(o, V) else NotImplemented
    def __lt__(self, o): return self.v < o.v if isinstance(o, V) else NotImplemented
print(V(1) < V(2), V(1) >= V(2), V(2) <= V(2), V(3) > V(2), max(V(1), V(5)).v)
try: V(1) >= 3
except TypeError as e: print(e)
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), reduce(lambda a, b: a + b, [1, 2], 10), reduce(max, [3, 9, 2]))
class CP:
    n = 0
    @cached_property
    def x(self): "xdoc"; self.n += 1; return self.n
cp = CP(); print(cp.x, cp.x, cp.__dict__, CP.x.__doc__, functools.WRAPPER_UPDATES, len(WRAPPER_ASSIGNMENTS))
del cp.x; print(cp.x)
