def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
import sys, os, json, random, re, time, functools, itertools, collections, string, math, uuid, datetime, logging, copy, operator
from dataclasses import dataclass, field
from enum import Enum, IntEnum, auto
from typing import Optional, List, Dict, Any, Union, NamedTuple, TypedDict
from collections import defaultdict, Counter, OrderedDict, namedtuple, deque
from contextlib import contextmanager, suppress, ExitStack
from functools import wraps, lru_cache, partial, reduce, cached_property, total_ordering

class Color(Enum):
    RED = 1
    GREEN = auto()
    @property
    def pretty(self): return self.name.title()
show(lambda: (Color.RED, Color.GREEN.value, Color['RED'], Color(2), list(Color), Color.RED.pretty, Color.RED is Color(1)))
show(lambda: Color(9))
show(lambda: repr(Color.RED) + str(Color.RED))
class Num(IntEnum):
    A = 3
show(lambda: (Num.A + 1, Num.A == 3, f"{Num.A}", sorted([Num.A, 1])))
@dataclass
class P:
    x: int
    y: int = 2
    tags: list = field(default_factory=list)
    def __post_init__(self): self.z = self.x + self.y
show(lambda: (P(1), P(1) == P(1), P(1, 5).z, P(1).tags))
show(lambda: P())
@dataclass(frozen=True, order=True)
class Q:
    a: int
    b: str = "b"
show(lambda: (Q(1) < Q(2), hash(Q(1)) == hash(Q(1)), Q(1)))
def setq():
    q = Q(1); q.a = 2
show(setq)
class NT(NamedTuple):
    a: int
    b: str = "x"
show(lambda: (NT(1), NT(1).b, NT(1)._asdict(), NT(1)._replace(a=5)))
Pt = namedtuple("Pt", "x y")
show(lambda: (Pt(1, 2), Pt(1, 2).x, Pt(*[3, 4])._fields, Pt(1, y=2) == (1, 2)))
show(lambda: Pt(1))
class TD(TypedDict):
    a: int
show(lambda: TD(a=1))
def deco(n):
    def wrap(f):
        @wraps(f)
        def inner(*a, **k):
            return f(*a, **k) * n
        return inner
    return wrap
@deco(3)
def ff(a, b=2):
    "doc"
    return a + b
show(lambda: (ff(1), ff.__name__, ff.__doc__, ff.__wrapped__(1)))
@lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n-1) + fib(n-2)
show(lambda: (fib(80), fib.cache_info().hits > 0))
class CP:
    n = 0
    @cached_property
    def v(self):
        CP.n += 1
        return 5
c = CP()
show(lambda: (c.v, c.v, CP.n))
@contextmanager
def cm(x):
    print("in", x)
    try:
        yield x * 2
    except ValueError as e:
        print("caught", e)
    finally:
        print("out")
def usecm():
    with cm(1) as a, cm(a) as b:
        print(a, b)
        raise ValueError("v")
    return "after"
show(usecm)
def sup():
    with suppress(KeyError): {}['x']
    return 1
show(sup)
show(lambda: reduce(operator.add, [1, 2, 3]))
show(lambda: list(itertools.chain([1], [2], itertools.islice(itertools.count(5), 2))))
show(lambda: [list(g) for k, g in itertools.groupby([1, 1, 2])])
show(lambda: list(itertools.product('ab', [1, 2])))
show(lambda: list(itertools.accumulate([1, 2, 3])))
cyc = itertools.cycle([1, 2])
show(lambda: [next(cyc) for _ in range(5)])
show(lambda: Counter("abca").most_common(1))
dd = defaultdict(list); dd['a'].append(1)
show(lambda: dd)
show(lambda: OrderedDict(a=1, b=2))
d = deque([1, 2, 3], maxlen=3); d.append(4)
show(lambda: d)
show(lambda: json.dumps({"a": [1, 2.5, None, True, "é"], "b": {"c": 1}}, indent=2, sort_keys=True))
show(lambda: json.loads('{"a": [1, 2.0, null, true, "\\u00e9"]}'))
show(lambda: json.loads('{a}'))
show(lambda: json.loads(''))
show(lambda: json.dumps({1, 2}))
random.seed(42)
show(lambda: (random.random(), random.randint(1, 100), random.choice("abc"), random.sample(range(10), 3), random.choices([1, 2], weights=[1, 9], k=3), random.uniform(1, 2), random.gauss(0, 1)))
show(lambda: re.sub(r"(\d+)", lambda m: str(int(m.group(1)) * 2), "a1b22"))
show(lambda: re.findall(r"(\w)=(\d)", "a=1 b=2"))
show(lambda: datetime.datetime(2024, 1, 31, 5, 6, 7).strftime("%Y-%m-%dT%H:%M:%S"))
show(lambda: datetime.datetime(2024, 1, 31) + datetime.timedelta(days=1, hours=2))
show(lambda: datetime.datetime.fromisoformat("2024-01-02T03:04:05").isoformat())
show(lambda: (datetime.date(2024, 3, 1) - datetime.date(2024, 2, 1)).days)
show(lambda: str(uuid.UUID(int=5)))
show(lambda: f"{3.14159:.2f} {1000000:,} {0.5:%} {5:03d} {'x':>5}|{'y':<5}|{'z':^5}| {255:#x} {1e10:g} {'a'!r} {3!s:>3} {1 + 1 = }")
w = 10
show(lambda: f"{'ab':{w}}|{3.14159:{w}.{2}f}|{{}}|{'q' if w else 'r'}|{w!r:>{w}}")
show(lambda: "%(a)s-%(b)05.1f" % {"a": 1, "b": 2.5})
show(lambda: "{0} {1} {0} {name!r:>6} {x[0]} {y.real}".format(1, 2, name="n", x=[7], y=3))
def g():
    x = yield 1
    print("got", x)
    try:
        yield 2
    except ValueError as e:
        print("exc", e)
        yield 3
    return 9
