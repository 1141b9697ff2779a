//go:build unix

package wire

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
)

// TestLocal holds what the socket of a connection is like: as usual, small packets go out at once.
func TestLocal(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(s.Close)
	address := strings.TrimPrefix(s.URL, "http://")
	keepAlive := func(fd uintptr) error {
		return syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_KEEPALIVE, 1)
	}
	for _, test := range []struct {
		why                string
		local              *Local
		noDelay, keepAlive bool
		from               string
	}{
		{"as usual", nil, true, false, "127.0.0.1"},
		{"an option", &Local{Options: keepAlive}, true, true, "127.0.0.1"},
		{"an option, and small packets are gathered", &Local{Options: keepAlive, Delays: true}, false, true, "127.0.0.1"},
		{"an address", &Local{Source: "127.0.0.8:0"}, true, false, "127.0.0.8"},
	} {
		c, err := dial(t.Context(), Origin{Address: address, Local: test.local}, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := c.Conn.(syscall.Conn).SyscallConn()
		if err != nil {
			t.Fatal(err)
		}
		var noDelay, keeps int
		if err := raw.Control(func(fd uintptr) {
			noDelay, _ = syscall.GetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_NODELAY)
			keeps, _ = syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_KEEPALIVE)
		}); err != nil {
			t.Fatal(err)
		}
		if from, _, _ := net.SplitHostPort(c.LocalAddr().String()); noDelay != 0 != test.noDelay || keeps != 0 != test.keepAlive || from != test.from {
			t.Errorf("%s: the socket has TCP_NODELAY %d, SO_KEEPALIVE %d, address %s, want %v, %v, %s", test.why, noDelay, keeps, from, test.noDelay, test.keepAlive, test.from)
		}
		_ = c.Close()
	}
}
