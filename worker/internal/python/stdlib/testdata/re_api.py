"""The functions, the methods and the attributes of re."""
import copy
import re


def fails(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e), getattr(e, "pos", None)


# empty matches
print(re.sub("x*", "-", "abxd"), re.sub("", "-", "abc"), re.sub(r"\b", "|", "a bc"), re.sub("a*?", "-", "aa"), re.sub("(?m)^", "> ", "a\nb"), re.subn("x*", "-", "axx"), re.sub("$", "!", "a\n"))
print(re.split("x*", "axbc"), re.split(r"\b", "a bc"), re.split("(-)|(,)", "a-b,c"), re.split("", "ab"), re.split(",", "a,b,c", 1), re.split(",", "a,b,c", maxsplit=-1), re.split("(?=b)", "abab"))
print(re.findall("a*", "baac"), re.findall("a|", "ba"), re.findall("(a)|b", "ab"), re.findall("(a)(b)?", "aab"), [m.span() for m in re.finditer("a*?", "aa")], re.findall(r"\w*", "été x"))

# parts of a text
p = re.compile("^a")
print(p.search("aa", 1), re.compile("(?m)^a").search("b\naa", 2).span(), re.compile(r"\Ba").search("aa", 1).span(), re.compile("a$").search("aab", 0, 2).span(), p.match("ba", 1), re.compile("a").match("ba", 1).span())
print(re.compile("é").search("xéé", 2).span(), re.compile("b").findall("bbbb", 1, 3), [m.span() for m in re.compile("b").finditer("bébb", 2)], re.compile("a").search("a", 5), re.compile("").match("ab", -3).span(), re.compile("b").search("ab", pos=1, endpos=2).span(), re.compile("").search("é", 0, 99).endpos)
m = re.compile("(?P<x>b)(c)?").search("abcé", 1, 3)
print(m, m.pos, m.endpos, m.string, m.re, m.regs, m.lastindex, m.lastgroup, m.span("x"), m.start(2), m.end(), bool(m), m["x"], m[2], m.group("x", 0), copy.copy(m) is m, copy.deepcopy(m) is m)
n = re.match("(a)|(?P<b>b)", "b")
print(n.groups(), n.groups("-"), n.groupdict(), n.groupdict(default=0), n.span(1), n[1], n.lastindex, n.lastgroup, n.expand(r"<\2\1\g<b>\g<0>>"), repr(re.match("(?P<q>')", "'")), re.match("((a)(b))", "ab").lastindex, re.match("(a)()", "a").lastindex)
for bad in (3, "x", -1, 1.5, None):
    print(fails(lambda: n.group(bad)), fails(lambda: n[bad]), fails(lambda: n.start(bad)))

# templates
print(re.sub("(.)" * 10, r"\10-\g<10>-\1\060\g<1>0", "abcdefghij"), re.sub("(a)", r"\g<1>1\n\t\\\101\0", "a").encode(), re.sub("(?P<n>a)(b)?", r"[\g<n>\2]", "aab"), re.sub("a", r"\.\-", "a"), re.sub("a", lambda m: r"\1", "a"), re.sub("é", r"\g<0>\g<0>", "été"))
for t in (r"\5", r"\g<x>", r"\g<1", r"\g<>", r"\g<a b>", r"\g", r"\q", r"\777", "\\", r"\g<-1>", r"\g<12>", r"\99", r"x\g<é!>"):
    print(ascii(t), fails(lambda: re.sub("(a)", t, "a")), fails(lambda: re.match("(a)", "a").expand(t)))
print(fails(lambda: re.sub("a", 3, "a")), fails(lambda: re.sub("a", b"x", "a")), fails(lambda: re.sub("a", lambda m: 3, "xa")), fails(lambda: re.sub("a", lambda m: None, "xay")), re.sub("a", "b", "aaa", 2), re.sub("a", "b", "aaa", count=-1), re.sub("a", "b", "aaa", flags=re.I, count=1), re.sub("A", "b", "aa", 1, re.I))
print(re.sub(b"(\xe9)", rb"<\1>", b"a\xe9"), re.split(b",", bytearray(b"a,b")), re.findall(b"(?i)A", b"aA"), re.search(b"\xff", b"\xe9\xff").span(), re.search(b"a", memoryview(b"ba")).group())

