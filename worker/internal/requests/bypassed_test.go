package requests

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire/wiretest"
)

// serveBypassed starts a server and a proxy, and has the process's variables name the proxy, but not for 127.0.0.1.
func serveBypassed(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "c", Value: r.URL.Path[1:]})
		if r.URL.Path == "/to" {
			http.Redirect(w, r, r.URL.RawQuery, http.StatusFound)
			return
		}
		_, _ = fmt.Fprint(w, r.Method, " ", r.RequestURI)
	}))
	t.Cleanup(server.Close)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/to" {
			http.Redirect(w, r, r.URL.RawQuery, http.StatusFound)
			return
		}
		_, _ = fmt.Fprintf(w, "passed on %s %s", r.Method, r.RequestURI)
	}))
	t.Cleanup(proxy.Close)
	for name, v := range map[string]string{"http_proxy": proxy.URL, "no_proxy": "127.0.0.1", "HTTP_PROXY": "", "https_proxy": "", "HTTPS_PROXY": "", "all_proxy": "", "ALL_PROXY": "", "NO_PROXY": "", "NETRC": "/no/such/file"} {
		t.Setenv(name, v)
	}
	return server.URL
}

// TestBypassedAsRequests compares what testdata/bypassed.py prints of places that no proxy counts for with what requests made of it.
func TestBypassedAsRequests(t *testing.T) {
	for name, newThread := range map[string]func(*bytes.Buffer) *python.Thread{"stock": newThread, "general": newGeneralThread} {
		t.Run(name, func(t *testing.T) { // the script changes the variables
			base := &wiretest.Server{URL: serveBypassed(t)}
			wiretest.Compare(t, base, "bypassed", func(source string) string { return wiretest.Run(t, newThread, source, nil) })
		})
	}
}

// TestBypassedIsShort holds that such a request costs what one without proxies does.
func TestBypassedIsShort(t *testing.T) {
	url := serveBypassed(t)
	th := newThread(&bytes.Buffer{})
	th.Lock()
	defer th.Unlock()
	m, err := th.Exec("__main__", "file.py", []byte("import requests\ns = requests.Session()\ndef f(): s.get('"+url+"/x')\n"))
	if err != nil {
		t.Fatal(th.Traceback(err))
	}
	n := testing.AllocsPerRun(50, func() {
		if _, err := th.Call(m.Attrs().GetStr("f")); err != nil {
			t.Error(th.Traceback(err))
		}
	})
	if n > 100 { // the server's are among them; the general way alone takes 600
		t.Errorf("a request that bypasses the proxy allocates %v times, want at most 100", n)
	}
}
