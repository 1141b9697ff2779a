import argparse
import sys

sys.stderr = sys.stdout


def attempt(f, *a):
    try:
        print(f(*a))
    except SystemExit as e:
        print("exit", e.code)
    except Exception as e:
        print(type(e).__name__, e)


p = argparse.ArgumentParser(prog="demo", description="A demo of things.", epilog="That is all.")
p.add_argument("--host", "-H", default="localhost", help="the host")
p.add_argument("--port", type=int, default="80", help="the port (default %(default)s)")
p.add_argument("-v", "--verbose", action="store_true")
p.add_argument("--no-color", action="store_false", dest="color", help="no colours at all in any of the many outputs that this program has")
p.add_argument("--level", choices=["debug", "info"], default="info")
p.add_argument("--tag", action="append")
p.add_argument("-c", action="count", default=0)
p.add_argument("--pair", nargs=2, type=float, metavar=("A", "B"))
p.add_argument("--opt", nargs="?", const="C", default="D")
p.add_argument("--many", nargs="*")
p.add_argument("--some", nargs="+", help=argparse.SUPPRESS)
p.add_argument("--const", action="store_const", const=42)
p.add_argument("--flag", action=argparse.BooleanOptionalAction)
p.add_argument("name", nargs="?", default="nobody")
p.add_argument("rest", nargs="*")
for args in ([], ["--host", "h", "--port=8", "-v", "--no-color", "x"], ["-Hq", "-ccc", "-vc", "--tag", "a", "--tag=b"], ["--pair", "1", "2", "n", "r1", "r2"],
             ["--opt"], ["--opt", "v", "--many", "1", "2", "--some", "3"], ["--const", "--flag"], ["--no-flag", "--", "-x", "y"], ["--lev", "debug"], ["--verb"],
             ["--port", "x"], ["--level", "nope"], ["--pair", "1"], ["--unknown", "1"], ["--host"], ["--so"], ["--c"], ["--verbose=1"], ["-vx"], ["n", "-1"], ["--port", "-5"], ["-h"]):
    attempt(p.parse_args, args)
print(p.parse_known_args(["--nope", "3", "name", "--host", "z", "--zz=1"]))
p.print_usage()
print(p.format_help())
print(p.get_default("host"))
p.set_defaults(host="other", added=1)
print(p.parse_args([]).host, p.parse_args([]).added)

q = argparse.ArgumentParser(prog="q", add_help=False, allow_abbrev=False)
q.add_argument("first")
q.add_argument("second", type=int)
q.add_argument("others", nargs="+")
g = q.add_argument_group("a group", "of things")
g.add_argument("--in-group", required=True, type=str.upper)
m = q.add_mutually_exclusive_group(required=True)
m.add_argument("--a", action="store_true")
m.add_argument("--b")
for args in (["1", "2", "3", "4", "--in-group", "x", "--a"], [], ["1"], ["1", "2", "3", "--in-group", "x"], ["1", "z", "3", "--in-group", "x", "--a"], ["1", "2", "3", "--in-group", "x", "--a", "--b", "c"], ["--in-group", "q", "--b", "c", "1", "2", "3"]):
    attempt(q.parse_args, args)
print(q.format_help())

s = argparse.ArgumentParser(prog="s")
s.add_argument("--top", action="store_true")
subs = s.add_subparsers(dest="cmd", help="the commands")
run = subs.add_parser("run", help="runs")
run.add_argument("what")
run.add_argument("--fast", action="store_true")
run.set_defaults(func=len)
subs.add_parser("stop", aliases=["halt"])
for args in (["run", "x", "--fast"], ["--top", "stop"], ["nope"], [], ["run"], ["run", "x", "--bad"]):
    attempt(s.parse_args, args)

ns = argparse.Namespace(a=1, b="x")
print(ns, ns == argparse.Namespace(a=1, b="x"), "a" in ns, vars(ns))
base = argparse.ArgumentParser(add_help=False)
base.add_argument("--shared", default=1)
child = argparse.ArgumentParser(prog="child", parents=[base])
print(child.parse_args(["--shared", "2"]))


def even(s):
    n = int(s)
    if n % 2:
        raise argparse.ArgumentTypeError(f"{n} is odd")
    return n


child.add_argument("--even", type=even)
attempt(child.parse_args, ["--even", "3"])
attempt(child.parse_args, ["--even", "x"])
attempt(child.add_argument, "--shared")
attempt(lambda: child.add_argument("--x", action="what"))
attempt(lambda: child.add_argument("--y", type="what"))


class Upper(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (values.upper(), option_string))


child.add_argument("--upper", action=Upper)
print(child.parse_args(["--upper", "abc"]))
child.error = lambda message: print("error:", message)
try:
    child.parse_args(["--nope"])
except Exception as e:
    print(type(e))
e = argparse.ArgumentParser(exit_on_error=False)
e.add_argument("--n", type=int)
try:
    e.parse_args(["--n", "x"])
except argparse.ArgumentError as x:
    print("raised", x)
