import base64, binascii, io
def show(f, *a, **kw):
    try: print(f.__name__, a, kw, f(*a, **kw))
    except Exception as e: print(f.__name__, a, kw, type(e).__name__, e)
data = [b"", b"a", b"ab", b"abc", b"abcd", b"abcde", bytes(range(256)), b"\0" * 9, b"    \xff\xfb", bytearray(b"xyz>?")]
pairs = [("b64encode", "b64decode"), ("urlsafe_b64encode", "urlsafe_b64decode"), ("standard_b64encode", "standard_b64decode"), ("b32encode", "b32decode"), ("b32hexencode", "b32hexdecode"), ("b16encode", "b16decode"), ("b85encode", "b85decode"), ("a85encode", "a85decode"), ("encodebytes", "decodebytes")]
for e, d in pairs:
    for x in data:
        show(getattr(base64, e), x)
        print(getattr(base64, d)(getattr(base64, e)(x)) == x)
for x in ("YQ", "YQ=", "YQ==", "Y", "YQ==YQ==", "Y Q = =", "=YQ==", "YWJj", "YWJjZ", "YW=Jj", "YWI=x", "é", "Y$Q==", "-_-_"):
    show(base64.b64decode, x); show(base64.b64decode, x, validate=True); show(binascii.a2b_base64, x); show(base64.urlsafe_b64decode, x)
show(base64.b64encode, b"\xff\xfb", b"*!"); show(base64.b64decode, "//s*", "*!"); show(base64.b64encode, "text"); show(base64.b64decode, 5); show(base64.b64encode, b"ab", altchars=b"x")
for x in ("MFRGG===", "mfrgg===", "MFRGG", "MFRGG==", "MF1GG===", "********"): show(base64.b32decode, x); show(base64.b32decode, x, True, "L")
for x in ("6162", "6a", "6A", "6", "zz"): show(base64.b16decode, x); show(base64.b16decode, x, casefold=True); show(binascii.unhexlify, x); show(binascii.a2b_hex, x)
for x in ("VPaz%m", "VP a", "~~~~~", "V"): show(base64.b85decode, x)
show(base64.b85encode, b"abcde", True); show(base64.a85encode, b"hello world " * 3, wrapcol=10, adobe=True); show(base64.a85encode, b"    x", foldspaces=True); show(base64.a85encode, b"ab", pad=True)
show(base64.a85decode, b"<~BOu!r~>", adobe=True); show(base64.a85decode, "BOu!r", adobe=True); show(base64.a85decode, "y", foldspaces=True); show(base64.a85decode, "BOzu"); show(base64.a85decode, "uuuuu"); show(base64.a85decode, "\x7f"); show(base64.a85decode, " BO\n"); show(base64.a85encode, b"\0\0")
o = io.BytesIO(); base64.encode(io.BytesIO(b"x" * 100), o); print(o.getvalue()); p = io.BytesIO(); base64.decode(io.BytesIO(o.getvalue()), p); print(p.getvalue())
for x in data[:-1]: show(binascii.hexlify, x, ":"); show(binascii.crc32, x); show(binascii.crc_hqx, x, 7); show(binascii.b2a_hex, x, "-", 3); show(binascii.b2a_hex, x, b"-", -2)
for x in (b"", b"a", b"hello world", b"\0\0\0", bytes(range(45)), bytes(46)): show(binascii.b2a_uu, x); show(binascii.b2a_uu, x, backtick=True)
for x in (b"", b"#86)C\n", b"+:&5L;&\\@=V]R;&0 \n", b"#86)C!!", b"#8\x016)C", b"#86"): show(binascii.a2b_uu, x)
show(binascii.b2a_base64, b"a"); show(binascii.hexlify, "a"); print(issubclass(binascii.Error, ValueError), binascii.Incomplete.__bases__)
