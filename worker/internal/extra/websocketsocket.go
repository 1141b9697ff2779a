package extra

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

	"gregaria/worker/internal/sockopt"
	"gregaria/worker/internal/wire"
)

// socket is one connection of the module websocket. One greenlet reads it at a time.
type socket struct {
	conn   net.Conn
	in     *bufio.Reader
	frame  []byte       // what has come of a frame
	exit   func() bool  // ends the watch on the user's life
	unread *wire.Unread // counts it, until it is over; nil is nobody
	over   func()       // it is closed, whoever does it
	reads  direction
	writes direction
	*timed
}

// newSocket makes a socket that is closed when the user's life is over, or when nobody refers to it any more: what does that must not.
func newSocket(ctx context.Context, conn net.Conn, unread *wire.Unread) *socket {
	x := &timed{}
	s := &socket{
		conn: conn, in: bufio.NewReader(conn), timed: x, unread: unread, over: sync.OnceFunc(unread.Ended),
		reads: direction{set: conn.SetReadDeadline}, writes: direction{set: conn.SetWriteDeadline},
	}
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
func (s *socket) secure(ctx context.Context, config *tls.Config, timeout time.Duration) error {
	if err := s.conn.SetDeadline(deadline(timeout)); err != nil {
		return err
	}
	c := tls.Client(s.conn, config)
	if err := c.HandshakeContext(ctx); err != nil {
		return err
	}
	s.conn, s.in = c, bufio.NewReader(c)
	s.secured = time.Now()
	return c.SetDeadline(time.Time{})
}

func (s *socket) send(b []byte, timeout time.Duration) error {
	if err := s.writes.limit(timeout); err != nil {
		return err
	}
	_, err := s.conn.Write(b)
	if err == nil {
		s.sent(b)
	}
	return err
}

// receive reads up to n bytes; none are the end.
func (s *socket) receive(n int, timeout time.Duration) ([]byte, error) {
	if err := s.reads.limit(timeout); err != nil {
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
	if err := s.reads.limit(timeout); err != nil {
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
