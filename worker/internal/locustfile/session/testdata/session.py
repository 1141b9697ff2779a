# What HttpSession and FastHttpSession record, show and raise: run by CPython for the golden and by our Python. base is
# the server's URL.
from locust.clients import HttpSession
from locust.contrib.fasthttp import FastHttpSession
from locust.exception import CatchResponseError, LocustError, ResponseError


class Event:
    def __init__(self):
        self.fired = []

    def fire(self, **meta):
        assert sorted(meta) == sorted(["request_type", "response_time", "name", "context", "response", "exception", "start_time", "url", "response_length"]), meta.keys()
        assert meta["response_time"] is not None
        self.fired.append((meta["request_type"], meta["name"], meta["response_length"], repr(meta["exception"]), meta["url"], meta["context"]))

    def take(self):
        fired, self.fired = self.fired, []
        return fired


class Nobody:
    def context(self):
        return {}


class Who:
    def context(self):
        return {"who": "me"}


def case(name, f):
    try:
        result = f()
    except Exception as e:
        result = "RAISES " + repr(e)
    print(name, "->", result)
    for fired in events.take():
        print("   FIRED", fired)


def both(url, **kw):
    return (("http", HttpSession(url, events, Nobody())), ("fast", FastHttpSession(url, events, Nobody(), max_retries=0, max_redirects=30, network_timeout=2, connection_timeout=2)))


def within(manager, f):
    with manager as r:
        return f(r)


def zero(r):
    return 1 / 0


def shout(r):
    raise ResponseError("shouted")


def twice(r):
    r.failure("first")
    r.success()


def change(r):
    r.request_meta["response_time"] = 5
    r.request_meta["name"] = "changed"
    r.request_meta["context"]["k"] = "v"


def fail_and_raise(r):
    r.failure("noted")
    raise KeyError("k")


def succeed_and_raise(r):
    r.success()
    raise KeyError("k")


def raise_status(r):
    r.raise_for_status()


