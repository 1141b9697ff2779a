package requests

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire/wiretest"
)

// TestAdaptersAsRequests compares what testdata/adapters.py prints of adapters with sizes of their own, and of the connections that
// they keep, with what requests itself made of them.
func TestAdaptersAsRequests(t *testing.T) {
	servers := strings.Join([]string{serveConnections(t), serveConnections(t), serveConnections(t)}, " ")
	for _, newThread := range []func(*bytes.Buffer) *python.Thread{newThread, newGeneralThread} {
		wiretest.Compare(t, &wiretest.Server{URL: servers}, "adapters", func(source string) string { return wiretest.Run(t, newThread, source, nil) })
	}
}

// serveConnections starts a server that answers with the address of the client: a connection has one for itself.
func serveConnections(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, port, _ := net.SplitHostPort(r.RemoteAddr)
		switch _, to, ok := strings.Cut(r.URL.Path, "/to/"); {
		case ok:
			http.Redirect(w, r, "/"+to, http.StatusFound)
			return
		case r.URL.Path == "/slow":
			time.Sleep(300 * time.Millisecond)
		case r.URL.Path == "/fails":
			w.WriteHeader(http.StatusInternalServerError)
		case r.URL.Path == "/from":
			_, _ = fmt.Fprint(w, from)
			return
		}
		_, _ = fmt.Fprint(w, r.Host, "/", port)
	}))
	t.Cleanup(s.Close)
	return s.URL
}
