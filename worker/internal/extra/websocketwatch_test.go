package extra

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gobwas/ws"
	"github.com/google/go-cmp/cmp"

	"gregaria/worker/user"
)

// A listener keeps what timings are told.
type listener struct {
	mu       sync.Mutex // guards what follows
	requests []user.Request
	events   []time.Duration
	names    []string
}

func (l *listener) Record(q user.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests = append(l.requests, q)
}

func (l *listener) RecordEvent(name string, first bool, after time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if first != (len(l.events) == 0) {
		name += " out of turn"
	}
	l.events, l.names = append(l.events, after), append(l.names, name)
}

func (l *listener) told() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for _, q := range l.requests {
		text := strings.TrimSpace(q.Type + " " + q.Name + " " + q.Failure)
		if q.Incomplete {
			text += " incomplete"
		}
		if !q.Apart {
			text += " in Locust's statistics"
		}
		if q.Type == webSocketType && (q.Exchange.Connect <= 0 || q.Exchange.Wait <= 0 || q.ResponseTime < q.Exchange.Connect+q.Exchange.Wait || q.Exchange.Status != 101) {
			text += fmt.Sprintf(" %+v", q.Exchange)
		}
		out = append(out, text)
	}
	return append(out, l.names...)
}

// An owner is a user that a thread runs.
type owner struct {
	env *user.Env
	ctx context.Context //nolint:containedctx // see requests.Owner
}

func (o *owner) Env() *user.Env           { return o.env }
func (o *owner) Context() context.Context { return o.ctx }

// messageServer sends messages, then does as it is told.
func messageServer(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, _, err := ws.UpgradeHTTP(r, w)
		if err != nil {
			return
		}
		defer conn.Close()
		send := func(f ws.Frame) { _ = ws.WriteFrame(conn, f) }
		send(ws.NewTextFrame([]byte(`{"a":"x"}`)))
		send(ws.NewPingFrame([]byte("p")))
		send(ws.NewTextFrame([]byte(" ")))
		send(ws.NewFrame(ws.OpText, false, []byte(`{"a":`)))
		send(ws.NewFrame(ws.OpContinuation, true, []byte(`"y","b":"`+strings.Repeat("long", 100)+`"}`)))
		send(ws.NewTextFrame([]byte(`{"b":"z"}`)))
		switch {
		case strings.HasPrefix(r.URL.Path, "/closes"):
			send(ws.NewCloseFrame(ws.NewCloseFrameBody(ws.StatusNormalClosure, "")))
		case strings.HasPrefix(r.URL.Path, "/breaks"):
			_, _ = ws.ReadFrame(conn) // the pong: a close before it has come would be a reset, which takes what was sent with it
			return
		}
		for {
			f, err := ws.ReadFrame(conn)
			if err != nil {
				return
			}
			if f.Header.OpCode == ws.OpClose {
				send(ws.NewCloseFrame(ws.NewCloseFrameBody(ws.StatusNormalClosure, "")))
				return
			}
		}
	}))
	t.Cleanup(s.Close)
	return strings.Replace(s.URL, "http", "ws", 1)
}

func TestWebSocketsAreMeasured(t *testing.T) {
	t.Parallel()
	base := messageServer(t)
	for _, tt := range []struct {
		reason, path, data, body string
		want                     []string
	}{
		{"closed by the server", "/closes/7", "", "while w.connected and w.recv(): pass", []string{"WS /closes/[id]", "STREAM /closes/[id]", "/closes/[id]", "/closes/[id]", "/closes/[id]"}},
		{"closed by the user", "/x?token=secret", "", "[w.recv() for i in range(4)]; w.close()", []string{"WS /x", "STREAM /x", "/x", "/x", "/x"}},
		{"only some messages count", "/x", "$.a", "[w.recv() for i in range(4)]; w.close()", []string{"WS /x", "STREAM /x", "/x", "/x"}},
		{"broken off", "/breaks", "", "try:\n  while True: w.recv()\nexcept websocket.WebSocketConnectionClosedException: w.close()", []string{"WS /breaks", "STREAM /breaks stream broken off", "/breaks", "/breaks", "/breaks"}},
		{"left without a word", "/x", "", "w.recv(); w.shutdown()", []string{"WS /x", "STREAM /x incomplete", "/x"}},
		{"a wait that was too long", "/x", "", "[w.recv() for i in range(4)]; w.settimeout(0.01)\ntry: w.recv()\nexcept websocket.WebSocketTimeoutException: pass\nw.close()", []string{"WS /x", "STREAM /x", "/x", "/x", "/x"}},
		{"not read", "/x", "", "", []string{"WS /x", "STREAM /x incomplete"}},
	} {
		l := &listener{}
		var err error
		ctx, cancel := context.WithCancel(t.Context())
		env := &user.Env{Done: ctx, Recorder: l}
		if env.Streams, err = user.NewStreams(tt.data); err != nil {
			t.Fatal(err)
		}
		runAs(t, &owner{env, ctx}, fmt.Sprintf("import websocket\nw = websocket.create_connection(%q)\n%s\n", base+tt.path, tt.body))
		cancel()
		for end := time.Now().Add(5 * time.Second); len(l.told()) < len(tt.want) && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		if diff := cmp.Diff(tt.want, l.told()); diff != "" {
			t.Errorf("%s: want -, got +\n%s", tt.reason, diff)
		}
	}
}

