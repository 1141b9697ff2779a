# What requests sends, shows and raises: run by CPython for the golden and by our Python. base is the server's URL.
import io
import requests
from requests.auth import HTTPBasicAuth, HTTPDigestAuth
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict


def case(name, f):
    try:
        result = f()
    except Exception as e:
        chain, seen = [], e
        while seen is not None and not isinstance(seen, StopIteration) and not (chain and type(seen) is ValueError):
            chain.append(repr(seen))
            seen = seen.__context__
        print(name, "RAISES", " <- ".join(chain), [c.__name__ for c in type(e).__mro__])
        return None
    print(name, "->", result)
    return result


def sent(r):
    """The request as the server got it."""
    return repr(r.text)


s = requests.Session()

# URLs
for url in ["/echo/x", "/echo/a b", "/echo/é?q=ü", "/echo/%7Eu/%zz", "/echo/a/../b/./c", "/echo?x=1&y=[2]", "/echo/[a]{b}|c^d`e", "/echo/?", "/echo#frag", "/echo/a%2fb%2Fc",
            "/echo?a=b?c/d", "/echo?q=%41%zz&r= ", "//echo//x", "/echo/;p=1?x;y", "/echo/'\"<>", "/echo\\x", "/echo/a+b?c+d", "/echo/\u20ac", "/echo?x=1#a?b", "/echo/%e9", "/echo/%C3%A9", "/echo/.", "/echo/..", "/echo/...",
            "/echo/a//b", "/echo/@:!$&'()*+,;=", "/echo?%"]:
    case("url " + ascii(url), lambda: (lambda r: (sent(r), r.url, r.request.path_url))(s.get(base + url)))
for url in ["x", "", "http://", "http:///x", "://x", "ftp://h/x", "http://*h/", "http://.h/", "mailto:a@b", "http://[::1", "http://h:99999/", "http://h:x/", "/path", "HTTP", "http:/x", "file:///etc", "localhost:1/x", "1.2.3.4", "http://a b/"]:
    case("bad url " + ascii(url), lambda: s.get(url))

# params
for params in [{"a": 1}, {"a": [1, 2], "b": None, "c": True}, [("a", "1"), ("a", "2")], "raw=1&x y", b"bytes=1", {"é": "ü ö", "s": "a/b?c&d=e"}, {}, {"x": ""}, {"l": []}, {"t": ("p", "q")}, {"f": 1.5}, {"n": 10 ** 20}, "?a", {"a": {"k": 1}},
               {b"k": b"v"}, {"a": "~-_.!*'()"}]:
    case("params " + ascii(params), lambda: (lambda r: (sent(r), r.url))(s.get(base + "/echo?z=9", params=params)))
case("params int", lambda: s.get(base + "/echo", params=5))
case("params pairs", lambda: s.get(base + "/echo", params=[("a",)]))

# bodies
for data in [{"a": 1}, {"a": [1, 2], "b": None, "c": "x y&é"}, [("a", "1"), ("a", "2")], "text é", b"\x00\xff", "", {}, [], (("k", "v"),), io.BytesIO(b"file"), io.StringIO("text"), {"x": True, "y": 1.0}]:
    case("data " + ascii(type(data)), lambda: sent(s.post(base + "/echo", data=data)))
case("data generator", lambda: sent(s.post(base + "/echo", data=(x for x in [b"ab", b"", b"c"]))))
for value in [{"a": 1, "b": [1.0, 1e16, None, True, "é\u2028\ud83d\ude00"]}, [], {}, "str", 0, None, 12345678901234567890123, {"n": {"d": [{}]}}, {1: 2, None: 3, 1.5: 4}, (1, 2), '</script>&']:
    case("json " + ascii(value), lambda: sent(s.post(base + "/echo", json=value)))
case("json nan", lambda: s.post(base + "/echo", json=float("nan")))
case("json object", lambda: s.post(base + "/echo", json=object))
case("json and data", lambda: sent(s.post(base + "/echo", json={"a": 1}, data="x")))
case("json and empty data", lambda: sent(s.post(base + "/echo", json={"a": 1}, data={})))
for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "weird"]:
    case("method " + method, lambda: (lambda r: (sent(r), r.request.headers, r.request.body, r.status_code))(s.request(method, base + "/echo")))
case("get with data", lambda: sent(s.get(base + "/echo", data={"a": "b"})))
case("delete json", lambda: sent(s.delete(base + "/echo", json=[1])))