events = Event()
answers = ["ok", "s404", "s500", "s599", "s600", "s204", "none", "reset", "short", "chunkshort", "chunkbad", "nothttp", "nostatus", "http3", "notgzip", "gzip", "br", "deflate", "to302", "loop", "locftp", "ck", "bin404", "headcut", "close", "unknown"]
for kind, c in both(base):
    print("==", kind)
    for name in answers:
        if name == "headcut" and kind == "http":  # a success for http.client, see the documentation
            continue
        case("get " + name, lambda: (lambda r: (r.status_code, r.text if name != "bin404" else "", r.content, r.url))(c.get("/a/" + name)))
        case("post " + name, lambda: (lambda r: r.status_code)(c.post("/a/" + name + "?x=1", json={"a": 1}, name="named")))
        case("caught " + name, lambda: within(c.get("/a/" + name, catch_response=True), lambda r: (r.status_code, r.ok)))
    for name in ["ok", "s404"]:
        for f in (zero, shout, twice, change, fail_and_raise, succeed_and_raise, raise_status):
            case(f"{f.__name__} {name}", lambda: within(c.get("/a/" + name, catch_response=True), f))
        case("failure " + name, lambda: within(c.get("/a/" + name, catch_response=True), lambda r: r.failure("it's bad")))
        case("failure exception " + name, lambda: within(c.get("/a/" + name, catch_response=True), lambda r: r.failure(ValueError("v", 1))))
        case("failure other " + name, lambda: within(c.get("/a/" + name, catch_response=True), lambda r: r.failure({"a": [1]})))
        case("success " + name, lambda: within(c.get("/a/" + name, catch_response=True), lambda r: r.success()))
        case("not entered " + name, lambda: c.get("/a/" + name, catch_response=True).success())
        case("not entered failure " + name, lambda: c.get("/a/" + name, catch_response=True).failure("x"))
        case("no catch with " + name, lambda: within(c.get("/a/" + name), lambda r: r.status_code))
        case("no catch success " + name, lambda: c.get("/a/" + name).success())
        case("never with " + name, lambda: c.get("/a/" + name, catch_response=True).status_code)
        case("stream " + name, lambda: c.get("/a/" + name, stream=True).status_code)
        case("context " + name, lambda: c.get("/a/" + name, context={"x": 1}).status_code)
        case("json " + name, lambda: c.get("/a/" + name).json())
    for url in ["/echo/a b", "/echo/é?x=ü#f", "echo", "", "/echo/../x", base + "/echo/abs", "HTTP://127.0.0.1:1/up", "//x", "/echo?q=%41"]:
        case("url " + ascii(url), lambda: (lambda r: (r.text, r.url))(c.get(url)))
    case("params", lambda: c.get("/echo", params={"a": [1, 2], "b": None}).text)
    for kw in [{"json": {"a": 1.0, "b": "é"}}, {"data": {"a": [1, 2], "b": "x y"}}, {"data": "é"}, {"data": b"\x00"}, {"data": ""}, {"json": {}}, {"json": None}, {"json": []}, {}, {"data": {"a": 1}, "json": [1]},
               {"headers": {"Content-Type": "x/y"}, "data": "é"}, {"headers": {"content-type": "x/y"}, "json": 1}, {"headers": {"X": "1", "accept-encoding": "z"}}, {"auth": ("u", "p")},
               {"files": {"f": ("n", b"x", "t/p")}, "data": {"k": "v"}}, {"allow_redirects": False}, {"headers": {"Host": "h"}, "data": b"x"}, {"headers": {"User-Agent": "me"}}, {"headers": {"Content-Length": "3"}, "data": "abc"}]:
        for method in ["post", "put", "get", "delete"]:
            case(f"{method} {ascii(kw)}", lambda: getattr(c, method)("/echo", **kw).text)
    for method in ["GET", "HEAD", "OPTIONS", "PATCH", "weird", "post"]:
        case("request " + method, lambda: (lambda r: (r.status_code, r.text))(c.request(method, "/echo")))
    case("timeout", lambda: c.get("/echo", timeout=5).text)
    case("verify", lambda: c.get("/echo", verify=False).text)
    case("hang", lambda: c.get("/a/hang", timeout=1).status_code if kind == "http" else c.get("/a/hang").status_code)
    case("positional", lambda: c.get("/echo", {"a": 1}))
    case("post positional", lambda: c.post("/echo", {"a": 1}).text)
    case("post positional json", lambda: c.post("/echo", None, {"a": 1}).text)
    case("bad header", lambda: c.get("/echo", headers={"X": "a\nb"}))
    case("no url", lambda: c.get())
    case("redirect off", lambda: (lambda r: (r.status_code, r.headers["Location"]))(c.get("/a/to302", allow_redirects=False)))
    case("redirects", lambda: [h.status_code for h in c.get("/a/to302").history])
    case("redirect post", lambda: c.post("/a/to307", json={"a": 1}).text)
    case("cookies", lambda: (c.get("/a/ck").status_code, c.get("/echo").text))
    with c.rename_request("group"):
        case("renamed", lambda: c.get("/a/ok").status_code)
        case("renamed and named", lambda: c.get("/a/ok", name="own").status_code)
    case("renamed no more", lambda: c.get("/a/ok").status_code)
    case("headers attribute", lambda: c.headers.update({"X-Session": "1"}))
    case("headers attribute sent", lambda: c.get("/echo").text)
    r = c.get("/a/headers")
    events.take()
    case("headers", lambda: (r.headers.get("x-many"), r.headers.get("nope"), "X-MANY" in r.headers, r.headers["Content-Length"]))
    case("request object", lambda: (r.request.url, r.request.method, r.request.body))
    case("truth", lambda: bool(r))
    case("elapsed", lambda: (type(r.elapsed).__name__, r.elapsed.total_seconds() < 5))
    case("attributes", lambda: (c.base_url == base, type(c.user).__name__, type(c.request_event).__name__, c.request_name))
    case("url built", lambda: (c._build_url("/x") == base + "/x", c._build_url("https://x")))
    case("repr", lambda: repr(r)[:15])

print("== refused")
for kind, c in both("http://127.0.0.1:1"):
    case(kind, lambda: (lambda r: (r.status_code, r.text, r.content, r.headers or None, r.url))(c.get("/x")))
    case(kind + " caught", lambda: within(c.get("/x", catch_response=True), lambda r: (r.status_code, r.text)))
    case(kind + " success", lambda: within(c.get("/x", catch_response=True), lambda r: r.success()))
    case(kind + " failure", lambda: within(c.get("/x", catch_response=True), lambda r: r.failure("f")))
    case(kind + " error", lambda: within(c.get("/x", catch_response=True), lambda r: type(r.error).__name__))
    case(kind + " ok", lambda: c.get("/x").ok)
    case(kind + " truth", lambda: bool(c.get("/x")))
    case(kind + " json", lambda: c.get("/x").json())
    case(kind + " raise", lambda: c.get("/x").raise_for_status())
    case(kind + " request", lambda: (lambda q: (q.url, q.method))(c.post("/x", json=1).request))
