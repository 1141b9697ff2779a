# LOCUSTFILES 6.5, one after the other
class U:
    items = []
    n = 0
    def go(self):
        self.n += 1
        self.items.append(self.n)
u, v = U(), U()
u.go(); u.go(); v.go()
print(u.n, v.n, U.n, U.items, u.__dict__)
pool = [("a", 1), ("b", 2)]
print(pool.pop(), pool)
print(2**64, 10**20, 12345678901234567890123 % 97, 1 == 1.0 == True, {1: "i"}[1.0], {True: "b"}[1], -7 // 2, -7 % 2, 7 // -2, round(0.125, 2), round(0.375, 2), round(2.5), round(-1.5), 4 / 2)
print(1e16, 1e15, 1e-5, 0.1 + 0.2, 1/3, 100.0, 1e100, float("inf"), str(1.0), repr("it's"), repr('say "hi"'), repr("both ' and \""), [None, True, 1.5, "x"], {"a": None})
print(f"{1234.5678:.2f} {5:02d} {1234567:,} {0.256:.1%} {'x':>5}{'y':<5}|{'z':^5}| {255:x} {255:#b} {1e10:g} {3.0:e} {-5:+d} {5:+d} {1234.5:,.1f} {'long text':.4}")
print(str(KeyError("k")), KeyError("k"), f"{KeyError('k')}", repr(KeyError("k")), str(ValueError("v")), f"{ValueError('a', 2)}")
for f in (lambda: None[0], lambda: [][0], lambda: int("x"), lambda: {}["a"], lambda: None.get("a"), lambda: "a" + 1, lambda: 1 + "a", lambda: len(None), lambda: None + 1, lambda: float("x"), lambda: [1]["a"], lambda: (1)(), lambda: "x".foo, lambda: {}.foo, lambda: None(), lambda: {1: 2}[3], lambda: "abc".index("z"), lambda: [1].remove(2), lambda: dict(1), lambda: list(1), lambda: for_(), lambda: int(None), lambda: sorted([1, "a"])):
    try: f()
    except Exception as e: print(type(e).__name__ + ":", e)
text = "aé😀b" * 3
print(text[:5], len(text), text[1:3], text[-2:], "😀" in text, text.find("b"), b"data: " == "data: ", b"data: x".startswith(b"data: "), b"a" in b"abc", "é".encode(), len("é".encode()))
def d(x, acc=[]):
    acc.append(x); return acc
d(1); print(d(2))
print([f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]])
print(bool(""), bool("0"), bool([]), bool([0]), bool(0.0), bool(None), bool({}), not "")
it = iter([1, 2])
print(next(it), next(it), next(it, "end"))
print("%s-%03d-%5.2f-%r" % ("a", 7, 3.14159, "q"), "%(k)s" % {"k": 1}, "{:>8}|{:<8}|{:^8}".format("r", "l", "c"), "{0}-{1}-{0}".format(1, 2))
print(sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1], reverse=True), max({"x": 1, "y": 5}.items(), key=lambda kv: kv[1]), dict(zip("ab", [1, 2])), list({"z": 1, "a": 2}))
a = [1, 2, 3]; b = a; b += [4]; print(a, a is b); t = (1,); s = t; s += (2,); print(t, s)
x = {"k": 1}; y = x.copy(); y["k"] = 2; print(x, y, {**x, "n": 3}, x | y)
print(" ".join(["word"] * 3), "word " * 3, "a,b;c".replace(";", ",").split(","), "Hello"[::-1], "abc".upper().lower().title())
print(type(1 / 1), type(2 ** -1), type(2 ** 1), isinstance(True, int), int("  42 "), int(3.99), int(-3.99), abs(-3), divmod(17, 5), pow(2, 10), min(3, 1), sum([0.1] * 3))


# classes and functions made inside functions, with bases and decorators from outside and from the function itself
class Outer:
    pass


def plain(f):
    return f


def makes(own):
    class Local(Outer):
        @own
        @plain
        def m(self):
            return 1

    @plain
    def inner():
        return Local().m()

    class Second(Local, metaclass=type):
        pass

    return inner(), Second.__mro__[2].__name__


print(makes(plain))


def uses_before():
    class Early(Late):
        pass
    Late = 1


try:
    uses_before()
except UnboundLocalError as e:
    print(e)
