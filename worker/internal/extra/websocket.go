package extra

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gobwas/ws"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/sockopt"
	"gregaria/worker/internal/sslcontext"
	"gregaria/worker/internal/wire"
)

// socket is one connection of the module websocket. One greenlet reads it at a time.
type socket struct {
	conn    net.Conn
	in      *bufio.Reader
	frame   []byte       // what has come of a frame
	exit    func() bool  // ends the watch on the user's life
	unread  *wire.Unread // counts it, until it is over; nil is nobody
	over    func()       // it is closed, whoever does it
	shunned atomic.Bool  // who reads is interrupted
	*timed
}

// newSocket makes a socket that is closed when the user's life is over, or when nobody refers to it any more: what does that must not.
func newSocket(ctx context.Context, conn net.Conn, unread *wire.Unread) *socket {
	x := &timed{}
	s := &socket{conn: conn, in: bufio.NewReader(conn), timed: x, unread: unread, over: sync.OnceFunc(unread.Ended)}
	unread.Opened()
	over := s.over
	leave := func() {
		_ = conn.Close()
		over()
		x.ended(nil)
	}
	exit := context.AfterFunc(ctx, leave)
	s.exit = exit
	runtime.AddCleanup(s, func(leave func()) {
		exit()
		leave()
	}, leave)
	return s
}

// connect opens a connection whose socket has options; timeout 0 waits for ever.
func connect(ctx, life context.Context, host string, port int64, options sockopt.Options, timeout time.Duration, unread *wire.Unread) (*socket, error) {
	local, began := wire.Local{Options: options.Set, Delays: options.Delays()}, time.Now()
	conn, err := local.Dial(ctx, net.JoinHostPort(host, strconv.FormatInt(port, 10)), timeout)
	if err != nil {
		return nil, err
	}
	s := newSocket(life, conn, unread)
	s.began, s.connected = began, time.Now()
	return s, nil
}

// secure begins TLS.
func (s *socket) secure(config *tls.Config, timeout time.Duration) error {
	if err := s.conn.SetDeadline(deadline(timeout)); err != nil {
		return err
	}
	c := tls.Client(s.conn, config)
	if err := c.Handshake(); err != nil {
		return err
	}
	s.conn, s.in = c, bufio.NewReader(c)
	s.secured = time.Now()
	return c.SetDeadline(time.Time{})
}

func (s *socket) send(b []byte, timeout time.Duration) error {
	if err := s.conn.SetWriteDeadline(deadline(timeout)); err != nil {
		return err
	}
	_, err := s.conn.Write(b)
	if err == nil {
		s.sent(b)
	}
	return err
}

// limit says how long the next read may take.
func (s *socket) limit(timeout time.Duration) error {
	err := s.conn.SetReadDeadline(deadline(timeout))
	if err == nil && s.shunned.Load() {
		err = s.conn.SetReadDeadline(longAgo)
	}
	return err
}

// reading is blocking for an f that reads, which an interruption ends. The socket stays usable, as with gevent.
func (s *socket) reading(t *thread, f func() error) error {
	s.shunned.Store(false)
	stop := func() {
		s.shunned.Store(true)
		_ = s.conn.SetReadDeadline(longAgo)
	}
	var failed error
	if err := t.BlockingUntil(&stop, func() { failed = f() }); err != nil {
		return err
	}
	return networkError(t, failed)
}

// receive reads up to n bytes; none are the end.
func (s *socket) receive(n int, timeout time.Duration) ([]byte, error) {
	if err := s.limit(timeout); err != nil {
		return nil, err
	}
	b := make([]byte, n)
	s.unread.Reads(1)
	n, err := s.in.Read(b)
	s.unread.Reads(-1)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return b[:n], err
}

// line reads a line with its end; none is a connection that ends before. What a failure leaves of it comes with the error.
func (s *socket) line(timeout time.Duration) ([]byte, error) {
	var line []byte
	for !bytes.HasSuffix(line, []byte("\n")) {
		b, err := s.receive(1, timeout)
		if err != nil {
			return line, err
		}
		if len(b) == 0 {
			return nil, nil
		}
		line = append(line, b...)
	}
	return line, nil
}

