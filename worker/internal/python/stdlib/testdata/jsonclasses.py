import json, io
from datetime import datetime
from collections import OrderedDict
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class E(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, datetime): return o.isoformat()
        if isinstance(o, set): return sorted(o)
        return super().default(o)
d = {"t": datetime(2024, 1, 2), "s": {3, 1}, "é": 1.0}
t(lambda: json.dumps(d, cls=E)); t(lambda: json.dumps(d, cls=E, indent=2, sort_keys=True, ensure_ascii=False)); t(lambda: json.dumps(object(), cls=E)); t(lambda: json.dumps(d)); t(lambda: E(separators=(",", ":")).encode({"a": [1, 2]}))
t(lambda: "".join(E().iterencode([1, {"a": {2}}]))); t(lambda: json.JSONEncoder(default=str).encode(datetime(2024, 1, 1)))
class Kw(json.JSONEncoder):
    def __init__(self, *a, prefix="", **k): super().__init__(*a, **k); self.prefix = prefix
    def default(self, o): return self.prefix + str(o)
t(lambda: json.dumps([{1}], cls=Kw, prefix="p:"))
class D(json.JSONDecoder):
    def __init__(self, *a, **k): super().__init__(*a, object_hook=self.hook, **k)
    def hook(self, o): return {k.upper(): v for k, v in o.items()}
t(lambda: json.loads('{"a": {"b": 1}}', cls=D)); t(lambda: json.JSONDecoder().decode(' [1, 2] ')); t(lambda: json.JSONDecoder().raw_decode('{"é": 1} rest')); t(lambda: json.JSONDecoder().raw_decode('é[1]x', 1)); t(lambda: json.JSONDecoder().raw_decode('  1'))
t(lambda: json.loads('{"a": 1.10, "b": 2}', parse_float=str, parse_int=lambda s: s + "!")); t(lambda: json.loads('[NaN, Infinity, -Infinity]', parse_constant=lambda s: s)); t(lambda: json.loads('{"b": 1, "a": {"c": 2}}', object_pairs_hook=OrderedDict)); t(lambda: json.loads('{"a": 1, "a": 2}', object_pairs_hook=lambda p: p))
t(lambda: json.loads('"a\tb"')); t(lambda: json.loads('"a\tb"', strict=False)); t(lambda: json.loads(b'\xef\xbb\xbf[1]')); t(lambda: json.loads('[1]'.encode("utf-16"))); t(lambda: json.loads('["é"]'.encode("utf-16-le"))); t(lambda: json.loads(bytearray(b"[2]")))
t(lambda: json.loads("")); t(lambda: json.loads("[1,\n x]")); t(lambda: json.loads("{'a': 1}")); t(lambda: json.loads("[1] 2")); t(lambda: json.loads(None)); t(lambda: json.loads("nul"))
try: json.loads("[1,\n  x]")
except json.JSONDecodeError as e: print(e.msg, e.pos, e.lineno, e.colno, repr(e.doc), isinstance(e, ValueError), e.args)
t(lambda: str(json.JSONDecodeError("m", "doc\nx", 5))); t(lambda: json.decoder.JSONDecodeError is json.JSONDecodeError); t(lambda: json.dumps({1: 2, None: 3, True: 4, 1.5: 5})); t(lambda: json.dumps({(1,): 2})); t(lambda: json.dumps({(1,): 2, "a": 1}, skipkeys=True)); t(lambda: json.dumps(float("nan"), allow_nan=False)); t(lambda: json.dumps([], indent=2)); t(lambda: json.dumps([1, [2]], indent="\t")); t(lambda: json.dumps({"b": 1, "a": 2}, sort_keys=True, separators=(",", ":")))
f = io.StringIO(); json.dump({"x": {1, 2}}, f, cls=E, indent=1); print(f.getvalue()); f.seek(0); t(lambda: json.load(f, object_hook=lambda o: list(o)))
l = []; l.append(l); t(lambda: json.dumps(l)); t(lambda: json.dumps("\x7f\u2028\ud83d\ude00 <>&/")); import json.encoder, json.decoder; t(lambda: json.encoder.encode_basestring_ascii("é")); t(lambda: json.detect_encoding(b"[1]") if 0 else 1)
