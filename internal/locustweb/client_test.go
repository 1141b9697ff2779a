package locustweb

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// master serves the routes of a master, each with a recorded or written answer.
func master(t *testing.T, routes map[string]http.HandlerFunc) *Client {
	t.Helper()
	mux := http.NewServeMux()
	for pattern, handler := range routes {
		mux.HandleFunc(pattern, handler)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return New(server.URL + "/")
}

// answer serves one body.
func answer(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(body)) }
}

// recorded serves a file of testdata: answers of stock Locust 2.47.0.
func recorded(t *testing.T, name string) http.HandlerFunc {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return answer(string(data))
}

func TestSnapshotOfARunningTest(t *testing.T) {
	t.Parallel()
	client := master(t, map[string]http.HandlerFunc{"GET /stats/requests": recorded(t, "running.json")})
	got, err := client.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.State != "running" || got.Users != 5 || got.RPS != 20.75 || got.Active() != 1 {
		t.Errorf("Snapshot() = state %q, %d users, %v requests/s, %d workers, want running, 5, 20.75, 1",
			got.State, got.Users, got.RPS, got.Active())
	}
	if diff := cmp.Diff(Row{Name: Aggregated, Requests: 156, Failures: 86, RPS: 20.75, FailuresPS: 11, Max: 5, Median: new(1.0), P95: new(4.0), P99: new(5.0)}, got.Total()); diff != "" {
		t.Errorf("Total() (-want +got):\n%s", diff)
	}
	if p95, ok := got.P95(); !ok || p95 != 4 {
		t.Errorf("P95() = %v, %v, want 4, true", p95, ok)
	}
}

func TestParseSnapshot(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason, body string
		missing      int
		p95          bool
		fails        bool
	}{
		{"percentiles are null before the first requests, and older Locust has no others", `{"state":"spawning","stats":[{"name":"Aggregated","num_requests":1}],"current_response_time_percentiles":{"response_time_percentile_0.95":null}}`, 0, false, false},
		{"those since the beginning fill in", `{"state":"spawning","stats":[{"name":"Aggregated","num_requests":1,"response_time_percentile_0.95":7}],"current_response_time_percentiles":{"response_time_percentile_0.95":null}}`, 0, true, false},
		{"a percentile of no requests is 0", `{"state":"spawning","stats":[{"name":"Aggregated","num_requests":0}],"current_response_time_percentiles":{"response_time_percentile_0.95":0}}`, 0, false, false},
		{"older Locust names the percentile otherwise", `{"state":"running","stats":[{"name":"Aggregated","num_requests":1}],"current_response_time_percentile_95":12}`, 0, true, false},
		{"a missing worker is no active one", `{"state":"running","workers":[{"id":"a","state":"missing"}]}`, 1, false, false},
		{"another program on the port answers JSON too", `{}`, 0, false, true},
		{"or a page", `<html>`, 0, false, true},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			got, err := parseSnapshot([]byte(test.body))
			if (err != nil) != test.fails {
				t.Fatalf("parseSnapshot(%s) error = %v, want an error: %v", test.body, err, test.fails)
			}
			if _, ok := got.P95(); ok != test.p95 {
				t.Errorf("P95() known = %v, want %v", ok, test.p95)
			}
			if len(got.Missing()) != test.missing || got.Active() != len(got.Workers)-test.missing {
				t.Errorf("Missing() = %q, Active() = %d, want %d missing", got.Missing(), got.Active(), test.missing)
			}
		})
	}
}

func TestSwarmSendsTheFormOfTheWebUI(t *testing.T) {
	t.Parallel()
	var form string
	client := master(t, map[string]http.HandlerFunc{"POST /swarm": func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		form = r.PostForm.Encode()
		answer(`{"success":true,"message":"Swarming started"}`)(w, r)
	}})
	if _, err := client.Swarm(t.Context(), 200, 2.5, "http://localhost:8000"); err != nil {
		t.Fatal(err)
	}
	if want := "host=http%3A%2F%2Flocalhost%3A8000&spawn_rate=2.5&user_count=200"; form != want {
		t.Errorf("form = %s, want %s", form, want)
	}
}

func TestSwarmSaysWhyLocustRefused(t *testing.T) {
	t.Parallel()
	client := master(t, map[string]http.HandlerFunc{"POST /swarm": answer(`{"success":false,"message":"No runner"}`)})
	if _, err := client.Swarm(t.Context(), 1, 1, ""); err == nil || !strings.Contains(err.Error(), "No runner") {
		t.Errorf("Swarm() = %v, want Locust's own reason", err)
	}
}

func TestStopFallsBackToGet(t *testing.T) {
	t.Parallel()
	stopped := false
	client := master(t, map[string]http.HandlerFunc{"GET /stop": func(http.ResponseWriter, *http.Request) {
		stopped = true
	}})
	if err := client.Stop(t.Context(), 0); err != nil || !stopped {
		t.Errorf("Stop() = %v, stopped = %v, want it to work with Locust before 2.47", err, stopped)
	}
}

func TestWorkers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		routes map[string]http.HandlerFunc
	}{
		{"the route of today", map[string]http.HandlerFunc{"GET /worker-count": answer(`{"worker_count":1}`)}},
		{"an older Locust without it", map[string]http.HandlerFunc{"GET /stats/requests": recorded(t, "ready.json")}},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			if got, err := master(t, test.routes).Workers(t.Context()); err != nil || got != 1 {
				t.Errorf("Workers() = %d, %v, want 1", got, err)
			}
		})
	}
}

