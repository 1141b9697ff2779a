class Base:
    count = 0
    items = []
    def __init__(self, name="b"):
        self.name = name
        self.__class__.count += 1
    def hello(self): return f"hello {self.name}"
    def __str__(self): return f"<{self.name}>"
class Mixin:
    def hello(self): return "mixin+" + super().hello()
class Child(Mixin, Base):
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.items.append(1)
        self.count += 1
c = Child("x")
print(c, c.hello(), Base.count, Child.count, c.count, c.items, Base.items, [k.__name__ for k in Child.__mro__], c.__dict__)
print(str(c), format(c), f"{c:}", Child.__name__, Child.__module__, c.__class__.__name__, isinstance(c, Base), issubclass(Child, Mixin))
class P:
    def __init__(self): self._x = 1
    @property
    def x(self):
        "doc"
        return self._x
    @x.setter
    def x(self, v):
        if v < 0: raise ValueError("neg")
        self._x = v
    @x.deleter
    def x(self): del self._x
    @property
    def ro(self): return 1
p = P()
p.x = 5
print(p.x)
def show(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
show(lambda: setattr(p, "x", -1))
show(lambda: setattr(p, "ro", 1))
del p.x
show(lambda: p.x)
show(lambda: p.nope)
show(lambda: P.nope)
show(lambda: P(1))
show(lambda: Base(1, 2, 3))
show(lambda: Base(nme=1))
show(lambda: c.hello(1))
show(lambda: object().x)
show(lambda: 5 .x)
show(lambda: None.x)
show(lambda: Base.hello())
class Meta:
    def __getattr__(self, n):
        if n.startswith("z"): return n * 2
        raise AttributeError(n)
    def __setattr__(self, n, v): object.__setattr__(self, n, v + 1)
m = Meta()
m.q = 1
print(m.q, m.zz)
show(lambda: m.yy)
class V:
    def __init__(s, x, y): s.x, s.y = x, y
    def __add__(s, o): return V(s.x + o.x, s.y + o.y) if isinstance(o, V) else NotImplemented
    def __radd__(s, o): return V(s.x + o, s.y + o)
    def __mul__(s, k): return V(s.x * k, s.y * k)
    __rmul__ = __mul__
    def __neg__(s): return V(-s.x, -s.y)
    def __eq__(s, o): return (s.x, s.y) == (o.x, o.y)
    def __hash__(s): return hash((s.x, s.y))
    def __repr__(s): return f"V({s.x}, {s.y})"
    def __bool__(s): return bool(s.x or s.y)
    def __iadd__(s, o): s.x += o.x; return s
    def __getitem__(s, i): return (s.x, s.y)[i]
    def __format__(s, spec): return f"V[{spec}]"
    def __int__(s): return 42
    def __index__(s): return 1
    def __abs__(s): return 9
    def __lt__(s, o): return s.x < o.x
    def __reversed__(s): return iter([s.y, s.x])
v = V(1, 2)
print(v + v, 1 + v, v * 3, 3 * v, -v, v == V(1, 2), v != V(1, 2), {v: 1}[V(1, 2)], bool(V(0, 0)), list(v), f"{v:abc}", int(v), [5, 6][v], abs(v), sorted([V(3, 0), V(1, 0)]), list(reversed(v)))
v += V(1, 1)
print(v)
show(lambda: v + 1)
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(It(3)), sum(It(4)), max(It(3)), 1 in It(3))
class Ctx:
    def __init__(s, swallow): s.s = swallow
    def __enter__(s): return s
    def __exit__(s, t, v, tb):
        print("exit", t and t.__name__, v)
        return s.s
with Ctx(True) as a, Ctx(False): raise KeyError("k")
def f():
    with Ctx(False): return 5
print(f())
class Single:
    _i = None
    def __new__(cls, *a):
        if cls._i is None: cls._i = super().__new__(cls)
        return cls._i
print(Single() is Single(1))
class MyList(list):
    def total(self): return sum(self)
ml = MyList([1, 2]); ml.append(3)
print(ml, ml.total(), len(ml), isinstance(ml, list), ml[0], ml + [4], type(ml + [4]).__name__)
class MyDict(dict):
    def __getitem__(self, k): return "got " + str(dict.get(self, k))
    def __missing__(self, k): return 0
md = MyDict(a=1); md["b"] = 2
print(md, md["a"], md.get("b"), len(md), "a" in md, {**md})
class S(str):
    def shout(self): return self.upper() + "!"
s = S("hi")
print(s, s.shout(), s + "x", len(s), {s: 1}["hi"], s == "hi", repr(s), type(s).__name__, isinstance(s, str))
class I(int): pass
print(I(5) + 1, I(7), type(I(1) + 1).__name__)
class E1(Exception):
    def __init__(self, code, msg="m"):
        super().__init__(msg)
        self.code = code
class E2(E1):
    def __str__(self): return f"E2:{self.code}"
show(lambda: (_ for _ in ()).throw(E1(5)))
show(lambda: (_ for _ in ()).throw(E2(6)))
print(repr(E1(1)), E1(1).args, E2(3).code, repr(ValueError("a", 1)), str(ValueError("a", 1)), repr(KeyError("k")), str(KeyError("k")), repr(ValueError()))
class Q:
    __slots__ = ("a",)
    x = [i for i in range(3)]
    def __private(self): return "priv"
    def call(self): return self.__private()
print(Q.x, Q().call())
T = type("T", (Base,), {"z": 5, "m": lambda self: self.z})
print(T().m(), T.__name__, T.__bases__)
class D:
    def __set_name__(self, o, n): self.n = "_" + n
    def __get__(self, i, o=None): return self if i is None else i.__dict__.get(self.n, "unset")
    def __set__(self, i, v): i.__dict__[self.n] = v
class H:
    d = D()
h = H(); print(h.d); h.d = 3; print(h.d, h.__dict__)
class Sub:
    subs = []
    def __init_subclass__(cls, tag=None, **kw): Sub.subs.append((cls.__name__, tag))
class S1(Sub, tag="t"): pass
print(Sub.subs)
try:
    class X(A1 := type("A1", (), {}), object): pass
    class Y(object, A1): pass
except TypeError as e: print(e)
print(hasattr(c, "name"), getattr(c, "zz", 3), vars(p), callable(c), callable(Child))
class Outer:
    class Inner:
        def f(self): pass
    def g(self):
        def h(): pass
        return h
print(Outer.Inner.__qualname__, Outer.Inner.f.__qualname__, Outer().g().__qualname__, Outer.Inner)
print(Base.hello.__name__, c.hello.__name__, c.hello.__self__ is c)
def deco(n):
    def wrap(fn):
        def inner(*a, **k): return [n, fn(*a, **k)]
        return inner
    return wrap
@deco(1)
@deco(2)
def ff(x): return x
print(ff(3))
