//go:build unix

package client

import (
	"net"
	"syscall"
)

// A sender writes a request and waits for the first byte of the answer in one step. A plain write followed by a read
// asks the kernel for the answer before it can be there, is told so, and asks again when it is: one system call in
// three for nothing. Here the write happens inside the read, after the runtime has begun to listen for readiness, so
// no answer can be missed, and the read that follows succeeds at once.
type sender struct {
	raw     syscall.RawConn // nil if the connection cannot do it
	step    func(fd uintptr) bool
	pending []byte
	written int
	err     error
}

func newSender(c net.Conn) sender {
	raw, err := c.(syscall.Conn).SyscallConn()
	if err != nil {
		return sender{}
	}
	return sender{raw: raw}
}

func (s *sender) direct() bool { return s.raw != nil }

// send writes p and returns when there is something to read, or an error. What does not fit in the socket's buffer is
// written the ordinary way.
func (s *sender) send(c net.Conn, p []byte) error {
	if s.step == nil {
		s.step = s.writeThenWait
	}
	s.pending, s.written, s.err = p, 0, nil
	err := s.raw.Read(s.step)
	s.pending = nil
	if err != nil {
		return err
	}
	if s.err != nil && s.err != syscall.EAGAIN { //nolint:errorlint // a bare errno
		return &net.OpError{Op: "write", Net: "tcp", Source: c.LocalAddr(), Addr: c.RemoteAddr(), Err: s.err}
	}
	if s.written < len(p) {
		_, err = c.Write(p[s.written:])
	}
	return err
}

// writeThenWait is called until it returns true: first at once, then whenever the connection may be readable.
func (s *sender) writeThenWait(fd uintptr) bool {
	if s.written == len(s.pending) {
		return true
	}
	for {
		n, err := syscall.Write(int(fd), s.pending[s.written:])
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			s.err = err
			return true
		}
		s.written += n
		return s.written < len(s.pending)
	}
}