func TestErrorsAreToldApart(t *testing.T) {
	t.Parallel()
	client := master(t, map[string]http.HandlerFunc{})
	if _, err := client.StatsCSV(t.Context()); !errors.Is(err, ErrStatus) || !strings.Contains(err.Error(), "404") {
		t.Errorf("StatsCSV() = %v, want ErrStatus with 404", err)
	}
	if _, err := New("http://127.0.0.1:1").Snapshot(t.Context()); err == nil || errors.Is(err, ErrStatus) {
		t.Errorf("Snapshot() of nobody = %v, want a connection error", err)
	}
}

func TestSwarmTellsOfALoadShape(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]bool{"Swarming started using shape class 'Steps'": true, "Swarming started": false} { // web.py, 2.47.0
		client := master(t, map[string]http.HandlerFunc{"POST /swarm": answer(`{"success":true,"message":"` + message + `"}`)})
		if shape, err := client.Swarm(t.Context(), 1, 1, ""); shape != want || err != nil {
			t.Errorf("Swarm() answered %q = %v, %v, want %v", message, shape, err, want)
		}
	}
}

func TestConfigureUserSendsJSON(t *testing.T) {
	t.Parallel()
	var got string
	client := master(t, map[string]http.HandlerFunc{"POST /user": func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = r.Header.Get("Content-Type") + " " + string(body)
		w.WriteHeader(http.StatusCreated) // as web.py answers
	}})
	if err := client.ConfigureUser(t.Context(), `{"user_class_name":"A"}`); err != nil {
		t.Fatal(err)
	}
	if want := `application/json {"user_class_name":"A"}`; got != want {
		t.Errorf("the master got %s, want %s", got, want)
	}
}

func TestCurrentPercentiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		body, reason string
		p50, p95     float64
	}{
		{`{"response_time_percentile_0.5":3,"response_time_percentile_0.95":7}`, "today", 3, 7},
		{`{"response_time_percentile_0.9":3}`, "a locustfile that charts others", -1, -1},
		{`{},"current_response_time_percentile_1":1,"current_response_time_percentile_2":2`, "2.15", 1, 2},
		{`{},"current_response_time_percentile_50":1,"current_response_time_percentile_95":2`, "2.10", 1, 2},
		{`{"response_time_percentile_0.5":null}`, "no requests yet", -1, -1},
	} {
		s, err := parseSnapshot([]byte(`{"state":"running","stats":[{"name":"Aggregated","num_requests":1,"response_time_percentile_0.95":9}],"current_response_time_percentiles":` + c.body + `}`))
		if err != nil {
			t.Fatal(err)
		}
		for name, p := range map[string]struct {
			want float64
			of   func() (float64, bool)
		}{"CurrentP50": {c.p50, s.CurrentP50}, "CurrentP95": {c.p95, s.CurrentP95}} {
			if got, ok := p.of(); ok != (p.want >= 0) || ok && got != p.want {
				t.Errorf("%s of %s = %v, %v, want %v: %s", name, c.body, got, ok, p.want, c.reason)
			}
		}
	}
}

func TestLoginPage(t *testing.T) {
	t.Parallel()
	client := master(t, map[string]http.HandlerFunc{
		"GET /stats/requests": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login?next=%2F", http.StatusFound) },
		"GET /login":          answer("<!DOCTYPE html><html>Sign in"),
	})
	if _, err := client.Snapshot(t.Context()); !errors.Is(err, ErrLogin) {
		t.Errorf("Snapshot() = %v, want %v", err, ErrLogin)
	}
	if _, err := client.StatsCSV(t.Context()); errors.Is(err, ErrLogin) {
		t.Errorf("StatsCSV() of a master without that route = %v", err)
	}
	page := master(t, map[string]http.HandlerFunc{"GET /stats/requests": answer("<html><p>Welcome</p>")})
	if _, err := page.Snapshot(t.Context()); !errors.Is(err, ErrPage) {
		t.Errorf("Snapshot() of a web page = %v, want %v", err, ErrPage)
	}
}

// TestReport: Locust's report is a page, and meant to be; the page of whatever else is there is not.
func TestReport(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"attachment;filename=Locust.html", ""} {
		client := master(t, map[string]http.HandlerFunc{"GET /stats/report": func(w http.ResponseWriter, r *http.Request) {
			if header != "" {
				w.Header().Set("Content-Disposition", header)
			}
			fmt.Fprint(w, "<html>download="+r.FormValue("download"))
		}})
		report, err := client.Report(t.Context())
		if header == "" && !errors.Is(err, ErrPage) || header != "" && (err != nil || string(report) != "<html>download=1") {
			t.Errorf("Report() with Content-Disposition %q = %q, %v", header, report, err)
		}
	}
}

func TestBasicAuthentication(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if user != "ann" || password != "p@ss" {
			http.Error(w, "who?", http.StatusUnauthorized)
			return
		}
		answer(`{"state":"ready"}`)(w, r)
	}))
	t.Cleanup(server.Close)
	host := strings.TrimPrefix(server.URL, "http://")
	if s, err := New("http://ann:p%40ss@" + host).Snapshot(t.Context()); err != nil || s.State != "ready" {
		t.Errorf("Snapshot() = %q, %v, want ready", s.State, err)
	}
	_, err := New("http://ann:wrong@" + host).Snapshot(t.Context())
	if !errors.Is(err, ErrStatus) || strings.Contains(err.Error(), "wrong") {
		t.Errorf("Snapshot() with another password = %v, want ErrStatus without it", err)
	}
	server.Close()
	if _, err := New("http://ann:wrong@" + host).Snapshot(t.Context()); err == nil || strings.Contains(err.Error(), "wrong") {
		t.Errorf("Snapshot() of nobody = %v, want an error without the password", err)
	}
}
