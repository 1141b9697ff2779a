def gen():
    try:
        x = yield 1
        print("x", x)
        yield 2
    except ValueError as e:
        print("caught", e)
        yield 3
    finally:
        print("fin")
g = gen()
print(next(g), g.send("s"), g.throw(ValueError("v")))
try: next(g)
except StopIteration as e: print("stop", e.value)
g = gen(); next(g); g.close()
def sub():
    r = yield from [1, 2]
    return "r"
def main():
    v = yield from sub()
    print("v", v)
    yield 9
print(list(main()))
def fin():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: return "ret"
        finally:
            print("finally", i)
print(fin())
def override():
    try: return 1
    finally: return 2
print(override())
def nested():
    try:
        try: raise ValueError("a")
        finally: print("inner fin")
    except ValueError as e: print("outer", e)
    else: print("no")
    finally: print("done")
nested()
try:
    try: 1 / 0
    except ZeroDivisionError: raise KeyError("x")
except KeyError as e: print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    try: 1 / 0
    except ZeroDivisionError as z: raise KeyError("x") from z
except KeyError as e: print(repr(e.__cause__))
try:
    raise
except RuntimeError as e: print(e)
try: raise 5
except TypeError as e: print(e)
try: raise ValueError
except ValueError as e: print(repr(e))
try: assert 1 == 2, "msg"
except AssertionError as e: print(repr(e))
try: assert []
except AssertionError as e: print(repr(e))
def ub():
    print(q)
    q = 1
try: ub()
except UnboundLocalError as e: print(e)
try: undefined_name
except NameError as e: print(e)
i = 0
while True:
    i += 1
    if i == 2: continue
    if i > 4: break
else: print("never")
while i < 7: i += 1
else: print("while else", i)
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
def defaults(a, l=[]):
    l.append(a)
    return l
print(defaults(1), defaults(2))
def args(a, b=2, /, c=3, *, d, e=5, **k): return (a, b, c, d, e, k)
print(args(1, d=4), args(1, 2, 3, d=4, f=6), args(*[1], **{"d": 1}))
for call in (lambda: args(), lambda: args(1), lambda: args(1, 2, 3, 4, d=1), lambda: args(a=1, d=2), lambda: args(1, d=1, **{"d": 2}), lambda: ub(1), lambda: ub(x=1), lambda: (lambda a, b: 0)(), lambda: (lambda a, b, c: 0)(), lambda: (lambda a, b=1: 0)(1, 2, 3), lambda: (lambda *, k: 0)(), lambda: (lambda a: 0)(1, a=2), lambda: 5(), lambda: "a"()):
    try: print(call())
    except TypeError as e: print(e)
glob = 1
def setg():
    global glob, newg
    glob += 1
    newg = 5
setg(); print(glob, newg)
match {"type": "a", "n": 3, "x": 1}:
    case {"type": "b"}: print("b")
    case {"type": "a", "n": n, **rest} if n > 2: print(n, rest)
for v in (1, "s", [1, 2, 3], (1,), {"k": 1}, None, 2.5, -1, True, b"x"):
    match v:
        case True: print("true")
        case 1 | 2: print("one-two")
        case -1: print("neg")
        case str() as s: print("str", s)
        case [a, *_, b]: print("seq", a, b)
        case [x]: print("single", x)
        case {"k": k}: print("map", k)
        case None: print("none")
        case float(f): print("float", f)
        case _: print("other")
class Pt:
    __match_args__ = ("x", "y")
    def __init__(s, x, y): s.x, s.y = x, y
match Pt(1, 2):
    case Pt(1, y=q): print("pt", q)
print([y := 5, y ** 2], y)
print(any((w := n) > 2 for n in [1, 2, 3, 4]), w)
x = 5 if False else 6; print(x)
a = b = [1]; a.append(2); print(b)
x, y = 1, 2; x, y = y, x; print(x, y)
print(*[1, 2], sep="-", end="!\n")
print(1, 2, sep=None)
if __name__ == "__main__": print("main")
def kwonly(**kw): return kw
print(kwonly(**{"a": 1}, b=2))
def doc():
    """the doc"""
print(doc.__doc__, doc.__name__)
print([*map(str, range(3))], {**{"a": 1}, **{"b": 2}})
print(type(lambda: 0).__name__, type(gen()).__name__, type(print).__name__, type(None).__name__, type(...).__name__)
try:
    def rec(n): return rec(n + 1)
    rec(0)
except RecursionError as e: print(e)
print(isinstance(ValueError(), Exception), ValueError.__mro__)
d = {}
d["a"], d["b"] = 1, 2
for k, v in d.items(): print(k, v, end=";")
print()
l = [1, 2, 3, 4]
l[0], l[-1] = l[-1], l[0]
print(l, l[1:-1], l[::2])
import_error = None
try: import nonexistent_mod
except ImportError as e: print(type(e).__name__, e)
try: from nonexistent_pkg.sub import x
except ModuleNotFoundError as e: print(e, e.name)
print(eval("1 + 2"))
