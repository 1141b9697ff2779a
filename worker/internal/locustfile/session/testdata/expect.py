# Bodies that wait for the server's word, and bodies in chunks: run by CPython for the golden and by our Python. The server says whether
# the body came before it had asked for it.
from locust.clients import HttpSession
from locust.contrib.fasthttp import FastHttpSession

EXPECT = {"Expect": "100-continue"}


class Event:
    def fire(self, **meta):
        print("   FIRED", meta["request_type"], meta["name"], meta["response_length"], repr(meta["exception"]).replace(base, "SERVER"))


class Nobody:
    def context(self):
        return {}


def fast(**kw):
    return FastHttpSession(base, Event(), Nobody(), **{"max_retries": 0, "max_redirects": 3, "network_timeout": 0.5, **kw})


def case(name, f):
    try:
        r = f()
        print(name, "->", r.status_code, repr(r.text).replace(base, "SERVER"))
    except Exception as e:
        print(name, "RAISES", repr(e))


def pieces():
    yield b"one"
    yield "two"


c = fast()
for path in ("continue", "hints", "both", "partial", "twice", "ok", "refuse", "refuse_and_keep", "silent", "close", "garbage", "half"):
    if path in ("garbage", "half"):  # geventhttpclient never gives back the right to a connection that such an answer came on
        c = fast()
    case(path, lambda: c.post("/" + path, data="the body", headers=EXPECT))
    if path not in ("garbage", "half"):
        case(path + ", then", lambda: c.get("/plain"))
c = fast()
case("close_first", lambda: c.post("/close_first", data="the body", headers=EXPECT))
case("small letters", lambda: c.put("/continue", data=b"bytes", headers={"expect": "100-Continue, other"}))
case("something else", lambda: c.put("/plain", data=b"bytes", headers={"Expect": "200-ok"}))
case("json", lambda: c.post("/continue", json={"a": 1}, headers=EXPECT))
case("form", lambda: c.post("/continue", data={"a": 1}, headers=EXPECT))
case("no body", lambda: c.post("/continue", headers=EXPECT))
case("get", lambda: c.get("/continue", headers=EXPECT))
case("get, refused", lambda: c.get("/ok", headers=EXPECT))
case("pieces", lambda: c.post("/continue", data=pieces(), headers=EXPECT))
case("pieces, refused", lambda: c.post("/refuse", data=pieces(), headers=EXPECT))
case("redirected", lambda: c.post("/redirect", data="the body", headers=EXPECT))
case("retried", lambda: fast(max_retries=2).put("/silent", data="the body", headers=EXPECT))
case("caught", lambda: c.request("POST", "/continue", data="x" * 70000, headers=EXPECT, catch_response=True))
case("of the client", lambda: fast(headers=EXPECT).post("/continue", data="the body"))
d = fast()
d.client.default_headers["Expect"] = "100-continue"
case("set later", lambda: d.post("/continue", data="the body"))
case("streamed", lambda: c.post("/continue", data="the body", headers=EXPECT, stream=True))
for headers in ({"Transfer-Encoding": "chunked"}, {"transfer-encoding": "gzip, chunked"}, {"Transfer-Encoding": "chunked", "Content-Length": "3"}, {"Transfer-Encoding": "gzip"},
                {"Transfer-Encoding": "chunked", **EXPECT}):
    case(f"chunks {headers}", lambda: c.post("/continue" if "Expect" in headers else "/plain", data="the body", headers=headers))
case("chunks of nothing", lambda: c.post("/plain", headers={"Transfer-Encoding": "chunked"}))
case("chunks of the client", lambda: fast(headers={"Transfer-Encoding": "chunked"}).post("/plain", data=b"bytes"))
h = HttpSession(base, Event(), Nobody())
case("HttpSession", lambda: h.post("/continue", data="the body", headers=EXPECT, timeout=1))
case("HttpSession, refused", lambda: h.post("/refuse", data="the body", headers=EXPECT, timeout=1))