// readable waits until there is something to read, no longer than timeout.
func (s *socket) readable(timeout time.Duration) (bool, error) {
	if err := s.limit(timeout); err != nil {
		return false, err
	}
	s.unread.Reads(1)
	_, err := s.in.Peek(1)
	s.unread.Reads(-1)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return false, nil
	}
	return true, nil // an end is found by reading
}

// next reads a frame, as it comes. A timeout leaves what has come for the next call; nil is the end.
func (s *socket) next(timeout time.Duration) ([]byte, error) {
	for {
		need := frameSize(s.frame)
		if len(s.frame) >= need {
			frame := s.frame
			s.frame = nil
			s.came(frame)
			return frame, nil
		}
		b, err := s.receive(min(need-len(s.frame), 64<<10), timeout)
		if err != nil || len(b) == 0 {
			s.lost(err)
			return nil, err
		}
		s.frame = append(s.frame, b...)
	}
}

// frameSize is how long the frame is that begins with b, as far as b says.
func frameSize(b []byte) int {
	if len(b) < 2 {
		return 2
	}
	size, length := 2, uint64(b[1]&0x7f)
	switch length {
	case 126:
		size += 2
	case 127:
		size += 8
	}
	if len(b) < size {
		return size
	}
	if size > 2 {
		length = 0
		for _, c := range b[2:size] {
			length = length<<8 | uint64(c)
		}
	}
	if b[1]&0x80 != 0 {
		size += 4
	}
	return size + int(min(length, 1<<40))
}

// fileno is the number of the socket's descriptor.
func (s *socket) fileno() (n int64, err error) {
	c := s.conn
	if secure, ok := c.(*tls.Conn); ok {
		c = secure.NetConn()
	}
	raw, err := c.(syscall.Conn).SyscallConn()
	if err != nil {
		return 0, err
	}
	err = raw.Control(func(fd uintptr) { n = int64(fd) })
	return n, err
}

func (s *socket) close() error {
	s.exit()
	s.ended(nil)
	s.over()
	return s.conn.Close()
}

// longAgo is a deadline that is over, and not the one that is none.
var longAgo = time.Unix(1, 0)

func deadline(timeout time.Duration) time.Time {
	if timeout <= 0 {
		return time.Time{}
	}
	return time.Now().Add(timeout)
}

// newWebSocket makes what the module websocket is built on.
func newWebSocket(*thread) (*python.Module, error) {
	return python.NewModule("_extra_websocket", nil, append(socketFunctions(&wire.Unread{}),
		python.Func("mask(key, data)", func(_ *thread, a []value) (value, error) {
			key, _ := python.AsBytes(a[0])
			b, _ := python.AsBytes(a[1])
			out := []byte(b)
			if len(key) == 4 {
				ws.Cipher(out, [4]byte([]byte(key)), 0)
			}
			return python.NewBytes(out), nil
		}),
		python.Func("in_network(ip, network)", func(_ *thread, a []value) (value, error) {
			ip, _ := python.AsStr(a[0])
			network, _ := python.AsStr(a[1])
			addr, err := netip.ParseAddr(ip)
			if err != nil {
				return python.False, nil //nolint:nilerr // a name is in no network
			}
			prefix, err := netip.ParsePrefix(network)
			return python.NewBool(err == nil && prefix.Contains(addr)), nil
		}),
	)...), nil
}

