package scrape_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"gregaria/internal/build"
	"gregaria/internal/scrape"
)

func TestAddress(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ listen, want, why string }{
		{":9646", "127.0.0.1:9646", "no host is loopback, not every interface"},
		{"127.0.0.1:0", "127.0.0.1:0", "any free port"},
		{"0.0.0.0:9646", "0.0.0.0:9646", "every interface, when it is said"},
		{"[::1]:9646", "[::1]:9646", "IPv6"},
		{"monitor.local:80", "monitor.local:80", "a name"},
		{"9646", "", "a port alone may as well be a host"},
		{":", "", "no port"},
		{":http", "", "a port is a number"},
		{":65536", "", "out of range"},
		{"", "", "nothing"},
	} {
		got, err := scrape.Address(tt.listen)
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("Address(%q) = %q, %v, want %q: %s", tt.listen, got, err, tt.want, tt.why)
		}
	}
}

func TestListen(t *testing.T) {
	t.Parallel()
	s, err := scrape.Listen(":0", scrape.Registry("worker"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(s.URL(), "http://127.0.0.1:") {
		t.Errorf("URL = %s, want loopback", s.URL())
	}
	metrics := get(t, s.URL())
	for _, want := range []string{
		`gregaria_build_info{command="worker",`, `version="` + build.Version + `"`, "\nprocess_cpu_seconds_total ", "\ngo_goroutines ",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("the metrics have no %q", want)
		}
	}
	if got := get(t, strings.Replace(s.URL(), scrape.MetricsPath, scrape.HealthPath, 1)); got != "ok\n" {
		t.Errorf("GET %s = %q, want ok", scrape.HealthPath, got)
	}
	if _, err := scrape.Listen(strings.TrimSuffix(strings.TrimPrefix(s.URL(), "http://"), scrape.MetricsPath), nil); err == nil {
		t.Error("Listen at an address that is taken = nil, want an error")
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close = %v", err)
	}
	if r, err := http.Get(s.URL()); err == nil {
		r.Body.Close()
		t.Error("the closed server answers")
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		listen   string
		loopback bool
	}{{":0", true}, {"[::1]:0", true}, {"0.0.0.0:0", false}} {
		page := scrape.Page{Path: "/page", Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "a page") })}
		s, err := scrape.Listen(tt.listen, scrape.Registry("monitor"), page)
		if err != nil && tt.listen == "[::1]:0" {
			continue // a machine without IPv6
		}
		if err != nil {
			t.Fatal(err)
		}
		if s.Loopback() != tt.loopback {
			t.Errorf("Listen(%q).Loopback() = %v, want %v", tt.listen, s.Loopback(), tt.loopback)
		}
		url := strings.Replace(strings.TrimSuffix(s.URL(), scrape.MetricsPath), "[::]", "127.0.0.1", 1) + "/page"
		if got := get(t, url); got != "a page" {
			t.Errorf("GET %s = %q, want the page", url, got)
		}
		if r, err := http.Post(url, "text/plain", nil); err != nil || r.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("POST %s = %v, %v, want %d", url, r, err, http.StatusMethodNotAllowed)
		} else {
			r.Body.Close()
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %s, %v", url, r.Status, err)
	}
	return string(body)
}