# headers
for headers in [{"X-A": "b"}, {"user-agent": "me"}, {"User-Agent": None}, {"Accept-Encoding": None}, {"Host": "other"}, {"content-type": "x/y"}, {"Content-Length": "99"}, {"X": "é"}, {"X": b"bytes"}, {"X": ""}, {"Accept": None, "Z": "1", "accept": "2"},
                {"Connection": "close"}, {"Authorization": "Bearer t"}, {"Cookie": "own=1"}, CaseInsensitiveDict({"x-y": "z"}), {}, None, [("A", "b")]]:
    case("headers " + ascii(headers), lambda: sent(s.post(base + "/echo", headers=headers, json={"k": "v"})))
for headers in [{"X": 5}, {"X": " lead"}, {"X": "a\nb"}, {"X Y": "a"}, {"X:": "a"}, {"": "a"}, {"X": ["a"]}, {5: "a"}, {"X": "\u20ac"}]:
    case("bad headers " + ascii(headers), lambda: sent(s.get(base + "/echo", headers=headers)))

# auth
case("auth tuple", lambda: sent(s.get(base + "/echo", auth=("u", "p:é"))))
case("auth basic", lambda: sent(s.post(base + "/echo", auth=HTTPBasicAuth("u", "p"), data="x")))
case("auth in url", lambda: (lambda r: (sent(r), r.url))(s.get(base.replace("http://", "http://us%20er:pa%3Ass@") + "/echo")))


class Token(requests.auth.AuthBase):
    def __call__(self, r):
        r.headers["X-Token"] = "abc" + r.method + r.path_url
        return r


case("auth callable", lambda: sent(s.get(base + "/echo?a=1", auth=Token())))
case("auth function", lambda: sent(s.post(base + "/echo", auth=lambda r: r, json=1)))
case("auth bad", lambda: s.get(base + "/echo", auth="user"))
case("auth and header", lambda: sent(s.get(base + "/echo", auth=("u", "p"), headers={"Authorization": "mine"})))

# files
for files in [{"f": b"bytes"}, {"f": "str"}, {"f": io.BytesIO(b"io")}, {"f": ("n.txt", b"x")}, {"f": ("n.txt", "x", "text/plain")}, {"f": ("n.txt", b"x", "text/plain", {"X-H": "v"})}, [("f", ("a", b"1")), ("f", ("b", b"2"))],
              {"f": (None, "field")}, {"f": ('q"uo\nte', b"x")}, {"f": None}, {"fé": ("é.txt", b"x")}, {"f": ("n", None)}]:
    case("files " + ascii(type(files)), lambda: sent(s.post(base + "/echo", files=files, data={"k": ["v", 2], "n": None})))
case("files tuple", lambda: s.post(base + "/echo", files={"f": ("a",)}))
case("files string data", lambda: s.post(base + "/echo", files={"f": b"x"}, data="str"))
case("files json", lambda: sent(s.post(base + "/echo", files={"f": b"x"}, json={"a": 1})))
f = io.BytesIO(b"once")
case("file first", lambda: sent(s.post(base + "/echo", files={"f": f})))
case("file again", lambda: sent(s.post(base + "/echo", files={"f": f})))


# redirects
def way(r):
    return [(h.status_code, h.request.method, h.url) for h in r.history], r.status_code, r.url, r.request.method, r.request.headers, sent(r)


for status in [301, 302, 303, 307, 308]:
    for method in ["GET", "POST", "PUT", "HEAD", "DELETE"]:
        case(f"redirect {status} {method}", lambda: way(s.request(method, f"{base}/a/to{status}", json={"a": 1} if method != "GET" else None, headers={"X": "y"})))
case("redirect off", lambda: (lambda r: (r.status_code, r.is_redirect, r.history, r.headers["location"], bool(r)))(s.get(base + "/a/to302", allow_redirects=False)))
case("redirect head", lambda: (lambda r: (r.status_code, r.history))(s.head(base + "/a/to302")))
for name in ["rel", "query", "frag", "abs", "space", "utf8", "proto", "dots", "empty", "bare"]:
    case("location " + name, lambda: way(s.get(base + "/a/loc" + name + "/deep/er?q=1#here")))
case("redirect loop", lambda: s.get(base + "/a/loop"))
case("redirect ftp", lambda: s.get(base + "/a/locftp"))
s5 = requests.Session()
s5.max_redirects = 2
case("redirect max", lambda: s5.get(base + "/a/loop"))
case("redirect auth", lambda: way(s.get(base + "/a/locabs", auth=("u", "p"))))
case("redirect other host", lambda: way(s.get(base + "/a/lochost", auth=("u", "p"), headers={"Host": "x"})))
case("redirect broken body", lambda: way(s.get(base + "/a/locbroken")))

# cookies
c = requests.Session()
for name in ["ck1", "ck2", "ckpath", "ckdomain", "ckbad", "ckexp", "ckquote", "ckmany", "ckempty", "cksecure"]:
    case("set " + name, lambda: (lambda r: (r.cookies.get_dict(), c.cookies.get_dict(), sent(c.get(base + "/echo"))))(c.get(base + "/a/" + name + "/x/y")))