func socketFunctions(unread *wire.Unread) []*python.Native { //nolint:funlen // a table of short functions
	return []*python.Native{
		python.Func("connect(host, port, options, timeout)", func(t *thread, a []value) (value, error) {
			host, _ := python.AsStr(a[0])
			port, _ := python.AsInt(a[1])
			options, err := sockopt.Read(t, a[2])
			if err != nil {
				return nil, err
			}
			timeout, ctx := timeoutOf(a[3]), lifetime(t)
			var s *socket
			var failed error
			if err := t.BlockingIn(ctx, func(dialing context.Context) { s, failed = connect(dialing, ctx, host, port, options, timeout, unread) }); err != nil {
				return nil, err
			}
			if failed != nil {
				return nil, networkError(t, failed)
			}
			return python.NewInstance(python.ObjectType, s), nil
		}),
		python.Func("secure(socket, context, name, timeout)", func(t *thread, a []value) (value, error) {
			context := sslcontext.Of(a[1])
			if context == nil {
				return nil, python.Errorf(python.TypeError, "'%s' object is no SSLContext", python.TypeOf(a[1]).Name())
			}
			name, _ := python.AsStr(a[2])
			config, err := context.Config(t, name)
			if err != nil {
				return nil, err
			}
			s, timeout := socketOf(a[0]), timeoutOf(a[3])
			var failed error
			if err := t.Blocking(func() { failed = s.secure(config, timeout) }); err != nil {
				return nil, err
			}
			if failed == nil {
				return python.None, nil
			}
			if f := sslcontext.EndOfHandshake(failed); f != nil {
				return nil, raise(t, f.Class, python.NewInt(f.Number), str(f.Text))
			}
			return nil, networkError(t, failed)
		}),
		python.Func("opened(socket, resource)", func(t *thread, a []value) (value, error) {
			resource, _ := python.AsStr(a[1])
			socketOf(a[0]).opened(environ(t), resource)
			return python.None, nil
		}),
		python.Func("send(socket, data, timeout)", func(t *thread, a []value) (value, error) {
			b, _ := python.AsBytes(a[1])
			s, timeout := socketOf(a[0]), timeoutOf(a[2])
			return python.NewInt(int64(len(b))), blocking(t, func() error { return s.send([]byte(b), timeout) })
		}),
		python.Func("receive(socket, n, timeout)", func(t *thread, a []value) (value, error) {
			n, _ := python.AsInt(a[1])
			s, timeout := socketOf(a[0]), timeoutOf(a[2])
			var b []byte
			err := s.reading(t, func() (err error) {
				b, err = s.receive(int(n), timeout)
				return err
			})
			return python.NewBytes(b), err
		}),
		python.Func("line(socket, timeout)", func(t *thread, a []value) (value, error) {
			s, timeout := socketOf(a[0]), timeoutOf(a[1])
			var line []byte
			err := s.reading(t, func() (err error) {
				line, err = s.line(timeout)
				return err
			})
			return python.NewBytes(line), err
		}),
		python.Func("frame(socket, timeout)", func(t *thread, a []value) (value, error) {
			s, timeout := socketOf(a[0]), timeoutOf(a[1])
			var b []byte
			err := s.reading(t, func() (err error) {
				b, err = s.next(timeout)
				return err
			})
			if err != nil || b == nil {
				return python.None, err
			}
			return frameValue(b), nil
		}),
		python.Func("readable(socket, timeout)", func(t *thread, a []value) (value, error) {
			s, timeout := socketOf(a[0]), timeoutOf(a[1])
			ready := false
			err := s.reading(t, func() (err error) {
				ready, err = s.readable(timeout)
				return err
			})
			return python.NewBool(ready), err
		}),
		python.Func("fileno(socket)", func(t *thread, a []value) (value, error) {
			n, err := socketOf(a[0]).fileno()
			return python.NewInt(n), networkError(t, err)
		}),
		python.Func("close(socket)", func(t *thread, a []value) (value, error) {
			s := socketOf(a[0])
			return python.None, t.Blocking(func() { _ = s.close() })
		}),
	}
}

// frameValue is a frame in parts: its first byte, whether it was masked, and its content without the mask.
func frameValue(b []byte) value {
	head := headSize(b)
	if b[1]&0x80 != 0 {
		ws.Cipher(b[head:], [4]byte(b[head-4:head]), 0)
	}
	return python.NewTuple(python.NewInt(int64(b[0])), python.NewInt(int64(b[1]>>7)), python.NewBytes(b[head:]))
}

// headSize is how much of a frame stands before its content.
func headSize(b []byte) int {
	head := 2
	switch b[1] & 0x7f {
	case 126:
		head = 4
	case 127:
		head = 10
	}
	if b[1]&0x80 != 0 {
		head += 4
	}
	return head
}

// blocking runs what waits, without the lock of the isolate, and puts its error into CPython's words.
func blocking(t *thread, f func() error) error {
	var failed error
	if err := t.Blocking(func() { failed = f() }); err != nil {
		return err
	}
	return networkError(t, failed)
}

func socketOf(v value) *socket { return v.(*python.Instance).Data.(*socket) }

// timeoutOf converts seconds; None is for ever.
func timeoutOf(v value) time.Duration {
	if f, ok := python.AsFloat(orNone(v)); ok {
		return max(time.Duration(min(f, 9e9)*1e9), 1)
	}
	return 0
}
