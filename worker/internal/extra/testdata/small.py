import calendar
import hmac
import hashlib
import importlib
import pprint
import signal
from fractions import Fraction
from http.cookies import SimpleCookie

print(calendar.monthrange(2024, 2), calendar.isleap(1900), calendar.monthcalendar(2024, 2), calendar.timegm((2024, 1, 2, 3, 4, 5)), calendar.leapdays(1900, 2024))
print(list(calendar.day_name)[:2], calendar.month_abbr[3], calendar.weekday(2024, 5, 1), [str(d) for d in calendar.Calendar(6).itermonthdates(2023, 2)][:3])
try:
    calendar.monthrange(2024, 13)
except ValueError as e:
    print(e)
print(hmac.new(b"key", b"The quick brown fox jumps over the lazy dog", hashlib.sha256).hexdigest(), hmac.new(b"k" * 100, b"x", "md5").hexdigest())
print(hmac.new(b"k", b"x", "sha512").hexdigest(), hmac.digest(b"k", b"x", "sha1").hex(), hmac.compare_digest("a", "a"), hmac.new(b"k", digestmod="sha1").name)
h = hmac.new(b"k", digestmod="sha384")
h.update(b"a")
h.update(b"b")
print(h.hexdigest() == hmac.new(b"k", b"ab", "sha384").hexdigest(), h.digest_size)
try:
    hmac.new("k", b"x", "sha1")
except TypeError as e:
    print(e)
m = importlib.import_module("os.path")
print(m.join("a", "b"), importlib.import_module(".path", "os") is m)
try:
    importlib.import_module("no_such_module")
except ModuleNotFoundError as e:
    print(e)
print(Fraction(1, 3) + Fraction(1, 6), Fraction("0.125"), Fraction(0.5) * 3, Fraction(7, 2) // 1, Fraction(-7, 2) % 2, Fraction(1, 3) < 0.5, repr(Fraction(6, -4)), float(Fraction(1, 4)))
print(Fraction(3.14159265).limit_denominator(100), round(Fraction(5, 2)), int(Fraction(-7, 2)), Fraction("3/4") ** 2, 1 / Fraction(2), 1 - Fraction(1, 4), hash(Fraction(3)) == hash(3), Fraction(1, 2) == 0.5, Fraction("1e-2"))
for bad in (lambda: Fraction("x"), lambda: Fraction(1, 0)):
    try:
        bad()
    except (ValueError, ZeroDivisionError) as e:
        print(type(e).__name__, e)
data = {"name": "a thing", "values": list(range(30)), "nested": {"b": [1, 2, {"c": "d" * 50}], "a": ("x", "y" * 30, None)}, 3: True}
pprint.pprint({k: v for k, v in data.items() if k != 3})
pprint.pprint(data["nested"], width=40, indent=2)
pprint.pprint([["a" * 20, "b" * 20], ["c" * 20, "d" * 20], "e"], width=30)
pprint.pprint({"z": 1, "a": 2})
pprint.pp({"z": 1, "a": 2})
pprint.pprint(list(range(40)), compact=True)
pprint.pprint(data["nested"], depth=1)
pprint.pprint("the quick brown fox jumps over the lazy dog " * 4)
pprint.pprint({"text": "the quick brown fox jumps over the lazy dog " * 3})
print(pprint.pformat(("one",)), pprint.pformat([]), pprint.pformat({"k" * 50: "v" * 40, "s": {1, 2, 3}}))
print(int(signal.SIGTERM), int(signal.SIGINT), int(signal.SIGUSR1))
c = SimpleCookie("a=1; b=\"two words\"; c=x")
print(c["a"].value, c["b"].value, {k: m.value for k, m in c.items()})
c = SimpleCookie()
c["sid"] = "abc def"
c["sid"]["path"] = "/"
c["sid"]["max-age"] = 10
c["sid"]["httponly"] = True
print(c.output(), c["sid"].OutputString())
