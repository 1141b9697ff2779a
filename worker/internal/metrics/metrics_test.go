package metrics

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// listen serves a worker with a recorder in front of an Exporter.
func listen(t testing.TB) (*Exporter, *stats.Recorder, Stats) {
	t.Helper()
	e, err := Listen(":0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Errorf("Close = %v", err)
		}
	})
	recorder := stats.New(2)
	return e, recorder, e.Count(recorder)
}

// scrape returns the worker's own metrics as a Prometheus reads them.
func (e *Exporter) scrape(t testing.TB) map[string]string {
	t.Helper()
	r, err := http.Get(e.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %s, %v: %s", e.URL(), r.Status, err, body)
	}
	values := map[string]string{}
	for line := range strings.Lines(string(body)) {
		if series, ok := strings.CutPrefix(strings.TrimSpace(line), "gregaria_worker_"); ok {
			i := strings.LastIndexByte(series, ' ')
			values[series[:i]] = series[i+1:]
		}
	}
	return values
}

func (e *Exporter) want(t *testing.T, want map[string]string) {
	t.Helper()
	got := e.scrape(t)
	for _, series := range slices.Sorted(maps.Keys(want)) {
		if v, ok := got[series]; !ok || v != want[series] {
			t.Errorf("%s = %q, want %q", series, v, want[series])
		}
	}
}

func get(name string, took time.Duration, failure string) user.Request {
	return user.Request{Type: "GET", Name: name, ResponseTime: took, Failure: failure}
}

func TestUsersAndCPU(t *testing.T) {
	t.Parallel()
	e, _, _ := listen(t)
	e.Watch(Worker{
		Users: func() map[string]int { return map[string]int{"Story": 3, "Idle": 0} },
		CPU:   func() float64 { return 42.5 },
	})
	e.want(t, map[string]string{`users{class="Story"}`: "3", `users{class="Idle"}`: "0", "cpu_usage_ratio": "0.425"})
	if _, ok := e.scrape(t)["connected"]; ok {
		t.Error("connected is there, want no series for what is not known")
	}
}

func TestConnected(t *testing.T) {
	t.Parallel()
	e, _, _ := listen(t)
	connected := false
	e.Watch(Worker{Connected: func() bool { return connected }})
	e.want(t, map[string]string{"connected": "0"})
	connected = true
	e.want(t, map[string]string{"connected": "1"})
}

func TestRequests(t *testing.T) {
	t.Parallel()
	e, recorder, counted := listen(t)
	e.Watch(Worker{})
	shard := recorder.Shard()
	shard.Record(get("/", 3*time.Millisecond, ""))
	shard.Record(get("/", 250*time.Millisecond, "HTTPError('503')"))
	if r := counted.Take(); r.Total.NumRequests != 2 {
		t.Fatalf("Take = %d requests, want the recorder's 2", r.Total.NumRequests)
	}
	shard.Record(get("/", 700*time.Second, "")) // after the report, beyond every bound
	shard.Record(get("/", user.NoTime, ""))
	shard.Record(user.Request{Incomplete: true})
	shard.Record(get("\xff\"\n", 0, ""))
	row := `{method="GET",name="/"}`
	bucket := func(le string) string { return `response_time_seconds_bucket{method="GET",name="/",le="` + le + `"}` }
	e.want(t, map[string]string{
		"requests_total" + row: "4", "failures_total" + row: "1", "incomplete_requests_total": "1",
		"response_time_seconds_count" + row: "3", "response_time_seconds_sum" + row: "700.253",
		bucket("0.0025"): "0", bucket("0.005"): "1", bucket("0.1"): "1", bucket("0.25"): "2", bucket("120"): "2", bucket("+Inf"): "3",
		`requests_total{method="GET",name="` + "\uFFFD" + `\"\n"}`: "1",
	})
}