case("cookies", lambda: [(k.name, k.value, k.domain, k.path, k.secure, k.expires is None, k.discard) for k in c.cookies])
case("cookie missing", lambda: c.get(base + "/echo").cookies["nope"])
case("cookies arg", lambda: sent(c.get(base + "/echo", cookies={"arg": "1", "a": "over"})))
case("cookies repr", lambda: requests.cookies.cookiejar_from_dict({"a": "b"}))
c.cookies.set("mine", "val")
c.cookies["other"] = "v2"
case("cookies set", lambda: (sent(c.get(base + "/echo")), c.cookies.get("mine"), "mine" in c.cookies, len(c.cookies)))
c.cookies.set("mine", "second", path="/p")
case("cookies conflict", lambda: c.cookies["mine"])
case("cookies path", lambda: (c.cookies.get("mine", path="/p"), c.cookies.get_dict(path="/p")))
c.cookies.clear()
case("cookies cleared", lambda: (c.cookies.get_dict(), sent(c.get(base + "/echo"))))
case("redirect cookie", lambda: (way(c.get(base + "/a/ckredirect")), c.cookies.get_dict()))
c.cookies.update({"z": "1"})
case("cookies update", lambda: (c.cookies.items(), c.cookies.keys(), dict(c.cookies), requests.utils.dict_from_cookiejar(c.cookies)))
del c.cookies["z"]
case("cookies del", lambda: c.cookies.get("z", "gone"))

# responses
for name in ["ok", "latin", "utf8", "nocharset", "json", "json16", "jsonbad", "jsonlatin", "bom", "empty", "gzip", "deflate", "br", "notgzip", "headers", "reason", "noreason", "s404", "s500", "s599", "s600", "badcharset", "html", "bin", "close", "http10", "s204"]:
    r = case("get " + name, lambda: s.get(base + "/a/" + name))
    if r is None:
        continue
    case("  shows", lambda: (r.status_code, r.ok, bool(r), r.reason, r.encoding, r.content[:80], r.text[:80], r.headers))
    case("  json", lambda: r.json())
    case("  raise", lambda: r.raise_for_status())
r = s.get(base + "/a/headers")
case("header case", lambda: (r.headers["x-many"], r.headers.get("nope"), "X-Many" in r.headers, r.headers.get("NOPE", 5), list(r.headers), len(r.headers)))
case("header missing", lambda: r.headers["nope"])
case("links", lambda: r.links)
case("encoding set", lambda: (setattr(r, "encoding", "utf-16"), r.text[:5], r.encoding))

# failures
for name in ["none", "reset", "short", "chunkshort", "chunkbad", "chunkend", "nothttp", "nostatus", "http3", "longline", "manyheaders"]:
    case("fail " + name, lambda: s.get(base + "/a/" + name))
case("fail refused", lambda: s.get("http://127.0.0.1:1/x?y=1"))
case("fail dns", lambda: s.get("http://no.such.host.invalid/x"))
case("fail timeout", lambda: s.get(base + "/a/hang", timeout=1))
case("fail timeout pair", lambda: s.get(base + "/a/hang", timeout=(5, 0.75)))
case("fail body timeout", lambda: s.get(base + "/pieces/slow", timeout=1.5))
case("fail tls", lambda: s.get(base.replace("http:", "https:")))
for timeout in [0, -1, "x", True, (1, 2, 3), (None, 5), 5, None]:
    case("timeout " + repr(timeout), lambda: s.get(base + "/echo", timeout=timeout))
case("fail attributes", lambda: 1)
try:
    s.get("http://127.0.0.1:1/x")
except requests.exceptions.RequestException as e:
    print(e.request.url, e.response, e.request.method, isinstance(e, IOError), e.args[0].reason.__class__.__name__, e.args[0].pool)
try:
    s.get(base + "/a/s404").raise_for_status()
except requests.HTTPError as e:
    print(str(e), e.response.status_code, e.request.url)

# streams
for name in ["ok", "chunks", "lines", "gzip", "slow", "utf8lines"]:
    for kw in [{}, {"decode_unicode": True}, {"chunk_size": 1}, {"delimiter": b"\n"}]:
        case(f"lines {name} {kw}", lambda: list(s.get(base + "/a/" + name, stream=True).iter_lines(**kw)))
