"""Lone surrogates stay what they are in whatever is made of a text."""
for s in ("\ud800", "a\ud800B", "É\udfffß", "\ud83d\ude00x", "x\udc80y Z", "ΑΣ\ud800", "Σ\ud800Σ", "İ\udc00", "ǆ\udc00ǅ", "\udc80abc\udc81", "ABC\udc81", "Abc\udc81 Def"):
    print(ascii(s), len(s))
    for name in ("lower", "upper", "title", "casefold", "swapcase", "capitalize", "strip", "split", "splitlines", "expandtabs"):
        print(name, ascii(getattr(s, name)()))
    print([getattr(s, "is" + name)() for name in "upper lower title alpha alnum digit decimal numeric space printable ascii identifier".split()])
    for r in (s.center(12, "*"), s.zfill(9), s.replace("", "-"), s.replace("\ud800", "?"), s.translate({0xd800: "<", 0xdfff: None, ord("a"): "\ud801"}), s[::-1], s * 2, s.partition("\ud800"), s.rsplit("\udc80"),
              s.find("\udc81"), s.rfind("\ud800"), s.index(s[-1]), s.count("\ud800"), s.startswith("\ud800"), s.endswith(("\udc81", "\udc00")), s.strip("\udc80\udc81\ud800"), s.removeprefix("\udc80"), s.removesuffix("\udc81"),
              "%s|%r|%5.1s" % (s, s, s), f"{s:>8}|{s:.1}|{s!a}", "{:*^7}".format(s), "-".join(s), sorted(s), "\ud800" in s, s < "\ue000", s > "\U00010000", str.maketrans(s, s), [ord(c) for c in s],
              s.encode("utf-8", "surrogatepass"), s.encode("utf-8", "ignore"), s.encode("ascii", "backslashreplace"), s.encode("utf-16-le", "surrogatepass"), s.ljust(4, "\udc00"), s == s.lower(), hash(s) == hash(s.swapcase().swapcase()) or True):
        print(ascii(r))
for s in ("straße", "ﬁx ﬃn", "ŉx", "ΑΣ ΣΑΣ, Σ", "中a", "ǆ ǅ ǲx", "ⅷ Ⅷ", "ªb", "İI ıi", "o'neil's", "a1b2 3c", "և ẖ ẚ ΐ", "ΐΰ", "ÀÉ ñ", "ß", "Ⓐⓑ"):
    print(ascii(s), *[ascii(getattr(s, name)()) for name in ("lower", "upper", "title", "swapcase", "capitalize")], [getattr(s, "is" + name)() for name in ("upper", "lower", "title")])
