package extra

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/gobwas/ws"

	"gregaria/worker/internal/python"
)

// socket is one WebSocket of the module websocket (RFC 6455). One greenlet reads it at a time.
type socket struct {
	conn    net.Conn
	in      io.Reader
	message []byte // what came of a fragmented message
	op      ws.OpCode
	status  int
	headers http.Header
	proto   string
	exit    func() bool // ends the watch on the user's life
}

// dialling says how to open a WebSocket.
type dialling struct {
	url       string
	headers   http.Header
	protocols []string
	timeout   time.Duration
	verify    bool
}

func (d dialling) open(ctx context.Context) (*socket, error) {
	s := &socket{headers: http.Header{}}
	dialer := ws.Dialer{
		Timeout: d.timeout, Protocols: d.protocols, Header: ws.HandshakeHeaderHTTP(d.headers),
		TLSConfig: &tls.Config{InsecureSkipVerify: !d.verify}, //nolint:gosec // the file asked for it
		OnHeader: func(k, v []byte) error {
			s.headers.Add(string(k), string(v))
			return nil
		},
		OnStatusError: func(status int, _ []byte, _ io.Reader) { s.status = status },
	}
	conn, rest, hs, err := dialer.Dial(ctx, d.url)
	if err != nil {
		return s, err
	}
	s.conn, s.in, s.status, s.proto = conn, conn, http.StatusSwitchingProtocols, hs.Protocol
	if rest != nil {
		s.in = io.MultiReader(rest, conn)
	}
	s.exit = context.AfterFunc(ctx, func() { _ = conn.Close() })
	return s, nil
}

// send writes one frame; timeout 0 waits for ever.
func (s *socket) send(op ws.OpCode, payload []byte, timeout time.Duration) error {
	if err := s.conn.SetWriteDeadline(deadline(timeout)); err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := ws.WriteFrame(&buf, ws.MaskFrameInPlace(ws.NewFrame(op, true, bytes.Clone(payload)))); err != nil {
		return err
	}
	_, err := s.conn.Write(buf.Bytes())
	return err
}

// receive reads the next message or control frame; pings are answered.
func (s *socket) receive(timeout time.Duration) (ws.OpCode, []byte, error) {
	if err := s.conn.SetReadDeadline(deadline(timeout)); err != nil {
		return 0, nil, err
	}
	for {
		frame, err := ws.ReadFrame(s.in)
		if err != nil {
			return 0, nil, err
		}
		if frame.Header.Masked {
			frame = ws.UnmaskFrameInPlace(frame)
		}
		op := frame.Header.OpCode
		switch {
		case op == ws.OpPing:
			return op, frame.Payload, s.send(ws.OpPong, frame.Payload, timeout)
		case op.IsControl():
			return op, frame.Payload, nil
		case op != ws.OpContinuation:
			s.op, s.message = op, nil
		}
		s.message = append(s.message, frame.Payload...)
		if frame.Header.Fin {
			return s.op, s.message, nil
		}
	}
}

func (s *socket) close() error {
	if s.exit != nil {
		s.exit()
	}
	return s.conn.Close()
}

func deadline(timeout time.Duration) time.Time {
	if timeout <= 0 {
		return time.Time{}
	}
	return time.Now().Add(timeout)
}

// newWebSocket makes what the module websocket is built on.
func newWebSocket(*thread) (*python.Module, error) {
	return python.NewModule("_extra_websocket", nil,
		python.Func("dial(url, headers, protocols, timeout, verify)", func(t *thread, a []value) (value, error) {
			d, err := diallingOf(t, a)
			if err != nil {
				return nil, err
			}
			var s *socket
			var derr error
			if err := t.Blocking(func() { s, derr = d.open(lifetime(t)) }); err != nil {
				return nil, err
			}
			headers := python.NewDict()
			for k, v := range s.headers {
				headers.SetStr(strings.ToLower(k), str(strings.Join(v, ", ")))
			}
			if derr != nil && s.status != 0 {
				return python.NewTuple(python.None, python.NewInt(int64(s.status)), headers, python.None), nil
			}
			if derr != nil {
				return nil, streamError(derr)
			}
			return python.NewTuple(python.NewInstance(python.ObjectType, s), python.NewInt(int64(s.status)), headers, str(s.proto)), nil
		}),
		python.Func("send(socket, opcode, payload, timeout)", func(t *thread, a []value) (value, error) {
			op, _ := python.AsInt(a[1])
			b, _ := python.AsBytes(a[2])
			timeout := timeoutOf(a[3])
			var serr error
			if err := t.Blocking(func() { serr = socketOf(a[0]).send(ws.OpCode(op), []byte(b), timeout) }); err != nil {
				return nil, err
			}
			return python.NewInt(int64(len(b))), streamError(serr)
		}),
		python.Func("receive(socket, timeout)", func(t *thread, a []value) (value, error) {
			s, timeout := socketOf(a[0]), timeoutOf(a[1])
			var op ws.OpCode
			var b []byte
			var rerr error
			if err := t.Blocking(func() { op, b, rerr = s.receive(timeout) }); err != nil {
				return nil, err
			}
			if rerr != nil {
				return nil, streamError(rerr)
			}
			return python.NewTuple(python.NewInt(int64(op)), python.NewBytes(b)), nil
		}),
		python.Func("close(socket)", func(t *thread, a []value) (value, error) {
			s := socketOf(a[0])
			return python.None, t.Blocking(func() { _ = s.close() })
		}),
	), nil
}

func socketOf(v value) *socket { return v.(*python.Instance).Data.(*socket) }

func diallingOf(t *thread, a []value) (dialling, error) {
	d := dialling{headers: http.Header{}, timeout: timeoutOf(a[3]), verify: a[4] == python.True}
	d.url, _ = python.AsStr(a[0])
	err := t.Each(a[1], func(v value) error {
		s, _ := python.AsStr(v)
		k, x, _ := strings.Cut(s, ":")
		d.headers.Add(strings.TrimSpace(k), strings.TrimSpace(x))
		return nil
	})
	if err != nil {
		return d, err
	}
	return d, t.Each(a[2], func(v value) error {
		s, _ := python.AsStr(v)
		d.protocols = append(d.protocols, s)
		return nil
	})
}

// timeoutOf converts seconds; None is for ever.
func timeoutOf(v value) time.Duration {
	if f, ok := python.AsFloat(orNone(v)); ok {
		return max(time.Duration(min(f, 9e9)*1e9), 1)
	}
	return 0
}

// streamError is networkError for reads and writes of a connection: an end is an EOFError.
func streamError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return python.Errorf(python.TimeoutError, "timed out")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return python.Errorf(python.EOFError, "")
	}
	return networkError(err)
}
