# hex() of bytes, bytearray and memoryview, with what goes between the bytes.
for a in ((), (":",), ("-", 2), (":", -2), (b"_", 3), (None,), (5,), ("ab",), ("é",), ("éa",), (b"\xe9",), (b"ab",), ("",)):
    for v in b"abcde", bytearray(b"abcde"), memoryview(b"abcde"):
        try: print(v.hex(*a), end=" ")
        except Exception as e: print(type(e).__name__, e)
print(memoryview(b"abc").hex(sep=":"), memoryview(b"abc").hex(bytes_per_sep=2, sep="-"))
