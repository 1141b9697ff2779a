"""What patterns mean: letters of all alphabets, ends of lines, look-around, references."""
import re

# letters, digits and blanks of Unicode
print(re.findall(r"[\w.]+@", "jürgen@x"), re.split(r"\W+", "Zürich"), re.sub(r"\W+", "-", "Zürich"), re.findall(r"\b\w+\b", "été à Zürich"))
print(re.split(r"\s", "a\u00a0b\u2003c\x1cd"), re.findall(r"\d+", "٣٤ 12"), re.match(r"\d+$", "１２"), re.findall(r"\w", "é_ß²½中Ⅷ-"), re.findall(r"\B.", "été x"))
print(re.findall(r"\w+", "été", re.ASCII), re.split(r"\s", "a\u00a0b", flags=re.A), re.findall(r"(?a)\b\w", "été tu"), re.findall(r"(?a:\w)\w", "aé éa"), re.findall(r"(?u)\w", "é"))
print(re.findall(rb"\w+", "été".encode()), re.findall(rb"\s", b"a\xa0b\x1c \x0b"), re.findall(rb"[^\w]", b"\xe9a"), re.findall(rb"(?L)\w", b"a\xe9"))

# ends
for p in (r"^\d+$", r"^\d+\Z", r"\A\d+$", r"(?m)^\d+$", r"\d+$\n?"):
    print(p, [bool(re.match(p, s)) for s in ("42", "42\n", "42\n\n", "x\n42", "42\r\n")], re.findall(p, "1\n22\n"), [m.span() for m in re.finditer("$", "a\nb\n")])
print([m.start() for m in re.finditer("(?m)^", "a\n\nb\n")], [m.start() for m in re.finditer("(?m)$", "a\n\nb\n")], re.search(r"\B", ""), re.search(r"\B", "ab"), re.search(r"\b", ""))

# counts
print(re.findall("a{,2}", "aaa"), re.findall("a{1,}", "aaa"), re.findall("a{,}", "aa"), re.findall("a{}", "a{}"), re.findall("a{x}", "a{x}"), re.findall("a{2", "a{2"), re.match("(?:ab){1500}", "ab" * 1500).end())
print(re.match("(a|b)*?c", "abac").groups(), re.match("(?:(a)|b)*", "ab").groups(), re.match("(a*)*", "aab").span(1), re.match("(a?)+?b", "aab").span(1), re.match("(|a){2,}b", "ab").span(1))

# look-around
print(re.search(r'(?<=name="csrf" value=")[^"]+', '<input name="csrf" value="a1b2">').group(), re.findall(r"\d+(?=€)", "5€ 6$ 7€"), re.findall(r"(?<!\d)\d{2}(?!\d)", "1 22 333 44"))
print(re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", "1234567"), re.findall(r"(?<=a)b", "ab bb", 0), re.search("(?<=a|b)c", "bc").span(), re.search("(?<=(..))c", "abc").groups(), re.findall("(?<=é)x", "éx ex"))
print(re.compile("(?<=ab)c").search("abc", 2).span(), re.compile("(?<=ab)c").match("abc", 2), re.compile("a(?=b)").search("ab", 0, 1), re.compile("a(?=b)").fullmatch("a"), re.search("(?=(a))(?!b)", "a").groups())

# references and conditions
print(re.findall(r"<(\w+)>.*?</\1>", "<b>x</b><i>y</b>"), re.search(r"(?P<q>['\"]).*?(?P=q)", """say "it's" """).group(), re.match(r"(a)?\1b", "b"), re.match(r"(?i)(é)\1", "éÉ").group())
print([re.fullmatch(r"(<)?\w+(?(1)>)", s) is not None for s in ("<a>", "a", "<a", "a>")], [re.fullmatch(r"(?P<b>\()?a(?(b)\)|x)", s) is not None for s in ("(a)", "ax", "(ax", "a")])
print(re.match(r"(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)\10", "abcdefghijj").group(), re.match(r"\101\x41\u0041\U00000041\n\0", "AAAA\n\0").group())

# possessive and atomic
print(re.match("a++a", "aaa"), re.match("(?>a+)a", "aaa"), re.match("(?>a|ab)c", "abc"), re.match("a*+b", "aab").group(), re.match("(?:ab){1,2}+c", "ababc").group(), re.match("a?+a", "a"))

# verbose, scoped flags
DATE = re.compile(r"""
    (?P<y> \d{4} )   # the year
    [ -]             # a blank in a set stays
    (?P<m> \d\d )
    \ \#             # escaped ones too
    """, re.VERBOSE)
print(DATE.match("2024-05 #").groupdict(), re.match("(?x) a b # c\n c", "abc").group(), re.findall("(?i:a)b", "Ab AB"), re.findall("(?s:.)(?-i:a)", "\na\nA", re.I), re.findall("(?im)^a", "A\na"))
print(re.findall("(?x: a b )c d", "abc d"), re.findall("(?i)ß", "ẞß"), re.findall("k", "kKK", re.I), re.findall("[k-l]", "kKK", re.I), re.findall("k", "kKK", re.I | re.A), re.findall("s", "sSſ", re.I), re.findall("ı|i", "İiIı", re.I), re.findall("[^à-ý]", "Éé×", re.I), re.findall("σ", "Σσς", re.I))

# sets
print(re.findall(r"[]a-]", "]-ab"), re.findall(r"[^]a]", "]ab"), re.findall(r"[\]\-\\]", r"]-\a"), re.findall(r"[a\-z]", "a-zb"), re.findall(r"[\W\d]", "a1é_-"), re.findall(r"[\w-]+", "a-é b"), re.findall(r"[[:alpha:]]", "a:]l"), re.findall("[\\b]", "\b"), re.findall("[+--]", "+,-."))
print(re.findall("😀+.", "😀😀é😀"), re.findall("[😀-😂]", "😁x"), re.findall(".", "\ud800é"), re.findall("[\ud800-\udfff]", "a\ud83d"), re.search("é", "aé\ud83d").span())
print(re.search(r'(?:"([^"\\]|\\.)*")', r'say "a\"b" c').group(), re.match(r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$", "192.168.1.254").group(), re.match(r"\\", "\\").group())
print([re.fullmatch(p, "ab").span(1) for p in ("(|ab){1,2}", "(|ab)+", "(|ab){1,}?", "(|a|b){1,3}", "(a|b|){2,4}", "(|ab)*", "(ab|)+")])
lone = "a\ud800b\ud83d\udc00c"
print([ascii(re.findall(p, lone)) for p in (".+?", "a.+?", "a.*?b", "a.b", "a.+b", "[^c]+", r"\W+", r"b\W+?", "[^a]*?c", "a.{1,}", "x*?", r"\S+?(?=c)", "(?<=b).+?")], re.search("b.+?c", lone).span())
