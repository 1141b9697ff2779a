import json
for v in ({"a": 1, "b": [1.0, True, None, "é\n\"\\\u2028😀"], 1: 2, None: 3, 1.5: 4, True: 5}, 1e16, 10**25, [], {}, (1, 2), "x</", float("inf"), 0.1):
    print(json.dumps(v))
print(json.dumps({"b": 1, "a": [1, {"c": 2}], "e": [], "f": {}}, indent=2, sort_keys=True))
print(json.dumps([1, {"a": 2}], separators=(",", ":")), json.dumps("é", ensure_ascii=False), json.dumps({1: object}, default=str), json.dumps([1, [2]], indent="\t"))
def show(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for s in ('{"a": [1, 2.5, -3e2, true, false, null], "a": 1}', "", "{", "[1,]", '{"a" 1}', '{"a": }', "nul", '"abc', '"a\nb"', '"\\x"', '"\\ud83d\\ude00\\u00e9"', "[1 2]", "1 2", '{"a":1,}', "{1:2}", "NaN", "-Infinity", "12345678901234567890123", "1.0", "1E5", " [ ] ", "-", "01", '{"a":1 "b":2}', "\n\n x", b'{"x": 1}', "tru"):
    show(lambda: json.loads(s))
show(lambda: json.loads(5))
show(lambda: json.dumps(object()) and 0)
show(lambda: json.dumps({(1, 2): 3}))
show(lambda: json.dumps(float("nan"), allow_nan=False))
l = []; l.append(l)
show(lambda: json.dumps(l))
show(lambda: json.dumps({1, 2}))
try: json.loads("x")
except json.JSONDecodeError as e: print(e.msg, e.pos, e.lineno, e.colno, isinstance(e, ValueError), type(e).__module__)
print(json.loads('{"a": 1}', object_hook=lambda d: list(d.items())))
