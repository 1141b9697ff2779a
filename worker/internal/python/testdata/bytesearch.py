def show(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
b = b"ABC\xffA"
for i in (65, 255, 9, 256, -1, b"C", "A", True):
    for n in ("find", "rfind", "index", "rindex", "count"): show(lambda: getattr(b, n)(i)); show(lambda: getattr(b, n)(i, 1))
for n in (1, 2, 3, -2, -3, 0, 9, -9): print(bytes(range(5)).hex("-", n), b"".hex(":", n), bytearray(b"ab").hex(b"|", n))
show(lambda: b"a".hex("")); show(lambda: b"a".hex("--")); show(lambda: b"a".hex(5)); show(lambda: b"ab".hex(None))
