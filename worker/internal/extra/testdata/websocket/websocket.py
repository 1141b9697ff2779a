import contextlib
import logging
import socket
import threading
import time

import websocket
from websocket import ABNF, WebSocket, WebSocketApp, create_connection

logging.disable(logging.CRITICAL)


def show(name, f):
    try:
        print(name, repr(f()))
    except Exception as e:
        print(name, "RAISES", type(e).__module__, type(e).__name__, repr(str(e)), [c.__name__ for c in type(e).__mro__[1:3]])
        for attr in ("status_code", "status_message", "resp_headers", "resp_body", "errno"):
            if hasattr(e, attr) and getattr(e, attr) is not None:
                print("   ", attr, repr(getattr(e, attr)))


def opened(path, timeout=3, **kw):
    return create_connection(f"ws://{AT}/{path}", timeout=timeout, **kw)


def all_of(path, control=True, **kw):
    ws, got = opened(path, **kw), []
    try:
        for _ in range(6):
            got.append(ws.recv_data(control) if control else ws.recv())
    except Exception as e:
        got.append((type(e).__name__, str(e)))
    return got, ws.connected, ws.sock is None


for path in ("200 401 500 short_body bad_length moved loop nowhere to_http bad_accept no_upgrade not_http bad_header ends_without").split():
    show("open " + path, lambda: opened(path).recv())
for path in ("text binary fragments empty midframe midheader ends pings closes closes_empty closes_own closes_badly closes_short rsv opcode not_utf8 "
             "continues twice long_ping long two ping_in_fragments").split():
    show(path, lambda: all_of(path))
show("pings without control", lambda: all_of("pings", False))
show("skip utf8", lambda: all_of("not_utf8", skip_utf8_validation=True))
show("fire_cont_frame", lambda: all_of("fragments", fire_cont_frame=True))
show("resets", lambda: opened("resets").recv())
show("hangs", lambda: opened("hangs", timeout=0.1))
show("refused", lambda: create_connection("ws://127.0.0.1:1/"))
show("unknown host", lambda: create_connection("ws://no.such.host.invalid/"))
show("unknown host, secure", lambda: create_connection("wss://no.such.host.invalid/"))
show("plain instead of TLS", lambda: create_connection(f"wss://{AT}/200", timeout=1, sslopt={"cert_reqs": 0}) and None if False else "skipped")
for url in ["nothing", "http://x/", "ws://", "ws:", "ws://127.0.0.1:port/", "ws://127.0.0.1:99999/"]:
    show(url, lambda: create_connection(url))

ws = opened("echo")
print(ws.connected, ws.getstatus(), ws.status, sorted(ws.getheaders()), ws.headers is ws.getheaders(), ws.getsubprotocol(), ws.gettimeout(), ws.timeout)
print(ws.send("hi"), ws.recv(), ws.send_binary(b"\x00\x01"), ws.recv(), ws.send_bytes(b"b"), ws.recv(), ws.send_text("é"), ws.recv())
show("ping", lambda: (ws.ping("x"), ws.recv_data(control_frame=True), ws.ping(b"y"), ws.recv_data_frame(True)[1].data))
ws.settimeout(0.05)
show("timeout", ws.recv)
print(ws.connected, ws.gettimeout())
ws.settimeout(3)
frame = ABNF.create_frame("by hand", ABNF.OPCODE_TEXT)
print(ws.send_frame(frame), ws.recv_frame(), str(frame), frame.fin, frame.opcode)
show("bad opcode", lambda: ws.send("x", 7))
show("a number", lambda: ws.send(5))
show("send_close", lambda: ws.send_close(70000))
ws.close(reason=b"enough")
print(ws.connected, ws.sock, ws.close_frame)
show("closed recv", ws.recv)
show("closed send", lambda: ws.send("x"))
show("closed close", ws.close)
show("context manager", lambda: opened("echo").__enter__)
with contextlib.closing(opened("echo")) as ws:
    ws.send("bye")
    print(repr(ws.recv()), ws.connected)
    show("after close", ws.recv)
new = WebSocket()
print(new.connected, new.getstatus(), new.getheaders(), new.getsubprotocol(), new.sock, new.gettimeout())
show("not connected send", lambda: new.send("x"))
show("not connected recv", new.recv)
print(opened("text").getheaders().get("x-many"), opened("text").getheaders()["set-cookie"])
for kw in [{}, {"header": {"X-Own": "1", "Y": None}}, {"header": ["X-Own: 2"]}, {"cookie": "c=1"}, {"origin": "http://o"}, {"suppress_origin": True}, {"host": "h:1"},
           {"subprotocols": ["one", "two"]}, {"connection": "Connection: keep-alive, Upgrade"}]:
    ws = opened("request", **kw)
    print(kw, ws.recv(), ws.subprotocol)
show("subprotocol refused", lambda: opened("text", subprotocols=["x"]))

host, _, number = AT.partition(":")
for name, url, kw in [("proxy", "ws://behind.test/text", {}), ("proxy with auth", "ws://private.test/text", {"http_proxy_auth": ("u", "p")}),
                      ("proxy without auth", "ws://private.test/text", {}), ("proxy closes", "ws://closing.test/text", {}),
                      ("no_proxy", f"ws://{AT}/text", {"http_no_proxy": ["127.0.0.1"]})]:
    show(name, lambda: create_connection(url, timeout=3, http_proxy_host=host, http_proxy_port=int(number), **kw).recv())
