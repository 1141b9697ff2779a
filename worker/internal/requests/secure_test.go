package requests

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire/wiretest"
)

// TestSecureAsRequests compares what the script testdata/secure.py prints of tunnels, certificates and addresses to come from
// with what requests itself made of it, on the short way where that may be and on the general way.
func TestSecureAsRequests(t *testing.T) {
	compareSecure(t, "secure")
}

// TestPeersAsRequests compares what testdata/peers.py prints of fingerprints, names and certificates that are none.
func TestPeersAsRequests(t *testing.T) { compareSecure(t, "peers") }

// compareSecure compares what a script prints, on the short way where that may be and on the general way.
func compareSecure(t *testing.T, script string) {
	t.Helper()
	target := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, _, _ := net.SplitHostPort(r.RemoteAddr)
		_, _ = fmt.Fprintf(w, "%s %s from %s", r.Method, r.RequestURI, from)
	}))
	t.Cleanup(target.Close)
	proxy := httptest.NewServer(http.HandlerFunc(passOn))
	t.Cleanup(proxy.Close)
	authority := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: target.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("REQUESTS_CA_BUNDLE", "")
	t.Setenv("CURL_CA_BUNDLE", "")
	base := &wiretest.Server{URL: target.URL + " " + proxy.URL + " " + authority}
	run := func(newThread func(*bytes.Buffer) *python.Thread) func(source string) string {
		return func(source string) string { return wiretest.Run(t, newThread, source, nil) }
	}
	wiretest.Compare(t, base, script, run(newThread))
	wiretest.CompareGolden(t, base, script, run(newGeneralThread))
}

// passOn is a proxy that gives tunnels to whoever says the password, and says with which words it was asked.
func passOn(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodConnect {
		_, _ = fmt.Fprintf(w, "passed on %s %s as %s", r.Method, r.RequestURI, r.Header.Get("Proxy-Authorization"))
		return
	}
	if r.Header.Get("Proxy-Authorization") != "Basic bWU6c2VjcmV0" {
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	up, err := net.Dial("tcp", r.RequestURI)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer func() { _ = up.Close() }()
	down, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = down.Close() }()
	_, _ = io.WriteString(down, "HTTP/1.0 200 Fine\r\n\r\n")
	go func() {
		_, _ = io.Copy(up, down)
		_ = up.Close()
	}()
	_, _ = io.Copy(down, up)
}
