//go:build unix

package wire

import (
	"net"
	"syscall"
)

// A sender writes a request and reads the beginning of the answer in one step. A plain write followed by a read asks the
// kernel for the answer before it can be there, is told so, and asks again when it is: one system call in three for
// nothing. Here the write happens inside the read, after the runtime has begun to listen for readiness, so no answer can
// be missed, and the read that follows succeeds at once.
type sender struct {
	raw     syscall.RawConn // nil if the connection cannot do it
	step    func(fd uintptr) bool
	pending []byte
	written int
	trace   *trace
	answer  *Buffer // the beginning of the answer, nil until it is there: who waits for it holds no buffer for it
	op      string  // what err is from
	err     error
	peek    func(fd uintptr)
	quiet   bool // nothing has come, not even an end
}

// atRest looks, without waiting, whether the connection is open and has nothing to say.
func (s *sender) atRest() bool {
	if s.peek == nil {
		s.peek = func(fd uintptr) { s.quiet = peekNow(fd) == syscall.EAGAIN }
	}
	s.quiet = false
	return s.raw.Control(s.peek) == nil && s.quiet
}

func newSender(c net.Conn) sender {
	raw, err := c.(syscall.Conn).SyscallConn()
	if err != nil {
		return sender{}
	}
	return sender{raw: raw}
}

func (s *sender) direct() bool { return s.raw != nil }

// send writes p and returns the beginning of the answer when that is there; nil, and no error, if it is for the caller to
// read: what does not fit in the socket's buffer is written the ordinary way, and an end is found by reading again.
func (s *sender) send(c net.Conn, p []byte, t *trace) (*Buffer, error) {
	if s.step == nil {
		s.step = s.writeThenRead
	}
	s.pending, s.written, s.err, s.trace = p, 0, nil, t
	err := s.raw.Read(s.step)
	answer := s.answer
	s.pending, s.answer, s.trace = nil, nil, nil
	if err != nil {
		return answer, err
	}
	if s.err != nil {
		return nil, &net.OpError{Op: s.op, Net: "tcp", Source: c.LocalAddr(), Addr: c.RemoteAddr(), Err: s.err}
	}
	if s.written < len(p) {
		n, failed := c.Write(p[s.written:])
		t.wrote(n)
		err = failed
	}
	return answer, err
}

// writeThenRead is called until it returns true: first at once, then whenever the connection may be readable.
func (s *sender) writeThenRead(fd uintptr) bool {
	if s.written == len(s.pending) {
		return s.read(fd)
	}
	n, err := writeNow(fd, s.pending[s.written:])
	if err != 0 && err != syscall.EAGAIN {
		s.op, s.err = "write", err
		return true
	}
	s.written += n
	s.trace.wrote(n)
	return s.written < len(s.pending)
}

// read reads what there is of the answer.
func (s *sender) read(fd uintptr) bool {
	b := Small()
	n, err := readNow(fd, b.B[:cap(b.B)])
	if n > 0 {
		b.B = b.B[:n]
		s.answer = b
		s.trace.read(n)
		return true
	}
	b.GiveBack()
	if err != 0 && err != syscall.EAGAIN {
		s.op, s.err = "read", err
	}
	return err != syscall.EAGAIN
}