show("proxy refused", lambda: create_connection("ws://behind.test/text", http_proxy_host="127.0.0.1", http_proxy_port=1))
show("proxy unknown", lambda: create_connection("ws://behind.test/text", http_proxy_host="no.such.host.invalid", http_proxy_port=1))
show("proxy without port", lambda: create_connection("ws://behind.test/text", http_proxy_host="127.0.0.1"))
show("socks", lambda: create_connection("ws://behind.test/text", http_proxy_host="127.0.0.1", http_proxy_port=1, proxy_type="socks5"))
show("other proxy", lambda: create_connection("ws://behind.test/text", http_proxy_host="127.0.0.1", http_proxy_port=1, proxy_type="ftp"))


def app(path, url=None, stop=None, run={}, **on):
    def say(name):
        def f(*args):
            print("   ", name, isinstance(args[0], WebSocketApp), [repr(str(a)) if isinstance(a, Exception) else repr(a) for a in args[1:]],
                  [type(a).__name__ for a in args[1:]])
            if stop == name:
                args[0].close()
        return f

    names = ("on_open", "on_message", "on_error", "on_close", "on_ping", "on_pong", "on_data", "on_cont_message")
    a = WebSocketApp(url or f"ws://{AT}/{path}", **{name: say(name) for name in names if name != "on_cont_message" or on.pop("cont", False)}, **on)
    try:
        print("app", path, a.run_forever(**run), a.keep_running, a.sock, a.has_errored)
    except Exception as e:
        print("app", path, "RAISES", type(e).__name__, e)


for path in ("two pings closes closes_own closes_empty ends midframe not_utf8 200 401 rsv binary").split():
    app(path)
app("fragments", cont=True)
app("refused", url="ws://127.0.0.1:1/")
app("unknown", url="ws://no.such.host.invalid/")
app("scheme", url="http://x/")
app("stopped", url=f"ws://{AT}/two?stay=1", stop="on_message")
app("closed by us", url=f"ws://{AT}/text?stay=1", stop="on_message")
app("request", header={"X-Own": "a"}, cookie="k=v", subprotocols=["one"], run={"origin": "http://o", "host": "h"})
app("request", header=lambda: ["X-Own: made"], run={"suppress_origin": True})
app("ping", url=f"ws://{AT}/echo", run={"ping_interval": 0.1, "ping_payload": "pp"}, stop="on_pong")
app("no pong", url=f"ws://{AT}/ends?stay=1", run={"ping_interval": 0.4, "ping_timeout": 0.1})
app("wrong", run={"ping_interval": 1, "ping_timeout": 2})
app("proxy", run={"http_proxy_host": host, "http_proxy_port": int(number)})
app("proxy", run={"http_proxy_host": host, "http_proxy_port": int(number), "proxy_type": "http"}, url="ws://behind.test/text")


def fails(ws, *args):
    raise KeyError("in a callback")


WebSocketApp(f"ws://{AT}/text", on_message=fails, on_error=lambda ws, e: print("on_error", repr(e)), on_close=lambda *a: print("on_close", a[1:])).run_forever()
show("send on a closed app", lambda: WebSocketApp("ws://x/").send("x"))

for option in ((socket.IPPROTO_TCP, socket.TCP_MAXSEG, 700), (socket.SOL_TCP, socket.TCP_MAXSEG, (600).to_bytes(4, "little")), (socket.SOL_SOCKET, 999, 1),
               (socket.IPPROTO_TCP, socket.TCP_MAXSEG, -1), (socket.SOL_SOCKET, socket.SO_KEEPALIVE, b""), (socket.SOL_SOCKET, socket.SO_KEEPALIVE, "on"),
               (socket.SOL_SOCKET, socket.SO_KEEPALIVE), (socket.SOL_SOCKET, None, 1)):
    show(f"option {option}", lambda: opened("mss", sockopt=[option]).recv())
show("two options", lambda: opened("mss", sockopt=((6, 2, 800), [6, socket.TCP_MAXSEG, 500])).recv())
show("an option by a proxy", lambda: opened("mss", sockopt=[(6, 2, 900)], http_proxy_host=host, http_proxy_port=int(number)).recv())
app("mss", run={"sockopt": [(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 700)]})
app("mss", run={"sockopt": [(socket.IPPROTO_TCP, 999, 700)]})
print(websocket.DEFAULT_SOCKET_OPTION)

show("fileno without a connection", lambda: WebSocket().fileno())
ws = opened("echo")
sock, number_of = ws.sock, ws.fileno()
print("a descriptor", number_of > 2, number_of == ws.sock.fileno(), number_of != (other := opened("echo")).fileno(), other.close())

ws.close()
print(sock.fileno())
show("fileno of what is closed", ws.fileno)

websocket.setdefaulttimeout(0.1)
print(websocket.getdefaulttimeout(), WebSocket().gettimeout())
show("default timeout", lambda: create_connection(f"ws://{AT}/hangs"))
websocket.setdefaulttimeout(None)
print(websocket.__version__, websocket.STATUS_ABNORMAL_CLOSED, [n for n in dir(websocket) if n.startswith("WebSocket")])
