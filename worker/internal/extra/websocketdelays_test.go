package extra

import (
	"bytes"
	"net"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/sockopt"
)

// TestWebSocketDelays holds that small packets are gathered where an option of the socket says so.
func TestWebSocketDelays(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	th := newThread(&bytes.Buffer{})
	for _, want := range []int{0, 1} {
		th.Lock()
		option := python.NewTuple(python.NewInt(unix.IPPROTO_TCP), python.NewInt(unix.TCP_NODELAY), python.NewInt(int64(want)))
		options, err := sockopt.Read(th, python.NewList(option))
		th.Unlock()
		if err != nil {
			t.Fatal(err)
		}
		s, err := connect(t.Context(), t.Context(), "127.0.0.1", int64(l.Addr().(*net.TCPAddr).Port), options, time.Minute, nil)
		if err != nil {
			t.Fatal(err)
		}
		fd, err := s.fileno()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unix.GetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_NODELAY); got != want || err != nil {
			t.Errorf("TCP_NODELAY = %d, %v after it was set to %d", got, err, want)
		}
		_ = s.close()
	}
}