print("== dns")
for kind, c in both("http://no.such.host.invalid"):
    case(kind, lambda: c.get("/x").status_code)
print("== tls")
for kind, c in both(base.replace("http:", "https:")):
    case(kind, lambda: c.get("/x").status_code)
print("== bad base")
for url in ["nothing", "", "ftp://x", "http://"]:
    case("http " + repr(url), lambda: HttpSession(url, events, None).get("/x"))
print("== credentials")
for kind, c in both(base.replace("//", "//us%20er:p%3Aw@")):
    case(kind, lambda: (c.get("/echo").text, c.base_url == base))
print("== base with a path")
for kind, c in both(base + "/echo/api"):
    case(kind, lambda: c.get("/x?y=1").text)
print("== user")
case("http", lambda: HttpSession(base, events, Who()).get("/a/ok", context={"x": 1}).status_code)
case("fast", lambda: FastHttpSession(base, events, Who()).get("/a/ok").status_code)
print("== fast only")
c = FastHttpSession(base, events, None, headers={"X-Default": "1"}, max_retries=0)
case("default headers", lambda: c.get("/echo").text)
case("default headers over", lambda: c.get("/echo", headers={"x-default": "2", "Y": 5, "Z": ["a", "b"]}).text)
case("iter_lines", lambda: list(c.iter_lines("/a/lines")))
case("iter_content", lambda: list(c.get("/a/lines", stream=True).iter_content(4)))
case("text encodings", lambda: [c.get("/a/" + n).text for n in ("latin", "utf8", "json")])
case("client", lambda: (c.client.max_redirects, c.client.max_retries, c.client.default_headers["x-default"]))
case("kwargs post", lambda: c.post("/echo", a=1, b="x").text)
case("redirect limit", lambda: FastHttpSession(base, events, None, max_redirects=2, max_retries=0).get("/a/loop").status_code)
print("== fast: the same headers again")
c = FastHttpSession(base, events, None, headers={"X-Default": "1"}, max_retries=0)
h = {"A": "1", "b": "2"}
case("headers", lambda: [c.get("/echo", headers=h).text for _ in range(2)])
case("headers of an equal dict", lambda: c.get("/echo", headers=dict(h)).text)
case("headers and json", lambda: [c.post("/echo", headers=h, json={"n": i}).text for i in range(2)])
case("headers and data", lambda: c.post("/echo", headers=h, data="text").text)
h["A"] = "3"
case("changed", lambda: [c.get("/echo", headers=h).text, c.post("/echo", headers=h, json=[]).text])
h["C"] = "4"
case("one more", lambda: c.get("/echo", headers=h).text)
del h["A"]
case("one less", lambda: c.get("/echo", headers=h).text)
case("none", lambda: [c.get("/echo").text for _ in range(2)])
case("a type of one's own", lambda: [c.post("/echo", headers={"content-type": t, "Host": "h"}, json={}).text for t in ("a/b", "a/b", "", "")])
case("a name that is none", lambda: [c.get("/echo", headers={"a b": "c"}).status_code for _ in range(2)])
case("payload", lambda: [c.post("/echo", json={"n": 1}).request.payload for _ in range(2)])
case("shown and redirected", lambda: [sorted(c.post("/a/to302", headers={"Authorization": "x"}, json=1).request.headers.items()) for _ in range(2)])
case("authorized", lambda: [c.get("/echo", headers=h, auth=("u", "p")).text, c.get("/echo", headers=h).text])
c.auth_header = "Basic eA=="
case("authorized for good", lambda: c.get("/echo", headers=h).text)
case("a cookie", lambda: [c.get("/a/ck").status_code] + [c.get("/echo", headers=h).text for _ in range(2)] + [c.get("/echo", headers={"cookie": "e=1"}).text for _ in range(2)])
print("== requests itself")
import requests
case("success", lambda: requests.get(base + "/echo").success())
case("failure", lambda: requests.get(base + "/echo").failure("x"))
