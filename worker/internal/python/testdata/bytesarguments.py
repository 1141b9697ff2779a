class Index:
    def __index__(self): return 97
class Broken:
    def __index__(self): raise KeyError("x")
def show(*what):
    f = what[-1]
    try: print(*what[:-1], repr(f()))
    except Exception as e: print(*what[:-1], type(e).__name__, e)
values = (97, 10**20, -10**20, 300, True, Index(), Broken(), "a", 1.5, None, b"a", bytearray(b"a"), memoryview(b"b"), (), (1,), ("a",), (b"a", b"b"), [b"a"])
for b in (b"abca", bytearray(b"abca")):
    for n, v in enumerate(values):
        show(n, "in", lambda: v in b)
        for m in ("find", "rfind", "index", "rindex", "count", "startswith", "endswith", "removeprefix", "removesuffix", "strip", "lstrip", "rstrip",
                  "split", "rsplit", "join", "zfill"):
            if not (m == "zfill" and isinstance(v, int) and abs(v) > 400): show(n, m, lambda: getattr(b, m)(v))
        if n not in (11, 12): show(n, "parts", lambda: (b.partition(v), b.rpartition(v)))
        show(n, "replace", lambda: b.replace(v, b"z")); show(n, "replace with", lambda: b.replace(b"a", v)); n in (1, 2) or show(n, "replace count", lambda: b.replace(b"a", b"z", v))
        n in (1, 2) or show(n, "split most", lambda: b.split(b"b", v))
        for m in ("ljust", "rjust", "center"): show(n, m, lambda: getattr(b, m)(6, v))
