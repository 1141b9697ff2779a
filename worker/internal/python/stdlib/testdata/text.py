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
for w in (5, 8, 14):
    print(textwrap.wrap("Ein Straßen-Café, l'après-midi -- 3-4 Mal--oder so; vice-président a-b-c --foo-bar x--y- été\u00a0là", w), textwrap.wrap("mi-été 12-34", w, break_on_hyphens=False))
import string
print(string.Template("$a ${b} $ſ $K $é $$ ${A}").safe_substitute(a=1, b=2, A=3, K=5), fails) if (fails := 1) else None


class Percent(string.Template):
    delimiter, idpattern = "%", "[a-z]+ [0-9]?"


print(Percent("%ab1 %cd %%").safe_substitute(ab1="x", cd="y"), string.Template("$x\n$1").is_valid())