def useg():
    it = g()
    a = next(it); b = it.send("s"); c = it.throw(ValueError("t"))
    try:
        next(it)
    except StopIteration as e:
        return a, b, c, e.value
show(useg)
def tryall():
    out = []
    for i in range(4):
        try:
            if i == 1: continue
            if i == 2: break
            out.append(i)
        except Exception: pass
        else: out.append("else")
        finally: out.append("fin")
    else:
        out.append("nobreak")
    return out
show(tryall)
def ret():
    try:
        return "try"
    finally:
        print("finally")
show(ret)
def nest():
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise KeyError("k") from e
    except KeyError as e:
        return type(e.__cause__).__name__, e.__suppress_context__
show(nest)
class A:
    def __init__(self): self._v = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x * 2
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def st(x): return x
    def __repr__(self): return f"A({self._v})"
    def __eq__(self, o): return isinstance(o, A) and self._v == o._v
    def __hash__(self): return hash(self._v)
    def __lt__(self, o): return self._v < o._v
    def __getitem__(self, i): return i
    def __call__(self, *a, **k): return a, k
    def __enter__(self): return self
    def __exit__(self, *a): return True
    def __contains__(self, x): return x == 1
    def __len__(self): return 3
    def __bool__(self): return False
    def __iter__(self): yield from range(2)
    def __add__(self, o): return "add"
    def __radd__(self, o): return "radd"
    def __iadd__(self, o): self._v += o; return self
class B(A):
    def __init__(self):
        super().__init__()
        self.extra = 1
    def __getattr__(self, n):
        if n.startswith("dyn"): return n
        raise AttributeError(n)
def classes():
    b = B.make(); b.v = 5
    with b: raise ValueError
    b += 1
    return b, b.v, B.st(3), b == b, {b: 1}[b], b[1:2], b(1, k=2), 1 in b, len(b), bool(b), list(b), b + 1, 1 + b, b.dynx, sorted([b, B()])
show(classes)
show(lambda: B().nope)
show(lambda: A().nope)
show(lambda: A().v.nope)
show(lambda: None.x)
show(lambda: {}["k"])
show(lambda: [1][5])
show(lambda: "a" + 1)
show(lambda: 1 + "a")
show(lambda: int("x"))
show(lambda: float("x"))
show(lambda: len(5))
show(lambda: undefined_name)
show(lambda: (lambda a: a)())
show(lambda: (lambda a: a)(1, 2))
show(lambda: (lambda *, k: k)())
show(lambda: (lambda a: a)(b=1))
show(lambda: [].pop())
show(lambda: {}.pop("x"))
show(lambda: [1, 2].remove(5))
show(lambda: [1].index(2))
show(lambda: "abc".index("x"))
show(lambda: int(None))
show(lambda: sorted([1, "a"]))
show(lambda: min([]))
show(lambda: next(iter([])))
show(lambda: dict([1]))
show(lambda: [*1])
show(lambda: "x" * "y")
show(lambda: {}.update(5))
show(lambda: {[]: 1})
show(lambda: hash([]))
def unpack():
    a, b = [1, 2, 3]