func runAs(t *testing.T, o *owner, source string) {
	t.Helper()
	var out bytes.Buffer
	th := newThread(&out)
	th.Local = o
	th.Lock()
	defer th.Unlock()
	if _, err := th.Exec("__main__", "script.py", []byte(source)); err != nil {
		t.Error(th.Traceback(err))
	}
}

// TestForgottenWebSockets are closed while their user lives on, and have their row; one that the user still has has it when the user's life is
// over.
func TestForgottenWebSockets(t *testing.T) {
	t.Parallel()
	l := &listener{}
	env := &user.Env{Done: t.Context(), Recorder: l, Streams: &user.Streams{}}
	var out bytes.Buffer
	th := newThread(&out)
	th.Local = &owner{env, t.Context()}
	_ = th.Do(func() error {
		_, err := th.Exec("__main__", "script.py", fmt.Appendf(nil, `
import websocket
def forget(path):
    w = websocket.create_connection(%q + path)
    w.recv()
for i in range(3): forget("/forgotten")
kept = websocket.create_connection(%[1]q + "/kept")
`, messageServer(t)))
		if err != nil {
			t.Error(th.Traceback(err))
		}
		return nil
	})
	rows := func() (forgotten, kept int) {
		for _, row := range l.told() {
			switch row {
			case "STREAM /forgotten incomplete":
				forgotten++
			case "STREAM /kept incomplete":
				kept++
			}
		}
		return forgotten, kept
	}
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if runtime.GC(); len(l.told()) >= 4+3+3 {
			break
		}
	}
	if forgotten, kept := rows(); forgotten != 3 || kept != 0 {
		t.Errorf("%d rows of forgotten WebSockets, %d of the one that is not, want 3 and none: %q", forgotten, kept, l.told())
	}
	env.Exit()
	if forgotten, kept := rows(); forgotten != 3 || kept != 1 {
		t.Errorf("%d rows of forgotten WebSockets, %d of the one that was left, want 3 and 1: %q", forgotten, kept, l.told())
	}
	runtime.KeepAlive(th)
}

// TestWebSocketsAreNotMeasured where nobody wants to know, and where no user has them.
func TestWebSocketsAreNotMeasured(t *testing.T) {
	t.Parallel()
	base := messageServer(t)
	l := &listener{}
	runAs(t, &owner{&user.Env{Done: t.Context(), Recorder: l}, t.Context()}, fmt.Sprintf("import websocket\nw = websocket.create_connection(%q)\nw.recv(); w.close()\n", base+"/x"))
	var out bytes.Buffer
	th := newThread(&out)
	th.Lock()
	defer th.Unlock()
	if _, err := th.Exec("__main__", "script.py", []byte(fmt.Sprintf("import websocket\nw = websocket.create_connection(%q)\nprint(w.recv()); w.close()\n", base+"/x"))); err != nil {
		t.Error(th.Traceback(err))
	}
	if got := l.told(); len(got) > 0 || out.String() != "{\"a\":\"x\"}\n" {
		t.Errorf("recorded %q, printed %q", got, out.String())
	}
}

func TestSocketName(t *testing.T) {
	t.Parallel()
	for resource, want := range map[string]string{
		"/": "/", "/ws?token=x": "/ws", "/v1/chat": "/v1/chat", "/jobs/17/events": "/jobs/[id]/events",
		"/jobs/2f1c4e0a-7b1d-4b8e-9c55-0a6f7a1f2b3c": "/jobs/[id]", "/a-long-name-without-any": "/a-long-name-without-any", "/ws2": "/ws2",
	} {
		if got := socketName(resource); got != want {
			t.Errorf("socketName(%q) = %q, want %q", resource, got, want)
		}
	}
}
