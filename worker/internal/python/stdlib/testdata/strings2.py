import string
from string import Template, Formatter
def show(f, *a, **kw):
    try: print(f(*a, **kw))
    except Exception as e: print(type(e).__name__, e)
t = Template("Hi $name, ${what}ly $$5 $name")
print(t.substitute(name="Ann", what="fresh"), t.safe_substitute(name=1), t.substitute({"name": 2, "what": 3}), t.get_identifiers(), t.is_valid(), t.template)
show(t.substitute, name=1); show(Template("a $ b").substitute); show(Template("x\ny $9").substitute); print(Template("a $ b $9 ${} ${x").safe_substitute(), Template("a $").is_valid(), Template("$").safe_substitute()); show(Template("$x ${x").substitute, x=1)
class Pct(Template): delimiter = "%"
class Dot(Template): idpattern = r"[a-z][._a-z0-9]*"
class Bra(Template): braceidpattern = r"[0-9]+"
print(Pct("%a $b %% %{c}").substitute(a=1, c=2), Dot("$a.b.c $x").substitute({"a.b.c": 5, "x": 1}), Bra("${12} $a").substitute({"12": "n", "a": "m"}), Template.delimiter, Template.idpattern is not None, Template("$été $naïve").safe_substitute(na=1))
show(lambda: t.substitute({"name": 1}, what=2)); show(lambda: t.substitute(5))
f = Formatter()
print(f.format("{} {1!r:>5} {x.real} {y[a]} {z[0]:{w}}", 1) if False else f.format("{0} {1!r:>5} {x.real} {y[a]} {z[0]:{w}}", 1, "s", x=3, y={"a": 5}, z=[7], w=4))
print(f.format("{} {} {{}} {:.2f}", 1, 2, 3.14159), f.vformat("{a}-{0}", (5,), {"a": 1}), list(f.parse("a{b!r:c}d{{e}}{}x{f:{g}}")))
for s in ("{", "}", "{0", "{!}", "{0!z}", "{0!rx}", "{x}", "{5}", "{0[1]a}", "{0.}", "{} {0}", "{0} {}", "{0:{1:{2}}}"): show(f.format, s, 1, 2, 3)
class Default(Formatter):
    def get_value(self, key, args, kw):
        return kw.get(key, f"<{key}>") if isinstance(key, str) else args[key]
    def check_unused_args(self, used, args, kw): print("used", sorted(map(str, used)))
    def format_field(self, v, spec): return v.upper() if spec == "up" else super().format_field(v, spec)
print(Default().format("{who:up} {missing} {0}", 4, who="me"), f.get_field("0[a].real", ({"a": 3},), {}), f.convert_field("é", "a"))
print(string.capwords("hello  wORLD x"), string.capwords("a-b-c", "-"), len(string.printable))
