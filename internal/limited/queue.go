//go:build linux

package limited

import (
	"cmp"
	"fmt"
	"net"
	"net/http"
	"time"

	"golang.org/x/sys/unix"
)

// backlog is the length of a listen queue that is to be full.
const backlog = 8

// Listen opens the port of a limit.
func (l Limit) Listen(address string, work time.Duration) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil || l.Accept == nil {
		return listener, err
	}
	return l.Accept(listener.(*net.TCPListener), work) //nolint:forcetypeassert // net.Listen has them for tcp
}

// closes ends the connection with each answer, so that each request needs to be accepted.
func closes(_ time.Duration, _ string) (http.Handler, error) {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close")
		ok(w)
	}), nil
}

// slowly makes the listen queue short, and accepts a connection each time work has passed.
func slowly(listener *net.TCPListener, work time.Duration) (net.Listener, error) {
	raw, err := listener.SyscallConn()
	if err != nil {
		return nil, fmt.Errorf("shorten the listen queue: %w", err)
	}
	var listens error
	if err := raw.Control(func(fd uintptr) { listens = unix.Listen(int(fd), backlog) }); err != nil || listens != nil { // Go's own is net.core.somaxconn
		return nil, fmt.Errorf("shorten the listen queue: %w", cmp.Or(err, listens))
	}
	return slow{listener, work}, nil
}

// A slow listener needs time for each connection.
type slow struct {
	net.Listener
	work time.Duration
}

// Accept waits for the time and then for a connection.
func (s slow) Accept() (net.Conn, error) {
	time.Sleep(s.work)
	return s.Listener.Accept()
}
