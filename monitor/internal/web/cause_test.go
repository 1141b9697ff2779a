package web_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gregaria/monitor/internal/web"
)

// TestCause asks servers that fail, each twice: the words are the same, and no password and no port is among them.
func TestCause(t *testing.T) {
	t.Parallel()
	closed := httptest.NewServer(nil)
	closed.Close()
	resets := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, _ := http.NewResponseController(w).Hijack()
		conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
	}))
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	round := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }))
	for _, s := range []*httptest.Server{resets, slow, secure, round} {
		t.Cleanup(s.Close)
	}
	for _, c := range []struct{ url, want string }{
		{closed.URL, "connect: connection refused"},
		{resets.URL, "read: connection reset by peer"},
		{slow.URL, "no answer in time"},
		{secure.URL, "tls: failed to verify certificate: x509: certificate signed by unknown authority"},
		{round.URL, "stopped after 10 redirects"},
		{"http://none.invalid", "lookup none.invalid"},
	} {
		for range 2 {
			limit := 20 * time.Second
			if c.url == slow.URL {
				limit = 50 * time.Millisecond
			}
			ctx, cancel := context.WithTimeout(t.Context(), limit)
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.Replace(c.url, "://", "://ann:secret@", 1), nil)
			if err != nil {
				t.Fatal(err)
			}
			_, err = (&http.Client{Transport: &http.Transport{}}).Do(request)
			if got := web.Cause(err); !strings.HasPrefix(got, c.want) || strings.Contains(got, "secret") {
				t.Errorf("Cause(%v) = %q, want %q", err, got, c.want)
			}
			cancel()
		}
	}
}