show(unpack)
def unpack2():
    a, *b, c = "abcde"
    (d, e), f = (1, 2), 3
    return a, b, c, d, e, f
show(unpack2)
def unbound():
    print(xx)
    xx = 1
show(unbound)
def match(x):
    match x:
        case 0: return "zero"
        case [1, *rest]: return rest
        case {"k": v, **r}: return v, r
        case str() as s if len(s) > 2: return s
        case P(x=1): return "P1"
        case (2 | 3) as n: return n
        case Color.RED: return "red"
        case None: return "none"
        case _: return "other"
show(lambda: [match(x) for x in (0, [1, 2, 3], {"k": 1, "z": 2}, "abc", P(1), 3, Color.RED, None, 5.5)])
show(lambda: (lambda *a, **k: (a, k))(*[1, 2], 3, *(4,), x=1, **{"y": 2}))
show(lambda: [(x, y) for x in range(3) if x for y in range(x)])
show(lambda: {k: v for k, v in zip("ab", range(2))} | {"c": 3})
show(lambda: (x := 5) + x)
show(lambda: 1 < 2 < 3 != 4)
show(lambda: not 1 or 2 and 3)
show(lambda: (7 // -2, -7 % 3, 2 ** -1, 1e400, -0.0, 0.1 + 0.2, 10 ** 20, 1_000, 0x1F, 5 / 2, round(2.5), round(-1.5), round(1.005, 2)))
show(lambda: copy.deepcopy({"a": [1, {2}]}))
show(lambda: string.ascii_lowercase[:5] + string.digits)
show(lambda: math.sqrt(2) + math.floor(2.7))
show(lambda: sys.version_info[:2])
show(lambda: type(1).__name__ + type("").__name__ + type(None).__name__)
show(lambda: isinstance(5, (int, str)) and issubclass(B, A))
show(lambda: [m for m in dir(A()) if not m.startswith("_")])
show(lambda: getattr(A(), "v") + getattr(A(), "nope", 5))
show(lambda: vars(P(1)))
print(*[1, 2], sep="-", end="\n")
print("a", "b", file=sys.stdout)
x = [3, 1, 2]
x.sort(reverse=True)
del x[0]
x[1:1] = [9, 9]
show(lambda: x)
global_n = 0
def inc():
    global global_n
    global_n += 1
    def inner():
        nonlocal_v = 1
        def deeper():
            nonlocal nonlocal_v
            nonlocal_v += 1
            return nonlocal_v
        return deeper() + nonlocal_v
    return inner()
show(lambda: (inc(), global_n))
assert True, "no"
def asserts(): assert 1 == 2, f"not {1}"
show(asserts)
class Slots:
    __slots__ = ("a",)
    def __init__(self): self.a = 1
show(lambda: Slots().a)
class Desc:
    def __get__(self, o, t=None): return "got"
    def __set__(self, o, v): print("set", v)
class HasDesc:
    d = Desc()
h = HasDesc(); h.d = 5
show(lambda: h.d)
class Sub(dict):
    def __missing__(self, k): return k * 2
show(lambda: (Sub()["ab"], Sub(a=1), isinstance(Sub(), dict)))
class L(list):
    def total(self): return sum(self)
show(lambda: (L([1, 2]).total(), L([1]) + [2], type(L([1])[:]).__name__, len(L("ab"))))
class E1(Exception):
    def __init__(self, code, msg): super().__init__(msg); self.code = code
    def __str__(self): return f"[{self.code}] {self.args[0]}"
def rz(): raise E1(5, "bad")
show(rz)
show(lambda: repr(E1(5, "bad")))
show(lambda: (ValueError("a", 1), repr(KeyError("k")), str(KeyError("k")), repr(OSError(2, "x")), str(OSError(2, "No", "f"))))
show(lambda: b"abc".decode() + "é".encode().hex() + str(b"\xff\n'") + repr("\t\x00é\u200b'"))
show(lambda: "é".encode("ascii"))
show(lambda: b"\xff".decode())
try:
    b"\xff".decode()
except UnicodeDecodeError as e:
    print(repr(e))


@total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __ge__(self, o): return self.v >= o.v


show(lambda: (V(1) < V(2), V(1) > V(2), V(1) <= V(1), V(2) >= V(1)))
NTF = NamedTuple("NTF", [("a", int), ("b", str)])
show(lambda: NTF(1, "x"))
show(lambda: (fib.cache_info(), fib.cache_clear(), fib.cache_info()))
