package locustfile_test

import (
	"bytes"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gregaria/worker/internal/locustfile"
)

// TestFastTLS compares what a script of contexts and certificates prints with what it printed in stock Locust, against the
// same servers. -update records that, with .venv's Python.
func TestFastTLS(t *testing.T) { testTLS(t, "fast", false) }

// TestHTTPUserTLS does so for HttpUser: whom it trusts, what it shows and what the environment says, both ways of a request.
func TestHTTPUserTLS(t *testing.T) {
	t.Run("as it comes", func(t *testing.T) { testTLS(t, "http", false) })
	t.Run("generally", func(t *testing.T) { testTLS(t, "http", true) })
}

func testTLS(t *testing.T, name string, general bool) {
	script, golden := "testdata/tls/"+name+".py", "testdata/tls/"+name+".txt"
	for _, v := range []string{"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} {
		t.Setenv(v, "")
	}
	source, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	source = append([]byte(places(t)), source...)
	if *update && !general {
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
		Sources: []locustfile.Source{{Path: name + ".py", Text: source, Remote: true}}, Stdout: &out, Stderr: &out, Level: 50,
		Log: func(slog.Level, string, string) {}, General: general,
	})
	if err != nil && !strings.Contains(err.Error(), "No User class found") {
		t.Log(err)
	}
	ours, theirs := strings.Split(string(withoutPorts(out.Bytes())), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(ours), len(theirs)) {
		if got, want := at(ours, i), at(theirs, i); got != want {
			t.Errorf("%s:%d: we print\n\t%s\nstock prints\n\t%s", golden, i+1, got, want)
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// places starts the servers, writes the certificates and gives each a name in Python.
func places(t *testing.T) (head string) {
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
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	authority, cert := certificate(ca), certificate(client)
	private := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: key}
	for _, v := range [][2]string{
		{"CA", a.write(t, "ca.pem", authority)},
		{"CERT", a.write(t, "client.pem", cert)},
		{"KEY", a.write(t, "client.key", private)},
		{"COMBINED", a.write(t, "combined.pem", cert, private)},
		{"KEYFIRST", a.write(t, "keyfirst.pem", private, cert)},
		{"TWO", a.write(t, "two.pem", cert, authority)},
		{"OTHER", a.write(t, "other.key", &pem.Block{Type: "RSA PRIVATE KEY", Bytes: other})},
		{"ENCRYPTED", a.write(t, "encrypted.pem", block)},
		{"HASHED", filepath.Dir(a.write(t, "hashed/"+authorityHash+".0", authority))},
		{"FOLDER", filepath.Dir(a.write(t, "folder/ca.pem", authority))},
		{"EMPTY", t.TempDir()},
		{"STRICT", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{local}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients, MaxVersion: tls.VersionTLS12})},
		{"OPEN", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{local}, NextProtos: []string{"http/1.1"}})},
		{"NAMELESS", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{nameless}})},
		{"OLD", serveTLS(t, &tls.Config{Certificates: []tls.Certificate{local}, MaxVersion: tls.VersionTLS12})},
		{"PLAIN", strings.Replace(plain.URL, "http:", "https:", 1)},
		{"HTTP", plain.URL},
		{"CLOSING", closing(t)},
	} {
		head += v[0] + " = '" + v[1] + "'\n"
	}
	return head
}

// withoutPorts leaves out the ports of the servers and the names of the folders.
func withoutPorts(b []byte) []byte {
	b = regexp.MustCompile(`127\.0\.0\.1:\d{2,}`).ReplaceAll(b, []byte("AT"))
	b = regexp.MustCompile(`port=\d{2,}`).ReplaceAll(b, []byte("port=PORT"))
	return regexp.MustCompile(`/[^ ]*/Test[^ ]*/`).ReplaceAll(b, []byte("DIR/"))
}
