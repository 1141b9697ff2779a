package series

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gregaria/monitor/internal/web"
)

// serve starts a server and returns a client for its path; user goes into the URL.
func serve(t *testing.T, user, path string, access Access, handler http.HandlerFunc) *client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return clientOf(t, server.URL, user, path, access)
}

func clientOf(t *testing.T, url, user, path string, access Access) *client {
	t.Helper()
	c, err := newClient(strings.Replace(url, "://", "://"+user, 1)+path, access)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	if c.url != url+path {
		t.Errorf("the client calls itself %s, want %s", c.url, url+path)
	}
	return c
}

func TestGet(t *testing.T) {
	t.Parallel()
	const page = "a 1\n"
	megabyte := "# " + strings.Repeat("x", 1<<20) + "\n"
	metrics := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		io.WriteString(w, page)
	}
	for _, c := range []struct {
		why, user, path string
		access          Access
		handler         http.HandlerFunc
		want            string // "" for the page
	}{
		{"a page", "", "/metrics", Access{}, metrics, ""},
		{"no content type is the text format's", "", "", Access{}, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			io.WriteString(w, page)
		}, ""},
		{"user and password", "ann:p%40ss@", "/metrics", Access{Token: "not this"}, func(w http.ResponseWriter, r *http.Request) {
			if user, password, _ := r.BasicAuth(); user != "ann" || password != "p@ss" {
				w.WriteHeader(http.StatusUnauthorized)
			}
			metrics(w, r)
		}, ""},
		{"a token", "", "/metrics", Access{Token: "secret"}, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bearer secret" {
				w.WriteHeader(http.StatusUnauthorized)
			}
			metrics(w, r)
		}, ""},
		{"packed", "", "", Access{}, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Accept-Encoding") != "gzip" {
				t.Errorf("Accept-Encoding = %q, want gzip", r.Header.Get("Accept-Encoding"))
			}
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Type", "text/plain")
			z := gzip.NewWriter(w)
			io.WriteString(z, page)
			z.Close()
		}, ""},
		{"the text format is asked for first, OpenMetrics is taken", "", "", Access{}, func(w http.ResponseWriter, r *http.Request) {
			if a := r.Header.Get("Accept"); !strings.HasPrefix(a, "text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=") {
				t.Errorf("Accept = %q", a)
			}
			w.Header().Set("Content-Type", "application/openmetrics-text; version=1.0.0; charset=utf-8")
			io.WriteString(w, page)
		}, ""},
		{"a page that is mounted elsewhere", "", "/metrics", Access{}, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/metrics" {
				http.Redirect(w, r, "/metrics/", http.StatusTemporaryRedirect)
				return
			}
			metrics(w, r)
		}, ""},
		{"no password", "", "/metrics", Access{}, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }, "it answers 401 Unauthorized; give user:password@ in the URL"},
		{"another path", "", "/metric", Access{}, http.NotFound, "it answers 404 Not Found"},
		{"a login page", "", "/metrics", Access{}, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/metrics" {
				http.Redirect(w, r, "/login", http.StatusFound)
				return
			}
			io.WriteString(w, "<html>")
		}, `it answers "text/html; charset=utf-8", which is no page of metrics`},
		{"a round of redirects", "", "", Access{}, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }, "stopped after 10 redirects"},
		{"a page without end", "", "", Access{}, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			for {
				if _, err := io.WriteString(w, megabyte); err != nil {
					return
				}
			}
		}, "the page is larger than 16 MB"},
		{"a bomb", "", "", Access{}, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("Content-Encoding", "gzip")
			z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
			defer z.Close()
			for range 17 {
				io.WriteString(z, megabyte)
			}
		}, "the page is larger than 16 MB"},
	} {
		client := serve(t, c.user, c.path, c.access, c.handler)
		got, _, at, err := client.get(t.Context(), false)
		if room := client.body.Cap(); room > 4*MostBytes {
			t.Errorf("%s: a page took %d MB", c.why, room>>20)
		}
		switch {
		case c.want == "" && (err != nil || string(got) != page || at.IsZero()):
			t.Errorf("%s: get = %q, %v, want the page", c.why, got, err)
		case c.want != "" && (err == nil || !strings.HasPrefix(web.Cause(err), c.want)):
			t.Errorf("%s: get = %.20q, %v, want %s", c.why, got, err, c.want)
		}
	}
}

// TestTokenStaysWithItsServer: a redirect to another host gets neither password nor token.
func TestTokenStaysWithItsServer(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if a := r.Header.Get("Authorization"); a != "" {
			t.Errorf("the other server got %q", a)
		}
	}))
	t.Cleanup(other.Close)
	elsewhere := strings.Replace(other.URL, "127.0.0.1", "localhost", 1)
	away := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere, http.StatusFound) }
	for _, c := range []*client{serve(t, "", "", Access{Token: "secret"}, away), serve(t, "ann:secret@", "", Access{}, away)} {
		if _, _, _, err := c.get(t.Context(), false); err != nil {
			t.Errorf("get = %v", err)
		}
	}
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "a 1\n") }))
	t.Cleanup(server.Close)
	if _, _, _, err := clientOf(t, server.URL, "", "/", Access{}).get(t.Context(), false); err == nil || !strings.Contains(web.Cause(err), "certificate signed by unknown authority") {
		t.Errorf("get = %v, want that the certificate is not known", err)
	}
	if page, _, _, err := clientOf(t, server.URL, "", "/", Access{Insecure: true}).get(t.Context(), false); err != nil || string(page) != "a 1\n" {
		t.Errorf("get with Insecure = %q, %v", page, err)
	}
}
