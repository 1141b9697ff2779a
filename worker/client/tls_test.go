package client

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// secure starts an https server and writes its certificate and key to files. It is valid for 127.0.0.1 and example.com.
func secure(t *testing.T, auth tls.ClientAuthType) (url, cert, key string) {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, len(r.TLS.PeerCertificates))
	}))
	s.TLS = &tls.Config{ClientAuth: auth, MinVersion: tls.VersionTLS12}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	own := s.TLS.Certificates[0]
	if auth == tls.RequireAndVerifyClientCert {
		s.TLS.ClientCAs = x509.NewCertPool()
		s.TLS.ClientCAs.AddCert(s.Certificate())
	}
	der, err := x509.MarshalPKCS8PrivateKey(own.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: own.Certificate[0]}, key: {Type: "PRIVATE KEY", Bytes: der}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return s.URL, cert, key
}

func TestTLS(t *testing.T) {
	t.Parallel()
	url, cert, key := secure(t, tls.RequestClientCert)
	trusted := func(c, k string) *tls.Config {
		config, err := Certificates(cert, c, k)
		if err != nil {
			t.Fatal(err)
		}
		return config
	}
	const refused = "GET / 0 SSLError(SSLCertVerificationError(1, "
	plain, _ := answer(t, "HTTP/1.1 400 Bad Request\r\n\r\n", false)
	tests := []struct {
		reason, url string
		config      *tls.Config
		want        string
	}{
		{"the system does not know it", url, nil, refused + "'[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1006)'))"},
		{"without verification", url, Insecure(), "GET / 1"},
		{"with its certificate", url, trusted("", ""), "GET / 1"},
		{"with one of the client's", url, trusted(cert, key), "GET / 1"},
		{"under a name that is not its own", strings.Replace(url, "127.0.0.1", "localhost", 1), trusted("", ""), refused +
			`"[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for 'localhost'. (_ssl.c:1006)"))`},
		{
			"not TLS", strings.Replace(plain, "http:", "https:", 1), nil,
			"GET / 0 SSLError(SSLError(1, '[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)'))",
		},
	}
	for _, tt := range tests {
		r := newRig(t, tt.url)
		r.TLS = tt.config
		resp := r.Get(r.ctx, "/")
		if got := r.recorded.rows()[0]; got != tt.want {
			t.Errorf("%s: recorded\n%s, want\n%s", tt.reason, got, tt.want)
		}
		if tt.config != nil && len(tt.config.Certificates) > 0 && resp.Text() != "1" {
			t.Errorf("%s: the server saw %s certificates, want 1", tt.reason, resp.Text())
		}
		r.Get(r.ctx, "/") // on the same connection
	}
}

func TestCertificatesThatAreNone(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, files := range [][3]string{{"missing.pem", "", ""}, {empty, "", ""}, {"", empty, empty}} {
		if _, err := Certificates(files[0], files[1], files[2]); err == nil {
			t.Errorf("Certificates(%q) = nil error", files)
		}
	}
}

// TestConnectTimeout connects to a socket whose queue is full: the kernel answers nobody.
func TestConnectTimeout(t *testing.T) {
	t.Parallel()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(fd)
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Listen(fd, 0); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	port := name.(*syscall.SockaddrInet4).Port
	address := fmt.Sprintf("127.0.0.1:%d", port)
	for range 4 {
		c, err := net.DialTimeout("tcp", address, 100*time.Millisecond)
		if err != nil {
			break
		}
		defer c.Close()
	}
	for _, q := range []Request{{Timeout: 50 * time.Millisecond}, {Timeout: time.Minute, ConnectTimeout: 50 * time.Millisecond}} {
		r := newRig(t, "http://"+address)
		q.Method, q.URL = "GET", "/"
		r.Do(r.ctx, &q)
		r.expect(t, fmt.Sprintf("GET / 0 ConnectTimeoutError(<HTTPConnection(host='127.0.0.1', port=%d) at 0x....>, "+
			"'Connection to 127.0.0.1 timed out. (connect timeout=0.05)')", port))
	}
}

// TestTimeoutIsForEachWait: an answer that keeps coming may take longer than the timeout.
func TestTimeoutIsForEachWait(t *testing.T) {
	t.Parallel()
	url, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		for range 6 {
			time.Sleep(50 * time.Millisecond)
			fmt.Fprint(w, "x")
			w.(http.Flusher).Flush()
		}
	})
	r := newRig(t, url)
	r.Do(r.ctx, &Request{Method: "GET", URL: "/", Timeout: 200 * time.Millisecond})
	r.Get(r.ctx, "/")
	r.expect(t, "GET / 6", "GET / 6")
}
