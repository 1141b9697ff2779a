def show(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
class Seq:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i):
        if i >= 3: raise IndexError(i)
        return i * 10
print(list(reversed(Seq(3))), list(reversed(Seq(0))), list(reversed(Seq(5))))
class NoLen:
    def __getitem__(self, i): return i
show(reversed, NoLen())
class Bad(Seq):
    def __getitem__(self, i): return 1 / 0
show(lambda: list(reversed(Bad(1))))
class H:
    def __init__(self, h): self.h = h
    def __hash__(self): return self.h
for h in (0, -1, 2**61 - 1, 2**61, 2**62, -2**63, 2**63 - 1, 2**63, 2**64 + 5, -2**61, True): print(h, hash(H(h)))
class F:
    def __float__(self): return 2.5
class I:
    def __index__(self): return 7
class N:
    def __int__(self): return 9
print("%.2f %g" % (F(), F()), "%d %x %o %.1f" % (I(), I(), I(), I()), "%d %i" % (N(), N()), "%5.1f|%-5d|" % (F(), I()))
for f, v in (("%f", N()), ("%x", N()), ("%d", F()), ("%f", object()), ("%f", "x")): show(lambda: f % v)
class FF(float): pass
print("%.1f" % FF(2.25), "%d" % FF(3.7))
def an(a: int, *b: str, c: "x" = 1, **d: float) -> None: pass
print(sorted((k, str(v)) for k, v in an.__annotations__.items()))
def outer():
    x, y = 1, 2
    def middle():
        a, b = 3, 4
        def inner():
            nonlocal x, b
            b, x
            del x
            del b
            try: print(x)
            except NameError as e: print(type(e).__name__, e)
            x = 5
        inner()
        try: print(b)
        except NameError as e: print(type(e).__name__, e)
        print(a)
    middle()
    print(x, y)
outer()
