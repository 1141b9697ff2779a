package session

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTLS holds who looks at certificates: HttpUser unless it is told not to, FastHttpUser not at all.
func TestTLS(t *testing.T) {
	t.Setenv("REQUESTS_CA_BUNDLE", "") // it would stand in for verify=True
	t.Setenv("CURL_CA_BUNDLE", "")
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(s.Close)
	authority := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(authority, block, 0o600); err != nil {
		t.Fatal(err)
	}
	got := run(t, `
from locust.clients import HttpSession, FastHttpSession
class Event:
    def fire(self, **kw): print(kw["name"], repr(kw["exception"]))
c = HttpSession(base, Event(), None)
c.get("/unknown")
c.get("/off", verify=False)
c.get("/file", verify=ca)
try: c.get("/none", verify="/no/such/file")
except OSError as e: print(repr(e))
c.verify = False
c.get("/session")
FastHttpSession(base, Event(), None).get("/fast")
FastHttpSession(base, Event(), None, insecure=False).get("/careful")
`, map[string]string{"base": s.URL, "ca": authority})
	failed := "SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1006)')"
	want := strings.Join([]string{
		"/unknown SSLError(" + failed + ")", "/off None", "/file None",
		"OSError('Could not find a suitable TLS CA certificate bundle, invalid path: /no/such/file')", "/session None", "/fast None",
		"/careful " + failed, "",
	}, "\n")
	if got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}
