"""Basics."""
x = 1
y = 2.5
s = "hello"
print(x + y, s * 2, [1, 2, 3], (1,), {"a": 1, 1: "b"}, {1, 2}, None, True)
def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6))
print([i * i for i in range(5) if i % 2], {k: v for k, v in zip("abc", range(3))}, {i for i in (1, 1)}, sum(i for i in range(10)))
class A:
    n = 0
    def __init__(self, v): self.v = v
    def get(self): return self.v
    @property
    def double(self): return self.v * 2
    @classmethod
    def make(cls): return cls(7)
    @staticmethod
    def st(q): return q
    def __repr__(self): return f"A({self.v!r})"
class B(A):
    def get(self): return super().get() + 1
    def __eq__(self, o): return isinstance(o, B) and o.v == self.v
    def __lt__(self, o): return self.v < o.v
    def __add__(self, o): return B(self.v + o.v)
    def __len__(self): return self.v
    def __getitem__(self, i): return i * 2
    def __contains__(self, i): return i == 3
    def __call__(self, *a): return a
    def __iter__(self): return iter([1, 2])
    def __enter__(self): print("enter"); return self
    def __exit__(self, *a): print("exit", a[0]); return True
b = B.make()
print(b, b.get(), b.double, B.st(3), b == B(7), b != B(7), b + B(1), len(b), b[4], 3 in b, b(1, 2), list(b), B(1) < B(2))
with b as bb:
    raise ValueError("x")
a, *r = 1, 2, 3
print(a, r)
for i in range(3):
    if i == 5: break
else:
    print("else")
def gen(n):
    for i in range(n):
        got = yield i
        if got: print("got", got)
    return "done"
g = gen(3)
print(next(g), g.send("hi"), list(g))
def outer():
    n = 0
    def inner():
        nonlocal n
        n += 1
        return n
    return inner
o = outer()
o(); print(o())
print(f"{x:>5}|{y:.3f}|{s!r:10}|{1234567:,}|{0.5:%}|{x=}|{'a' if x else 'b'}")
print("%s %d %.2f %r %5s|%-5s|" % ("a", 3, 1.5, "q", "x", "y"), "{} {1} {a}".format if False else "{} {a}".format(1, a=2))
try:
    {}["k"]
except KeyError as e:
    print(e, repr(e), type(e).__name__)
try:
    int("x")
except ValueError as e: print(e)
try:
    [][1]
except IndexError as e: print(e)
try:
    None[0]
except TypeError as e: print(e)
print(10 ** 20, 2 ** 64, -7 // 2, -7 % 3, 7 / 2, round(0.125, 2), round(2.5), 1e16, 1e15, 0.1 + 0.2)
print({1: "a", 1.0: "b", True: "c"})
match (1, [2, 3], {"k": "v"}):
    case (1, [a, *rest], {"k": k}): print(a, rest, k)
print((lambda *a, k=1: (a, k))(1, 2, k=3))
if (n := 10) > 5: print(n)
del n
print(1 < 2 < 3, 1 < 3 < 2, not 1, 1 and 0 or 5)
print("abc"[::-1], "héllo"[1:3], b"ab\x00", "it's", 'q"')
