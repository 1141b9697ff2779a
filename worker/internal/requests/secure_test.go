package requests

import (
	"bytes"
	"crypto/tls"
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

// TestKeysAsRequests compares what testdata/keys.py prints of client certificates and of keys that are encrypted.
func TestKeysAsRequests(t *testing.T) {
	target := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, c := range r.TLS.PeerCertificates {
			_, _ = fmt.Fprint(w, c.Subject)
		}
	}))
	target.TLS = &tls.Config{ClientAuth: tls.RequestClientCert} //nolint:gosec // a test
	target.StartTLS()
	t.Cleanup(target.Close)
	t.Setenv("REQUESTS_CA_BUNDLE", "")
	t.Setenv("CURL_CA_BUNDLE", "")
	folder, err := filepath.Abs("testdata/keys")
	if err != nil {
		t.Fatal(err)
	}
	for _, newThread := range []func(*bytes.Buffer) *python.Thread{newThread, newGeneralThread} {
		wiretest.Compare(t, &wiretest.Server{URL: target.URL + " " + folder}, "keys", func(source string) string { return wiretest.Run(t, newThread, source, nil) })
	}
	for source, want := range map[string]string{
		"load_cert_chain(cert, key)":               "OSError(22, 'Invalid argument')", // CPython's where there is no terminal to ask at
		"load_cert_chain(cert, strange, 'secret')": "NotImplementedError('ssl.SSLContext.load_cert_chain: the worker does not know the derivation 1.3.6.1.4.1.11591.4.11 that the key is encrypted with; write it anew: openssl pkcs8 -topk8 -in KEY -out NEW')",
	} {
		got := run(t, "import ssl\ntry: ssl.create_default_context()."+source+"\nexcept Exception as e: print(repr(e))\n",
			map[string]string{"cert": folder + "/cert.pem", "key": folder + "/default.pem", "strange": folder + "/scrypt.pem"})
		if got != want+"\n" {
			t.Errorf("%s printed %s, want %s", source, got, want)
		}
	}
}

// TestProxiesAsRequests compares what testdata/proxies.py prints of a proxy that is spoken to by https.
func TestProxiesAsRequests(t *testing.T) { compareSecure(t, "proxies") }

// compareSecure compares what a script prints, on the short way where that may be and on the general way.
func compareSecure(t *testing.T, script string) {
	t.Helper()
	target := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, port, _ := net.SplitHostPort(r.RemoteAddr)
		if r.URL.Path == "/port" {
			from = port // tells connections apart
		}
		_, _ = fmt.Fprintf(w, "%s %s from %s", r.Method, r.RequestURI, from)
	}))
	t.Cleanup(target.Close)
	proxy := httptest.NewUnstartedServer(http.HandlerFunc(passOn))
	if script == "proxies" {
		proxy.StartTLS()
	} else {
		proxy.Start()
	}
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
