package extra

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gobwas/ws"

	"gregaria/worker/internal/python"
)

// echo answers each message with itself, in two fragments where it is long; "bye" is answered with a close.
func echo(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	for {
		f, err := ws.ReadFrame(conn)
		if err != nil {
			return
		}
		p := ws.UnmaskFrameInPlace(f).Payload
		var out []ws.Frame
		switch op := f.Header.OpCode; {
		case op == ws.OpPong:
		case op == ws.OpClose:
			return
		case op == ws.OpPing:
			out = []ws.Frame{ws.NewPongFrame(p)}
		case string(p) == "bye":
			out = []ws.Frame{ws.NewCloseFrame(ws.NewCloseFrameBody(1001, "gone"))}
		case string(p) == "ping me":
			out = []ws.Frame{ws.NewPingFrame([]byte("p")), ws.NewTextFrame([]byte("pinged"))}
		case len(p) > 10:
			out = []ws.Frame{ws.NewFrame(op, false, p[:5]), ws.NewFrame(ws.OpContinuation, true, p[5:])}
		default:
			out = []ws.Frame{ws.NewFrame(op, true, p)}
		}
		for _, f := range out {
			if err := ws.WriteFrame(conn, f); err != nil {
				return
			}
		}
	}
}

func newWebServer(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/ws":
			conn, _, _, err := ws.UpgradeHTTP(r, w)
			if err == nil {
				_ = ws.WriteFrame(conn, ws.NewTextFrame([]byte(r.Header.Get("X-Token")+" "+strings.ReplaceAll(r.Header.Get("Origin"), r.Host, "HOST"))))
				go echo(conn)
			}
		case "/deaf":
			if conn, _, _, err := ws.UpgradeHTTP(r, w); err == nil {
				t.Cleanup(func() { _ = conn.Close() })
			}
		case "/echo":
			b, _ := io.ReadAll(r.Body)
			w.Header().Set("X-Seen", r.Method+" "+r.Header.Get("Content-Type")+" "+r.Header.Get("User-Agent"))
			_, _ = w.Write(append([]byte("got "), b...))
		case "/moved":
			http.Redirect(w, r, "/echo", http.StatusFound)
		case "/slow":
			<-r.Context().Done()
		default:
			http.Error(w, "nothing here", http.StatusNotFound)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// script runs Python with BASE set to a server's address.
func script(t *testing.T, src, base string) string {
	t.Helper()
	var out bytes.Buffer
	th := newThread(&out)
	th.Lock()
	defer th.Unlock()
	if _, err := th.Exec("__main__", "script.py", []byte("BASE = '"+base+"'\n"+src)); err != nil {
		t.Fatal(th.Traceback(python.AsException(err)))
	}
	return out.String()
}

func TestWebSocket(t *testing.T) {
	t.Parallel()
	got := script(t, `
import websocket
ws = websocket.create_connection(BASE.replace("http", "ws") + "/ws", timeout=5, header={"X-Token": "t"})
print(ws.connected, ws.getstatus(), ws.recv())
ws.send("hi")
print(ws.recv())
ws.send("a message in fragments é")
print(ws.recv())
ws.send_binary(b"\x00\x01")
print(ws.recv())
ws.send("ping me")
print(ws.recv())
ws.ping("x")
print(ws.recv_data(control_frame=True))
ws.settimeout(0.02)
try:
    ws.recv()
except websocket.WebSocketTimeoutException as e:
    print("timeout", e)
ws.settimeout(5)
ws.send("bye")
print(repr(ws.recv()), ws.recv_data.__name__)
try:
    ws.recv()
except websocket.WebSocketConnectionClosedException as e:
    print("closed", e, ws.connected)
try:
    ws.send("x")
except websocket.WebSocketConnectionClosedException as e:
    print("closed", e)
try:
    websocket.create_connection(BASE.replace("http", "ws") + "/nope")
except websocket.WebSocketBadStatusException as e:
    print(e.status_code, str(e)[:30])
try:
    websocket.create_connection("ws://127.0.0.1:1/")
except ConnectionRefusedError as e:
    print(e)
try:
    websocket.create_connection("http://x/")
except ValueError as e:
    print(e)

seen = []
def on_message(app, message):
    seen.append(message)
    app.send("bye" if message == "hello" else "hello")
app = websocket.WebSocketApp(BASE.replace("http", "ws") + "/ws", header=["X-Token: a"], on_open=lambda a: seen.append("open"), on_message=on_message,
    on_error=lambda a, e: seen.append(e), on_close=lambda a, code, why: seen.append((code, why)))
print(app.run_forever(), seen)
import contextlib
with contextlib.closing(websocket.create_connection(BASE.replace("http", "ws") + "/ws")) as ws:
    pass
print(ws.connected)
`, newWebServer(t).URL)
	want := `True 101 t http://HOST
hi
a message in fragments é
b'\x00\x01'
pinged
(10, b'x')
timeout Connection timed out
'' recv_data
closed Connection to remote host was lost. False
closed socket is already closed.
404 Handshake status 404 Not Found
[Errno 111] Connection refused
scheme http is invalid
False ['open', 'a http://HOST', 'hello', WebSocketConnectionClosedException('Connection closed (code 1001): gone'), (1001, 'gone')]
False
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestURLOpen(t *testing.T) {
	t.Parallel()
	got := script(t, `
import urllib.request, urllib.error, http.client, json
with urllib.request.urlopen(BASE + "/echo") as r:
    print(r.status, r.read(), r.headers["X-Seen"], r.getheader("content-length"), r.url == BASE + "/echo")
req = urllib.request.Request(BASE + "/echo", data=json.dumps({"a": 1}).encode(), headers={"Content-Type": "application/json"}, method="PUT")
r = urllib.request.urlopen(req, timeout=5)
print(r.read().decode(), r.info().get("X-Seen"), r.getcode())
print(urllib.request.urlopen(BASE + "/moved").geturl() == BASE + "/echo")
try:
    urllib.request.urlopen(BASE + "/nope")
except urllib.error.HTTPError as e:
    print(e, e.code, e.reason, e.read())
try:
    urllib.request.urlopen("http://127.0.0.1:1/")
except urllib.error.URLError as e:
    print(e, repr(e.reason))
try:
    urllib.request.urlopen(BASE + "/slow", timeout=0.02)
except urllib.error.URLError as e:
    print(e)
try:
    urllib.request.urlopen("nope")
except ValueError as e:
    print(e)
c = http.client.HTTPConnection(BASE.split("//")[1])
c.request("POST", "/echo", "body", {"Content-Type": "text/plain"})
r = c.getresponse()
print(r.status, r.reason, r.read(2), r.read(), r.getheader("X-Seen"), http.client.responses[404], http.client.OK == 200)
`, newWebServer(t).URL)
	want := `200 b'got ' GET  Python-urllib/3.11 4 True
got {"a": 1} PUT application/json Python-urllib/3.11 200
True
HTTP Error 404: Not Found 404 Not Found b'nothing here\n'
<urlopen error [Errno 111] Connection refused> ConnectionRefusedError(111, 'Connection refused')
<urlopen error timed out>
unknown url type: 'nope'
200 OK b'go' b't body' POST text/plain Not Found True
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// TestInterruptedWebSocket: gevent's Timeout and kill end a read at once, and the WebSocket goes on, as with gevent and websocket-client.
func TestInterruptedWebSocket(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // its kernel takes connections, and some of what is sent
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	var out bytes.Buffer
	th := newThread(&out)
	began := time.Now()
	_ = th.Do(func() error {
		_, err := th.Exec("__main__", "script.py", fmt.Appendf(nil, `
import gevent, websocket
def soon(what, f, seconds=0.2):
    try:
        with gevent.Timeout(seconds):
            f()
    except gevent.Timeout:
        print(what)
soon("handshake", lambda: websocket.create_connection("wss://%[2]s"), 1) # certificates take their time
soon("upgrade", lambda: websocket.create_connection("ws://%[2]s"))
deaf = websocket.create_connection(%[1]q + "/deaf")
soon("send", lambda: [deaf.send("x" * 1000) for i in range(100000)])
w = websocket.create_connection(%[1]q + "/ws")
w.recv()
try:
    with gevent.Timeout(0.1):
        print(w.recv())
except gevent.Timeout as e:
    print("interrupted", w.connected)
g = gevent.spawn(w.recv)
gevent.sleep(0.1)
g.kill()
print("killed", g.dead)
w.settimeout(5)
w.send("hello")
print(w.recv())
w.settimeout(0.1)
try:
    w.recv()
except websocket.WebSocketTimeoutException as e:
    print(e)
w.send("again")
print(w.recv())
`, strings.Replace(newWebServer(t).URL, "http", "ws", 1), silent.Addr()))
		if err != nil {
			t.Error(th.Traceback(python.AsException(err)))
		}
		return nil
	})
	if got, want := out.String(), "handshake\nupgrade\nsend\ninterrupted True\nkilled True\nhello\nConnection timed out\nagain\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("it took %v, want well below the 5 s of a read", took)
	}
}
