class Index:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
def show(*what):
    f = what[-1]
    try: print(*what[:-1], repr(f())[:200])
    except Exception as e: print(*what[:-1], type(e).__name__, e)
big = [2**63, -2**63 - 1, 10**30, -10**30, 2**63 - 1, -2**63, Index(2**70), Index(-2**70), True, 1.0, "1", None, Index(1)]
for k, n in enumerate(big):
    for s in ("abcabc", b"abcabc", bytearray(b"abcabc")):
        t = type(s).__name__
        a = s[:1]
        show(k, t, "replace", lambda: s.replace(a, a + a, n))
        show(k, t, "split", lambda: s.split(a, n))
        show(k, t, "rsplit", lambda: s.rsplit(a, n))
        show(k, t, "split kw", lambda: s.split(maxsplit=n))
        if not (isinstance(n, int) and n > 10**6): 
            show(k, t, "zfill", lambda: s.zfill(n))
            show(k, t, "ljust", lambda: s.ljust(n))
            show(k, t, "center", lambda: s.center(n))
            show(k, t, "mul", lambda: s * n)
            show(k, t, "rmul", lambda: n * s)
        show(k, t, "find", lambda: s.find(a, n))
        show(k, t, "find end", lambda: s.find(a, 0, n))
        show(k, t, "startswith", lambda: s.startswith(a, n))
        show(k, t, "count", lambda: s.count(a, n))
        show(k, t, "index", lambda: s[n])
        show(k, t, "slice", lambda: s[:n])
        show(k, t, "step", lambda: s[::n])
    for name, l in (("list", [1, 2, 3]), ("tuple", (1, 2, 3)), ("range", range(3))):
        show(k, name, "index", lambda: l[n])
        show(k, name, "slice", lambda: l[n:])
        if not (isinstance(n, int) and n > 10**6): show(k, name, "mul", lambda: l * n)
        show(k, name, "index of", lambda: l.index(1, n))
    show(k, "pop", lambda: [1, 2].pop(n))
    show(k, "insert", lambda: [1, 2].insert(n, 1))
    show(k, "expandtabs", lambda: "a\tb".expandtabs(n) if not isinstance(n, int) or abs(n) > 2**64 or n < 100 else 0)
    show(k, "chr", lambda: chr(n))
    show(k, "bytes", lambda: bytes(n) if not isinstance(n, int) or n < 100 or n >= 2**63 else 0)
    show(k, "to_bytes", lambda: (5).to_bytes(n, "big") if not isinstance(n, int) or n < 100 or n >= 2**63 else 0)
    show(k, "round", lambda: round(1.5, n))
    show(k, "hex", lambda: b"abcd".hex(":", n))
    show(k, "shift", lambda: 1 << n if not isinstance(n, int) or n < 100 else 0)
    show(k, "del", lambda: [1, 2].__delitem__(n))
    show(k, "set", lambda: [1, 2].__setitem__(n, 1))
    show(k, "bytearray", lambda: bytearray(b"ab").insert(n, 1))
    show(k, "bytearray pop", lambda: bytearray(b"ab").pop(n))
    show(k, "format", lambda: "%*d" % (n, 1) if not isinstance(n, int) or -100 < n < 100 or abs(n) >= 2**63 + 1 else 0)
for k, f in enumerate([lambda: (5).to_bytes(1,"x"), lambda: (5).to_bytes(1,5), lambda: (5).to_bytes(-1,"big"), lambda: (-5).to_bytes(1,"big"), lambda: (-5).to_bytes(0,"big",signed=True),lambda: (-1).to_bytes(0,"big",signed=True),lambda: (0).to_bytes(0,"big",signed=True), lambda: (-128).to_bytes(1,"big",signed=True), lambda: (128).to_bytes(1,"big",signed=True), lambda: (-129).to_bytes(1,"big",signed=True), lambda:(256).to_bytes(1), lambda: int.from_bytes(5,"big"), lambda: int.from_bytes("a","big"), lambda: int.from_bytes([1,2],"big"), lambda: int.from_bytes([300],"big"), lambda: int.from_bytes(b"","x"), lambda: bool.from_bytes(b"\x01","big"), lambda: int.from_bytes(b"\xff\x00","little",signed=1), lambda: int.from_bytes(None), lambda: (5).to_bytes("a"), lambda: (5).to_bytes(length=2,byteorder="little"), lambda: (5).to_bytes(1.0), lambda: int.from_bytes(memoryview(b"ab")), lambda: int.from_bytes(b"a",5), lambda: int.from_bytes(range(3)), lambda: (-2**63).to_bytes(8, "little", signed=True), lambda: (True).to_bytes(2, "big")]): show(k, "int and bytes", f)

class Twice:
    def __index__(self): return 2
class Own(Twice):
    def __rmul__(self, o): return "rmul"
    def __mul__(self, o): return "mul"
for e in ['"ab"*Twice()','Twice()*"ab"','[1]*Twice()','(1,)*Twice()','b"a"*Twice()','bytearray(b"a")*Twice()','"ab"*Own()','Own()*[1]','"a"*1.5','1.5*"a"','[1]*None','None*[1]','[1]*"a"','"a"*[1]','{}*2','2*{}','Twice()*Twice()']: show(e, lambda: eval(e))
