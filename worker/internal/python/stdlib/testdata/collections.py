import abc, collections
import collections.abc as A
from collections import *
class S(A.Mapping):
    def __init__(self, d): self.d = d
    def __getitem__(self, k): return self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
s = S({"a": 1, "b": 2})
print(s.get("a"), s.get("z", 9), list(s.keys()), list(s.items()), list(s.values()), "a" in s, s == {"a": 1, "b": 2}, ("a", 1) in s.items(), len(s.keys()))
print(s.keys() & {"a"}, repr(s.keys())[:9])
for v in (1, "a", [1], (1,), {}, {1}, {}.keys(), range(3), iter([]), (x for x in ()), len, lambda: 1, int, deque(), b"", bytearray(), None, 1.5, s, OrderedDict(), Counter(), ChainMap(), {}.items(), {}.values(), frozenset()):
    print(type(v).__name__, [n for n in "Hashable Sized Container Iterable Iterator Reversible Generator Callable Collection Sequence ByteString MutableSequence Set MutableSet Mapping MutableMapping MappingView KeysView ItemsView ValuesView Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator".split() if isinstance(v, getattr(A, n))])
try: A.Mapping()
except TypeError as e: print(e)
class Shape(abc.ABC):
    @property
    @abc.abstractmethod
    def area(self): ...
    @abc.abstractmethod
    def draw(self): ...
    @classmethod
    @abc.abstractmethod
    def make(cls): ...
class Sq(Shape):
    area = 3
class Full(Sq):
    def draw(self): return "d"
    @classmethod
    def make(cls): return cls()
for c in (Shape, Sq, Full):
    try: print(c().draw(), c.make().area)
    except TypeError as e: print(e)
@Shape.register
class Other: pass
print(isinstance(Other(), Shape), issubclass(Other, Shape), isinstance(3, Shape), Shape.__abstractmethods__ == {"area", "draw", "make"})
class Duck(abc.ABC):
    @classmethod
    def __subclasshook__(cls, c): return hasattr(c, "quack")
class Q: quack = 1
print(isinstance(Q(), Duck), isinstance(1, Duck))
c = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(c, c["a"], c["b"], len(c), list(c), c.parents, c.new_child({"z": 1}), dict(c), c.get("q"))
c["b"] = 7; print(c); del c["b"]
try: del c["b"]
except KeyError as e: print(e)
u = UserDict(a=1); u["b"] = 2; print(u, len(u), "a" in u, u.copy(), u | {"c": 3}, u.get("z"), list(u.items()), u.pop("a"), u)
class Up(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
print(Up({"x": 1}, y=2))
l = UserList([3, 1]); l.append(2); l.sort(); print(l, l[0:2], type(l[0:2]).__name__, l + [4], l == [1, 2, 3], len(l), l.index(2), l * 2, 3 in l, list(reversed(l)))
us = UserString("abc"); print(us, us.upper(), type(us.upper()).__name__, us + "d", us[1], "b" in us, us == "abc", us.startswith("a"), us.find("c"), len(us), us.split("b"))
a, b = Counter("aabbc"), Counter("abbbd")
print(a + b, a - b, a | b, a & b, +a, -a, a <= b, a == Counter("abcab"), a.total(), sorted(a.elements()), a.copy(), a.most_common(2))
a.subtract("aaa"); print(a); del a["zz"]
dd = defaultdict(list, {"a": [1]}); dd["b"].append(2); print(dd.copy(), dd | {"z": 1})
try: defaultdict(3)
except TypeError as e: print(e)
od = OrderedDict([("a", 1), ("b", 2)]); print(od == OrderedDict([("b", 2), ("a", 1)]), od == {"b": 2, "a": 1}, od.copy(), list(reversed(od)), od | {"c": 1})
P = namedtuple("P", "x y", defaults=[5]); print(P(1), P._fields, P._field_defaults, P._make([1, 2]), P(1)._replace(y=3), P.__doc__, P(1)._asdict(), P.x.__doc__, P(3) == (3, 5), hash(P(3)) == hash((3, 5)))
for f in (lambda: P(), lambda: P(1, 2, 3), lambda: P(1, z=3), lambda: P(1, x=3), lambda: P._make([1]), lambda: P(1)._replace(q=1), lambda: namedtuple("a b", "x"), lambda: namedtuple("A", "x x"), lambda: namedtuple("A", "_x"), lambda: namedtuple("A", "def"), lambda: namedtuple("A", "x", defaults=(1, 2))):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(namedtuple("A", "def x x _y", rename=True)._fields)
print(collections.abc.Mapping.__name__, collections.abc.Iterable[int] and 1)
class MS(A.MutableSequence):
    def __init__(self): self.l = []
    def __getitem__(self, i): return self.l[i]
    def __setitem__(self, i, v): self.l[i] = v
    def __delitem__(self, i): del self.l[i]
    def __len__(self): return len(self.l)
    def insert(self, i, v): self.l.insert(i, v)
m = MS(); m.extend([1, 2, 3]); m += [4]; m.reverse(); m.remove(2); print(list(m), m.pop(), m.index(3), m.count(9), 4 in m, list(reversed(m)))
class LS(A.MutableSet):
    def __init__(self, it=()): self.d = dict.fromkeys(it)
    def __contains__(self, x): return x in self.d
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
    def add(self, x): self.d[x] = None
    def discard(self, x): self.d.pop(x, None)
x = LS([1, 2]); y = LS([2, 3]); print(list(x & y), list(x | y), list(x - y), list(x ^ y), x <= y, x == LS([2, 1]), x.isdisjoint(y)); x |= y; x.remove(1); print(list(x), x.pop())
