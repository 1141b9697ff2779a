import textwrap

text = "The quick brown fox jumped over the lazy dog, and a well-known state-of-the-art  supercalifragilisticexpialidocious word followed --option-name here. End."
for w in (10, 20, 33, 70):
    print(textwrap.fill(text, w))
    print(textwrap.wrap(text, w, initial_indent="* ", subsequent_indent="  "))
print(textwrap.wrap(text, 12, break_long_words=False, break_on_hyphens=False))
print(textwrap.shorten(text, 30), "|", textwrap.shorten(text, 40, placeholder="..."), "|", textwrap.shorten("short", 30))
print(repr(textwrap.dedent("""
    a
      b

    c
      """)), repr(textwrap.dedent("\ta\n\t b\n")), repr(textwrap.dedent("a\n  b")))
print(repr(textwrap.indent("a\n\nb\n", "> ")), repr(textwrap.indent("a\n\nb", "> ", lambda line: True)))
print(textwrap.wrap(""), textwrap.wrap("   "), repr(textwrap.fill("a\tb\nc")))
