import configparser
import io
import shlex

c = configparser.ConfigParser(defaults={"base": "/opt"})
c.read_string("""
# comment
[server]
host = example.com
port: 8080
path = %(base)s/x%%
debug = yes
multi = one
    two

    three
; other
[Empty]
[users]
Admin = root
""")
print(c.sections(), c["server"]["host"], c.getint("server", "port"), c.getboolean("server", "debug"), c.get("server", "path"), repr(c["server"]["multi"]))
print(c.has_section("x"), c.has_option("server", "HOST"), c.options("users"), dict(c["users"]), c.items("users"), list(c), "server" in c)
print(c.get("server", "nope", fallback="f"), c["server"].get("nope"), c["server"].get("nope", "d"), c["server"].getint("port"), c.getfloat("server", "port"))


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e))


attempt(lambda: c.get("server", "nope"))
attempt(lambda: c.get("nope", "x"))
attempt(lambda: c["nope"])
attempt(lambda: c["server"]["nope"])
attempt(lambda: c.getint("server", "host"))
attempt(lambda: c.getboolean("server", "host"))
attempt(lambda: configparser.ConfigParser().read_string("a=1"))
attempt(lambda: configparser.ConfigParser().read_string("[a]\nx=1\nx=2"))
attempt(lambda: configparser.ConfigParser().read_string("[a]\n[a]\n"))
attempt(lambda: configparser.ConfigParser().read_string("[a]\nnovalue\n"))
attempt(lambda: c.set("server", "x", 1))
attempt(lambda: c.add_section("server"))
c["new"] = {"k": "v", "n": 3}
c.set("new", "z", "1")
c.remove_option("new", "k")
c.remove_section("Empty")
out = io.StringIO()
c.write(out)
print(out.getvalue())
r = configparser.RawConfigParser(allow_no_value=True)
r.read_string("[a]\nflag\nx = %(y)s ; no\n")
print(r.get("a", "flag"), r.get("a", "x"), c.read("/nonexistent.ini"))

print(shlex.split("a 'b c' \"d \\\" e\" f\\ g # h"), shlex.split("a # b", comments=True), shlex.quote("it's"), shlex.quote("plain"), shlex.quote(""), shlex.join(["a b", "c"]))
attempt(lambda: shlex.split("'open"))
attempt(lambda: shlex.split("end\\"))
