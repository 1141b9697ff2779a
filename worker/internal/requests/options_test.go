//go:build linux

package requests

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"golang.org/x/sys/unix"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire/wiretest"
)

// TestOptionsAsRequests compares what testdata/options.py prints of options of sockets, which the other end of the connection
// has seen, with what requests itself made of them.
func TestOptionsAsRequests(t *testing.T) {
	server := serveSegments(t)
	proxy := serveSegments(t)
	for _, newThread := range []func(*bytes.Buffer) *python.Thread{newThread, newGeneralThread} {
		wiretest.Compare(t, &wiretest.Server{URL: server + " " + proxy}, "options", func(source string) string { return wiretest.Run(t, newThread, source, nil) })
	}
}

// serveSegments starts a server that answers with the size of the segments that a client takes, to the next hundred: stamps of
// time take a part of them. A client that says nothing gets 0.
func serveSegments(t *testing.T) string {
	t.Helper()
	type key struct{}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := segment(r.Context().Value(key{}).(net.Conn))
		if n = (n + 99) / 100 * 100; n > 1000 {
			n = 0
		}
		_, _ = fmt.Fprint(w, n)
	}))
	s.Config.ConnContext = func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, key{}, c) }
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

func segment(c net.Conn) (n int) {
	raw, err := c.(*net.TCPConn).SyscallConn()
	if err != nil {
		return -1
	}
	if err := raw.Control(func(fd uintptr) { n, err = unix.GetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_MAXSEG) }); err != nil {
		return -1
	}
	return n
}