// What a test's start forgets, and --reset-stats, leaves the counters as they are.
func TestCountersNeverGoBack(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		forget func(Stats)
	}{{"Clear", Stats.Clear}, {"Reset", Stats.Reset}, {"Take", func(s Stats) { s.Take() }}} {
		e, recorder, counted := listen(t)
		e.Watch(Worker{})
		recorder.Shard().Record(get("/", time.Millisecond, ""))
		tt.forget(counted)
		if n := counted.Peek().Total.NumRequests; n != 0 {
			t.Errorf("%s: Peek = %d requests, want 0: the recorder forgets", tt.name, n)
		}
		e.want(t, map[string]string{`requests_total{method="GET",name="/"}`: "1"})
		recorder.Shard().Record(get("/", time.Millisecond, ""))
		e.want(t, map[string]string{`requests_total{method="GET",name="/"}`: "2"})
	}
}

func TestNamesAreBounded(t *testing.T) {
	t.Parallel()
	e, recorder, counted := listen(t)
	e.Watch(Worker{})
	shard := recorder.Shard()
	const extra = 7
	for i := range MaxNames + extra {
		shard.Record(get(fmt.Sprintf("/users/%03d", i), time.Millisecond, ""))
	}
	want := map[string]string{`requests_total{method="GET",name="/users/000"}`: "1", `requests_total{method="other",name="other"}`: "7"}
	e.want(t, want)
	// A name that sorts first and comes later does not take the place of one that was shown.
	shard.Record(get("/", time.Millisecond, ""))
	counted.Take()
	want[`requests_total{method="other",name="other"}`] = "8"
	e.want(t, want)
	rows := 0
	for series := range e.scrape(t) {
		if strings.HasPrefix(series, "requests_total{") {
			rows++
		}
	}
	if rows != MaxNames+1 {
		t.Errorf("%d rows, want %d", rows, MaxNames+1)
	}
}

// Scrapes between reports, while users record, never see a request twice or lose one.
func TestConcurrentScrapes(t *testing.T) {
	t.Parallel()
	recorder := stats.New(4)
	l := newLedger(recorder, newNames())
	const users, each = 4, 20000
	var recording, reporting sync.WaitGroup
	for range users {
		shard := recorder.Shard()
		recording.Go(func() {
			for range each {
				shard.Record(get("/", time.Millisecond, ""))
			}
		})
	}
	var over atomic.Bool
	reporting.Go(func() {
		for !over.Load() {
			l.Take()
		}
	})
	reporting.Go(func() {
		for last := int64(0); !over.Load(); {
			n := l.read().rows[key{"GET", "/"}].requests
			if n < last {
				t.Errorf("%d requests after %d: a counter went back", n, last)
			}
			last = n
		}
	})
	recording.Wait()
	over.Store(true)
	reporting.Wait()
	if n := l.read().rows[key{"GET", "/"}].requests; n != users*each {
		t.Errorf("%d requests, want %d", n, users*each)
	}
}

// TestWorkersOfOneProcess has the sums of two workers, and of what has no sum the one that matters.
func TestWorkersOfOneProcess(t *testing.T) {
	t.Parallel()
	e, first, _ := listen(t)
	second := stats.New(1)
	counted := e.Count(second)
	if _, ok := e.scrape(t)["workers"]; ok {
		t.Error("workers is there before one is")
	}
	connected := false
	e.Watch(Worker{
		Users: func() map[string]int { return map[string]int{"Story": 3} }, CPU: func() float64 { return 42.5 },
		Connected: func() bool { return true },
	})
	e.Watch(Worker{
		Users: func() map[string]int { return map[string]int{"Story": 4, "Idle": 1} }, CPU: func() float64 { return 97 },
		Connected: func() bool { return connected },
	})
	first.Shard().Record(get("/", 3*time.Millisecond, ""))
	first.Shard().Record(get("/a", 3*time.Millisecond, ""))
	second.Shard().Record(get("/", 300*time.Millisecond, "x"))
	counted.Take()
	second.Shard().Record(user.Request{Incomplete: true})
	row := `{method="GET",name="/"}`
	want := map[string]string{
		"workers": "2", `users{class="Story"}`: "7", `users{class="Idle"}`: "1", "cpu_usage_ratio": "0.97", "connected": "0",
		"requests_total" + row: "2", "failures_total" + row: "1", "incomplete_requests_total": "1",
		"response_time_seconds_count" + row: "2", "response_time_seconds_sum" + row: "0.303",
		`response_time_seconds_bucket{method="GET",name="/",le="0.005"}`: "1",
		`requests_total{method="GET",name="/a"}`:                         "1",
	}
	e.want(t, want)
	connected = true
	e.want(t, map[string]string{"connected": "1"})
	for i := range 2 * MaxNames { // the bound is of all workers together
		first.Shard().Record(get(fmt.Sprint("/x", i), 0, ""))
		second.Shard().Record(get(fmt.Sprint("/y", i), 0, ""))
	}
	rows := 0
	for series := range e.scrape(t) {
		if strings.HasPrefix(series, "requests_total") {
			rows++
		}
	}
	if rows != MaxNames+1 {
		t.Errorf("%d rows of two workers, want %d", rows, MaxNames+1)
	}
}

