package locustfile_test

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"log"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gregaria/worker/internal/locustfile"
)

// An authority makes certificates and writes them to a folder.
type authority struct {
	dir  string
	key  *rsa.PrivateKey
	cert *x509.Certificate
}

func (a *authority) write(t *testing.T, name, kind string, der []byte) string {
	t.Helper()
	path := filepath.Join(a.dir, name)
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// issue makes a certificate, that of the authority itself at first.
func (a *authority) issue(t *testing.T, name string, ips ...net.IP) (tls.Certificate, []byte) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IPAddresses: ips, BasicConstraintsValid: true, IsCA: a.cert == nil,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	parent, signer := a.cert, a.key
	if parent == nil {
		template.ExtKeyUsage, parent, signer = nil, template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert == nil {
		a.key = key
		if a.cert, err = x509.ParseCertificate(der); err != nil {
			t.Fatal(err)
		}
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, x509.MarshalPKCS1PrivateKey(key)
}

// serveTLS answers with the name of the client and the version of TLS.
func serveTLS(t *testing.T, config *tls.Config) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := "nobody"
		if len(r.TLS.PeerCertificates) > 0 {
			name = r.TLS.PeerCertificates[0].Subject.CommonName
		}
		_, _ = fmt.Fprintf(w, "%s %s %s", name, tls.VersionName(r.TLS.Version), r.TLS.NegotiatedProtocol)
	}))
	s.TLS, s.Config.ErrorLog = config, log.New(&bytes.Buffer{}, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

// closing is a server that closes every connection once something has come.
func closing(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 1<<16))
			_ = c.Close()
		}
	}()
	return "https://" + l.Addr().String()
}

// TestFastTLS compares what a script of contexts and certificates prints with what it printed in stock Locust, against the
// same servers. -update records that, with .venv's Python.
func TestFastTLS(t *testing.T) {
	const script, golden = "testdata/tls/fast.py", "testdata/tls/fast.txt"
	a := &authority{dir: t.TempDir()}
	ca, _ := a.issue(t, "authority")
	local, _ := a.issue(t, "server", net.IPv4(127, 0, 0, 1))
	nameless, _ := a.issue(t, "nameless")
	client, key := a.issue(t, "client")
	_, other := a.issue(t, "other")
	clients := x509.NewCertPool()
	clients.AddCert(a.cert)
	block, err := x509.EncryptPEMBlock(rand.Reader, "RSA PRIVATE KEY", key, []byte("pw"), x509.PEMCipherAES256) //nolint:staticcheck // there are such files
	if err != nil {
		t.Fatal(err)
	}
	encrypted := filepath.Join(a.dir, "encrypted.pem")
	if err := os.WriteFile(encrypted, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	head := ""
	for _, v := range [][2]string{
		{"CA", a.write(t, "ca.pem", "CERTIFICATE", ca.Certificate[0])},
		{"CERT", a.write(t, "client.pem", "CERTIFICATE", client.Certificate[0])},
		{"KEY", a.write(t, "client.key", "RSA PRIVATE KEY", key)},
		{"OTHER", a.write(t, "other.key", "RSA PRIVATE KEY", other)},
		{"ENCRYPTED", encrypted},
		{"STRICT", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{local}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients, MaxVersion: tls.VersionTLS12})},
		{"OPEN", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{local}, NextProtos: []string{"http/1.1"}})},
		{"NAMELESS", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{nameless}})},
		{"OLD", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{local}, MaxVersion: tls.VersionTLS12})},
		{"PLAIN", strings.Replace(plain.URL, "http:", "https:", 1)},
		{"CLOSING", closing(t)},
	} {
		head += v[0] + " = '" + v[1] + "'\n"
	}
	source, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	source = append([]byte(head), source...)
	if *update {
		c := exec.Command("../../../.venv/bin/python", "-W", "ignore", "-")
		c.Stdin = bytes.NewReader(source)
		out, err := c.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if err := os.WriteFile(golden, withoutPorts(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	_, err = locustfile.Load(t.Context(), locustfile.Config{
		Sources: []locustfile.Source{{Path: "fast.py", Text: source, Remote: true}}, Stdout: &out, Stderr: &out, Level: 50,
		Log: func(slog.Level, string, string) {},
	})
	if err != nil && !strings.Contains(err.Error(), "No User class found") {
		t.Log(err)
	}
	if got := withoutPorts(out.Bytes()); !bytes.Equal(got, want) {
		t.Errorf("we print\n%s\nstock prints\n%s", got, want)
	}
}

func withoutPorts(b []byte) []byte {
	return regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAll(b, []byte("AT"))
}