case("lines text", lambda: list(s.get(base + "/a/lines").iter_lines()))
case("content 3", lambda: list(s.get(base + "/a/lines", stream=True).iter_content(3))[:4])
case("content none", lambda: list(s.get(base + "/a/chunks", stream=True).iter_content(None)))
case("content chunks", lambda: list(s.get(base + "/a/chunks", stream=True).iter_content(4)))
case("content bad size", lambda: s.get(base + "/a/ok", stream=True).iter_content("x"))
case("stream content", lambda: (lambda r: (r.content, r.content, r.text))(s.get(base + "/a/lines", stream=True)))
case("stream twice", lambda: (lambda r: (list(r.iter_content(100)), r.content))(s.get(base + "/a/ok", stream=True)))
case("stream raw", lambda: (lambda r: (r.raw.read(2), r.raw.read(100)))(s.get(base + "/a/ok", stream=True)))
case("stream close", lambda: (lambda r: r.close())(s.get(base + "/a/lines", stream=True)))
case("stream broken", lambda: list(s.get(base + "/a/short", stream=True).iter_content(2)))
case("stream with", lambda: (lambda r: r.__enter__().status_code)(s.get(base + "/a/ok", stream=True)))

# sessions
p = requests.Session()
p.headers.update({"X-S": "1"})
p.headers["user-agent"] = "mine"
del p.headers["Accept"]
p.params = {"sp": "1"}
p.auth = ("su", "sp")
case("session", lambda: sent(p.get(base + "/echo", params={"q": 2}, headers={"x-s": "over"})))
case("session headers", lambda: (p.headers, p.headers == {"x-s": "1"}, p.headers.copy() == p.headers))
p.headers = {"Only": "this"}
case("session replaced", lambda: sent(p.get(base + "/echo")))
p.headers = None
p.headers = CaseInsensitiveDict()
case("session none", lambda: sent(p.get(base + "/echo", headers={"A": "b"})))
case("session params none", lambda: sent(p.get(base + "/echo", params={"sp": None})))
seen = []
p.hooks["response"].append(lambda r, *a, **k: seen.append((r.status_code, sorted(k))))
case("hooks", lambda: (p.get(base + "/echo").status_code, seen))
case("hooks arg", lambda: requests.get(base + "/echo", hooks={"response": lambda r, **k: seen.append("own")}).status_code)
print(seen)
req = requests.Request("POST", base + "/echo", json={"a": 1}, params={"q": 1})
prep = s.prepare_request(req)
case("prepared", lambda: (prep, prep.method, prep.url, prep.headers, prep.body, prep.path_url, req))
prep.headers["X-Late"] = "1"
case("prepared sent", lambda: sent(s.send(prep)))
case("prepare", lambda: (lambda q: (q.url, q.headers, q.body))(requests.Request("GET", base, data={"a": 1}).prepare()))
case("api", lambda: [getattr(requests, m)(base + "/echo").status_code for m in ("get", "post", "put", "patch", "delete", "options", "head")])
with requests.Session() as w:
    case("with", lambda: w.get(base + "/echo").status_code)
case("unknown argument", lambda: s.get(base, nope=1))
case("no url", lambda: s.get())
case("repr", lambda: (s.get(base + "/a/s404"), s.get(base + "/a/s404").request))


class Slow(HTTPAdapter):
    def send(self, request, **kwargs):
        request.headers["X-Adapter"] = repr(kwargs.get("timeout"))
        return super().send(request, **kwargs)


m = requests.Session()
m.mount("http://", Slow())
case("adapter", lambda: sent(m.get(base + "/echo", timeout=3)))
m.mount(base + "/a", HTTPAdapter(pool_maxsize=5))
case("adapters", lambda: [k for k in m.adapters])
case("adapter own", lambda: sent(m.get(base + "/a/ok")))
case("digest", lambda: (lambda r: (r.status_code, [h.status_code for h in r.history], "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/keep/digest\"" in r.request.headers["Authorization"]))(requests.get(base + "/keep/digest", auth=HTTPDigestAuth("u", "p"))))
r = requests.adapters.Retry(total=2, status_forcelist=[500], backoff_factor=0)
t = requests.Session()
t.mount("http://", HTTPAdapter(max_retries=r))
case("retries", lambda: t.get(base + "/a/s500"))
case("retries refused", lambda: t.get("http://127.0.0.1:1/"))
case("codes", lambda: (requests.codes.ok, requests.codes.not_found, requests.codes["teapot"], requests.codes.nope if hasattr(requests.codes, "nope") else "no"))
d = CaseInsensitiveDict({"A": 1}, b=2)
d["a"] = 3
case("dict", lambda: (d, d["A"], list(d.items()), "B" in d, d.get("x"), d.pop("B"), len(d), dict(d), d == {"A": 3}, list(d.lower_items())))
case("dict missing", lambda: d["zz"])
case("dict del", lambda: d.__delitem__("zz"))