# patterns that are none
for bad in ("(", ")", "a)", "*", "a**", "a{2,1}", "[", "[b-a]", "[\\w-a]", "\\", "(?P<1>a)", "(?P<a>)(?P<a>)", "(?P=x)", "(?P<a", "(?Px)", "(?<a)", "(?<=a*)", "(?<=(a)\\1)", "(?z)", "(?i", "(?i-)", "(?i-i:a)", "(?-u:a)", "a(?i)", "(?(1)a|b|c)",
            "(?(1)a)", "(?(x)a)", "(?(0)a)", "\\1", "(\\1)", "\\q", "\\xg", "\\u12", "\\U00110000", "\\N", "[\\A]", "(?#", "(?", "(?P", "x{99999999999}", "(?L)a", "(?au)a", "\n(\n", "(?P<é!>)", "\\8", "\\400", "(?>a", "^*", "(?<=a", "(?i:a", "[[a", "\\Z+", "(?a-"):
    print(ascii(bad), fails(lambda: re.compile(bad)))
e = fails(lambda: re.compile("a\nb(")) and None
try:
    re.compile("a\nb(")
except re.error as e:
    print(e.msg, repr(e.pattern), e.pos, e.lineno, e.colno, isinstance(e, Exception), e.args, re.error.__module__)
print(re.error("m"), re.error("m", "abc", 1), re.error("m").pos)
for f in (lambda: re.compile(3), lambda: re.search("a", 3), lambda: re.search("a", b"a"), lambda: re.search(b"a", "a"), lambda: re.search("a", None), lambda: re.compile(re.compile("a"), re.I), lambda: re.compile(b"a", re.U), lambda: re.compile("a", re.A | re.U),
          lambda: re.compile("a", re.L), lambda: re.compile(b"\\u00e9"), lambda: re.Pattern(), lambda: re.Match(), lambda: re.compile(b"(?u)a")):
    print(fails(f))

# patterns and flags
p = re.compile("(?P<a>x)(y)(?P<b>z)", re.I | re.M)
print(p, p.pattern, p.flags, type(p.flags), p.groups, p.groupindex, dict(p.groupindex), re.compile("(?ix)a").flags, re.compile(b"a").flags, re.compile("a", re.A).flags, p == re.compile("(?P<a>x)(y)(?P<b>z)", re.M | re.I), p == re.compile("a"), p != 3, hash(p) == hash(copy.copy(p)))
print(re.compile("a"), re.compile(b"a", re.S), re.compile("a" * 300), re.compile("'", re.X | re.A), re.compile(p) is p, re.compile("a") is re.compile("a"), copy.deepcopy(p) is p)
print(re.I, repr(re.I), str(re.I), repr(re.I | re.M), re.I | re.M, repr(re.NOFLAG), repr(re.RegexFlag(0)), int(re.X), re.I.name, re.I.value, repr(~re.I), re.I & re.M, bool(re.I & re.I), re.RegexFlag.I is re.IGNORECASE, isinstance(re.I, int), re.I == 2, f"{re.I}", list(re.I | re.S), re.RegexFlag["M"], repr(re.I | 1 << 20))
print(type(re.match("a", "a")), type(p), re.Pattern, re.Match, isinstance(p, re.Pattern), type(re.finditer("a", "a")))
print(re.escape("a.b*c[d]-é_ \n\\/@"), re.escape(b"a.\xe9"), re.escape(""), re.fullmatch(re.escape("x.y|z"), "x.y|z").group())
print(re.purge(), sorted(re.__all__), re.A is re.ASCII)
s = p.scanner("XYZxyzA")
print(s.match(), s.search(), s.search(), s.pattern is p)
lex = re.Scanner([(r"\d+", lambda sc, t: int(t)), (r"[a-z]\w*", lambda sc, t: (sc.match.start(), t)), (r"\s+", None), (r"=", "EQ")])
print(lex.scan("ab = 12 !"), lex.scan("é"))
print([m.lastgroup for m in re.finditer(r"(?P<num>\d+)|(?P<id>\w+)|(?P<op>[-+*/])", "a1 + 22*b")], [m.lastindex for m in re.finditer("(a)(b)?|((c)d)", "aabcd")])
