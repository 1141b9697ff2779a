package extra

import (
	"errors"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"gregaria/worker/internal/events"
	"gregaria/worker/user"
)

// webSocketType is the type of the row in timings that says how long WebSockets took to open.
const webSocketType = "WS"

// timed is what timings are told of a socket (docs/timings.md).
type timed struct {
	began, connected, secured time.Time
	watch                     atomic.Pointer[events.Watch] // nil before it is a WebSocket, or where nobody wants to know
	closed                    atomic.Bool                  // one side has said that it is over
}

// environ is the environment of the user that a thread runs, nil if none.
func environ(t *thread) *user.Env {
	if o, ok := t.Local.(interface{ Env() *user.Env }); ok {
		return o.Env()
	}
	return nil
}

// opened says that the handshake is done: the connection is a WebSocket.
func (x *timed) opened(env *user.Env, resource string) {
	name := socketName(resource)
	w := events.Stream{Type: webSocketType, Name: name, URL: located(resource), Began: x.began, Messages: true}.Watch(env)
	if w == nil {
		return
	}
	now := time.Now()
	exchange := user.Exchange{Connect: x.connected.Sub(x.began), Wait: now.Sub(x.connected), Status: 101}
	if !x.secured.IsZero() {
		exchange.TLS, exchange.Wait = x.secured.Sub(x.connected), now.Sub(x.secured)
	}
	x.watch.Store(w)
	env.Recorder.Record(user.Request{Type: webSocketType, Name: name, ResponseTime: now.Sub(x.began), End: now, Exchange: exchange, Apart: true})
}

// A located is a URL, or what follows the host in one.
type located string

func (l located) String() string { return string(l) }

// socketName is the name of a WebSocket: its path, without what is another one each time. Nobody can say a better one to websocket-client.
func socketName(resource string) string {
	path, _, _ := strings.Cut(resource, "?")
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if isID(part) {
			parts[i] = "[id]"
		}
	}
	return strings.Join(parts, "/")
}

// isID says whether a part of a path is a number, or long and with a digit, as UUIDs and tokens are.
func isID(part string) bool {
	digits := 0
	for _, c := range part {
		if '0' <= c && c <= '9' {
			digits++
		}
	}
	return digits > 0 && (digits == len(part) || len(part) >= 16)
}

// The first byte of a frame (RFC 6455, section 5.2).
const (
	frameFin    = 0x80
	frameOpcode = 0x0f
	frameClose  = 8 // and above: control frames
)

// came takes a frame of the server's. None may mask what it says; of one that does, nobody unmasks it here.
func (x *timed) came(frame []byte) {
	w := x.watch.Load()
	if w == nil {
		return
	}
	switch opcode := frame[0] & frameOpcode; {
	case opcode == frameClose:
		x.closed.Store(true)
		w.Ended(true, nil)
	case opcode < frameClose:
		w.SawMessage(frame[headSize(frame):], frame[0]&frameFin != 0)
	}
}

// sent takes what goes to the server.
func (x *timed) sent(b []byte) {
	if x.watch.Load() != nil && len(b) > 0 && b[0]&frameOpcode == frameClose {
		x.closed.Store(true)
	}
}

// lost takes why no frame comes any more; nil is the end of the connection. Who only waits too long may go on.
func (x *timed) lost(err error) {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return
	}
	if err == nil {
		err = io.ErrUnexpectedEOF
	}
	x.ended(err)
}

// ended says that nothing more comes: properly, if one side has said so.
func (x *timed) ended(err error) {
	if w := x.watch.Load(); w != nil {
		w.Ended(x.closed.Load(), err)
	}
}
