def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)
for f in [
    lambda: "a,b,,c".split(","), lambda: " a  b ".split(), lambda: "a b c d".rsplit(None, 2), lambda: "a.b.c".rsplit(".", 1),
    lambda: "abc".center(8, "*"), lambda: "abc".center(7), lambda: "abc".zfill(6), lambda: "-5".zfill(4), lambda: "x".join([1]),
    lambda: "x".join(["a", "b"]), lambda: "abcabc".find("c", 3), lambda: "abc".index("z"), lambda: "abc".replace("b", "xx"),
    lambda: "a\nb\r\nc\x0bd\x85e".splitlines(), lambda: "a\nb\n".splitlines(True), lambda: "Hello World".swapcase(), lambda: "they're bill's".title(),
    lambda: "éa".upper(), lambda: "ß".upper(), lambda: "abc".startswith(("x", "a")), lambda: "abc".startswith(1), lambda: "abc" + 1, lambda: 1 + "abc",
    lambda: "abc"["x"], lambda: "abc"[10], lambda: "abc" % 1, lambda: "%d" % "x", lambda: "%s %s" % (1,), lambda: "%(a)s %(b)05.1f" % {"a": 1, "b": 2},
    lambda: "%x %X %o %e %g %c %r %%" % (255, 255, 8, 12345.678, 0.0001, "z", "q"), lambda: "%+d % d %5d|%-5d|%05d" % (1, 2, 3, 4, 5),
    lambda: "{:>10}|{:<10}|{:^10}|{:*^10}".format("a", "b", "c", "d"), lambda: "{0[a]} {1.real}".format({"a": 1}, 2), lambda: "{}".format(), lambda: "{a}".format(),
    lambda: "{:,} {:_} {:,.2f} {:010,.1f}".format(1234567, 1234567, 1234567.891, 12345.6), lambda: "{:#x} {:#o} {:#b} {:x}".format(255, 8, 5, 255),
    lambda: "{:+} {: } {:-}".format(1, 2, 3), lambda: "{:.3} {:.3}".format("abcdef", 3.14159), lambda: "{:e} {:.0e} {:g} {:g} {:g}".format(12345.6789, 5.0, 1e20, 1e-5, 123456789.0),
    lambda: "{:d}".format(1.5), lambda: "{:d}".format("x"), lambda: "{:.2f}".format("x"), lambda: "{:s}".format(1), lambda: "{:5}|{:<5}|{:05}".format(1, 2, -3), lambda: "{:%}".format(0.1234),
    lambda: "{:.2%}".format(0.12345), lambda: "{!r:>6}|{!s}".format("a", "b"), lambda: "{{}}".format(), lambda: "{".format(), lambda: "}".format(),
    lambda: "héllo wörld"[1:4], lambda: "日本語"[::-1], lambda: len("😀a"), lambda: "😀a"[0], lambda: ascii("é😀"), lambda: "\u2028\x7f\xa0é\t\\", lambda: "a" * -1, lambda: "a" in 5,
    lambda: 5 in "abc", lambda: "abc".partition("b"), lambda: "abc".rpartition("x"), lambda: "abc".encode(), lambda: "é".encode("ascii"), lambda: "é".encode("ascii", "replace"), lambda: "é".encode("latin-1"),
    lambda: b"\xff".decode(), lambda: b"\xc3".decode(), lambda: b"\xff".decode(errors="replace"), lambda: b"abc".decode("nope"), lambda: b"abc"[0], lambda: b"abc"[1:], lambda: b"data: x".startswith(b"data: "),
    lambda: b"a,b".split(b","), lambda: b"abc" + "x", lambda: b"abc" == "abc", lambda: bytes([1, 2, 255]), lambda: bytes(3), lambda: bytes("x", "utf-8"), lambda: bytes("x"), lambda: bytearray(b"ab"), lambda: b"%s-%d" % (b"x", 3),
    lambda: "abc".isdigit(), lambda: "12".isdigit(), lambda: "a1".isalnum(), lambda: " ".isspace(), lambda: "Ab".istitle(), lambda: "abc".count(""), lambda: "aaa".count("aa"), lambda: "x".ljust(3, "ab"),
    lambda: "abc".strip("ac"), lambda: "\u00a0 x\t".strip(), lambda: "a-b_c".translate(str.maketrans("-_", "  ")), lambda: "abc".removeprefix("a"), lambda: "%s" % (1, 2), lambda: "%s" % [1, 2], lambda: "%5.1f|%-8s|%08.3f" % (3.14159, "ab", -3.14159),
    lambda: str(b"ab"), lambda: str(b"ab", "utf-8"), lambda: "a" < "b", lambda: "a" < 1, lambda: "a" == 1, lambda: max("abc"), lambda: "x" "y", lambda: f"{'nested ' + f'{1 + 1}'}", lambda: f"{3.14159:{'.2'}f}", lambda: f"{{{1}}}", lambda: f"{1!r:>5}", lambda: rf"\n{1}",
    lambda: "abc".format_map({}), lambda: "{a:{w}}".format(a=1, w=5), lambda: "a\tb".expandtabs(4), lambda: chr(8364), lambda: ord("€"), lambda: ord("ab"), lambda: chr(-1), lambda: "%c" % 97, lambda: "{:c}".format(97), lambda: "{:>{}}".format("a", 4),
    lambda: "abc".nope, lambda: "abc".upper(1), lambda: "abc".split(1), lambda: "abc".split(""), lambda: "".join(1), lambda: repr("'\""), lambda: "%s" % None, lambda: "%d" % 3.9, lambda: "%i" % True, lambda: "%5s%%" % 50, lambda: "%.3s" % "abcdef", lambda: "%*d" % (5, 3),
]:
    show(f)
print(repr(r"\\"), repr(r'''\\'''), repr(rb"\\\\"), repr(r"\'"), repr(rf"\\"), repr(r"\\" "\\" r"a\\"), repr(f"{1}\\"), repr(rf"{1}\\"))