func TestNothingIsServedWithoutAddress(t *testing.T) {
	t.Parallel()
	e, err := Listen("")
	if err != nil || e.URL() != "" {
		t.Fatalf("Listen(\"\") = %q, %v, want nothing", e.URL(), err)
	}
	recorder := stats.New(1)
	if e.Count(recorder) != Stats(recorder) {
		t.Error("Count puts something before the recorder, want nothing")
	}
	e.Watch(Worker{})
	if err := e.Close(); err != nil {
		t.Errorf("Close = %v", err)
	}
}

func TestWrongAddress(t *testing.T) {
	t.Parallel()
	if _, err := Listen("9646"); err == nil || !strings.Contains(err.Error(), ":9646") {
		t.Errorf("Listen(9646) = %v, want an error that shows the form", err)
	}
}

// BenchmarkRecord is what a request costs a user with the metrics on and off: the same, the counting is done at reports and
// scrapes.
func BenchmarkRecord(b *testing.B) {
	for _, listening := range []bool{false, true} {
		b.Run(fmt.Sprintf("listen=%v", listening), func(b *testing.B) {
			recorder := stats.New(2)
			if listening {
				newLedger(recorder, newNames())
			}
			shard, q := recorder.Shard(), get("/", 12*time.Millisecond, "")
			q.End = time.Unix(1, 0)
			for b.Loop() {
				shard.Record(q)
			}
		})
	}
}

// BenchmarkScrape is one scrape of a worker with 100 rows.
func BenchmarkScrape(b *testing.B) {
	e, recorder, _ := listen(b)
	e.Watch(Worker{})
	shard := recorder.Shard()
	for i := range 100 * MaxNames {
		shard.Record(get(fmt.Sprintf("/%d", i%MaxNames), time.Duration(i)*time.Millisecond, ""))
	}
	for b.Loop() {
		e.scrape(b)
	}
}

// What a file puts into Locust's statistics by itself is in no report that passes here, and counts beside what is.
func TestLoggedByTheFile(t *testing.T) {
	t.Parallel()
	e, recorder, counted := listen(t)
	e.Watch(Worker{})
	recorder.Shard().Record(get("/a", 20*time.Millisecond, ""))
	l := counted.(*ledger)
	l.Log("GET", "/a", 147.4, 150)
	l.LogFailure("GET", "/a")
	l.Log("POST", "/b", 0, -1)
	counted.Take()
	row := `{method="GET",name="/a"}`
	e.want(t, map[string]string{
		"requests_total" + row: "2", "failures_total" + row: "1", "response_time_seconds_count" + row: "2",
		`response_time_seconds_bucket{method="GET",name="/a",le="0.1"}`: "1", `response_time_seconds_bucket{method="GET",name="/a",le="0.25"}`: "2",
		"response_time_seconds_sum" + row: "0.1674", `requests_total{method="POST",name="/b"}`: "1", `response_time_seconds_count{method="POST",name="/b"}`: "0",
	})
}
