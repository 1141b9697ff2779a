package recording_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/recording"
)

// The recordings: testdata/loadtest is of
//
//	bin/target --listen 127.0.0.1:18431 --latency 60ms --latency-jitter 40ms --error-rate 0.05
//	bin/loadtest --host http://127.0.0.1:18431 --duration=15 --users=30 --request-log
//
// and testdata/stock of a Locust 2.47.0 with the same locustfile and a monitor beside it, and no loadtest:
//
//	bin/monitor --output metrics.csv --port 18432
//	locust -f locustfile.py --headless -H http://127.0.0.1:18432 -u 20 -r 10 -t 12s --csv shop --csv-full-history
const (
	ofLoadtest = "testdata/loadtest"
	ofStock    = "testdata/stock"
)

// open reads the newest run in a folder.
func open(t *testing.T, dir string) *analysis.Run {
	t.Helper()
	run, err := recording.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// near reports whether a percentile is Locust's, which has two digits, and whole milliseconds.
func near(got, locust float64) bool { return math.Abs(got-locust) <= max(0.05*locust, 0.5) }

// TestAgreesWithLocust: the seconds of each endpoint, added up, are what Locust says of the whole run.
func TestAgreesWithLocust(t *testing.T) {
	t.Parallel()
	run := open(t, ofLoadtest)
	names := []string{}
	for _, l := range append(slices.Clone(run.Endpoints), run.Total) {
		names = append(names, l.Type+" "+l.Name)
		if requests, failures := total(l.Requests.Values), total(l.Failures.Values); int(requests) != l.Stats.Requests || int(failures) != l.Stats.Failures || l.Stats.Requests == 0 {
			t.Errorf("%s: %v requests, %v failed, Locust says %d and %d", l.Name, requests, failures, l.Stats.Requests, l.Stats.Failures)
		}
		all := analysis.Merge(l.Phases[timing.Response]...)
		for column, share := range map[string]float64{"50%": 0.5, "66%": 0.66, "90%": 0.9, "95%": 0.95, "99%": 0.99, "100%": 1} {
			if got, known := all.Quantile(share); !known || !near(got, l.Stats.Percentiles[column]) {
				t.Errorf("%s: %s is %v, Locust says %v", l.Name, column, got, l.Stats.Percentiles[column])
			}
		}
		if mean := all.Sum() / float64(all.Count()); math.Abs(mean-l.Stats.Average) > 0.005*l.Stats.Average {
			t.Errorf("%s: on average %v ms, Locust says %v", l.Name, mean, l.Stats.Average)
		}
		answers := int64(0)
		for _, n := range l.Statuses {
			answers += n
		}
		if answers != int64(l.Stats.Requests) || int(total(l.Statuses5xx.Values)) != l.Stats.Failures {
			t.Errorf("%s: statuses %v, from 500 on %v, want %d and %d", l.Name, l.Statuses, total(l.Statuses5xx.Values), l.Stats.Requests, l.Stats.Failures)
		}
	}
	if want := []string{"POST /api/v1/story", "GET /api/v1/story/[id]", "GET /health", " Aggregated"}; !slices.Equal(names, want) {
		t.Errorf("endpoints %q, want Locust's order %q", names, want)
	}
}

// TestSecondsOfALoad: what the load had no requests in is zero, what is not of it is absent.
func TestSecondsOfALoad(t *testing.T) {
	t.Parallel()
	run := open(t, ofLoadtest)
	if run.Began != 1796047051 || run.Ended != 1796047065 || run.Start != 1796047048 || run.Seconds != 23 {
		t.Fatalf("from %d to %d, around it %d s from %d on", run.Began, run.Ended, run.Seconds, run.Start)
	}
	health := run.Endpoints[2].Requests.Values
	want := []float64{10, 10, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	if got := health[3:18]; !slices.Equal(got, want) {
		t.Errorf("requests of /health are %v, want %v", got, want)
	}
	for i, v := range run.Total.Requests.Values {
		if math.IsNaN(v) == (run.Start+int64(i) >= run.Began && run.Start+int64(i) <= run.Ended+1) {
			t.Errorf("requests of second %d are %v", i, v)
		}
	}
	if !math.IsNaN(run.Endpoints[2].P95.Values[8]) {
		t.Errorf("p95 of a second without requests is %v", run.Endpoints[2].P95.Values[8])
	}
	if users := run.Users.Values; users[2] != 0 || users[3] != 10 || users[5] != 30 || users[18] != 0 || !math.IsNaN(users[0]) {
		t.Errorf("users are %v", users)
	}
}

// TestWhatIsBesideTheLoad: hosts, failures, the slowest requests, files.
func TestWhatIsBesideTheLoad(t *testing.T) {
	t.Parallel()
	run := open(t, ofLoadtest)
	if len(run.Hosts) != 1 || run.Hosts[0].Name != "" || !run.Hosts[0].Target || !run.Info.Local || run.Info.Users != 30 || run.Info.Workers != 1 {
		t.Errorf("hosts %+v, info %+v", run.Hosts, run.Info)
	}
	cpu, known := run.Hosts[0].Column(resource.ProcessCPUCores)
	if !known || cpu.File != "metrics_20261130_135727.csv" || cpu.Column != resource.ProcessCPUCores {
		t.Errorf("CPU of the process is %+v", cpu)
	}
	if _, known := run.Hosts[0].Columns[resource.RunState]; known {
		t.Errorf("a column of words is a series")
	}
	if len(run.Failures) != 2 || run.Failures[0].Count != 9 || run.Failures[0].First != 1796047053 || !strings.Contains(run.Failures[1].Error, "500 Server Error") {
		t.Errorf("failures %+v", run.Failures)
	}
	if len(run.Slowest) != recording.Slowest || run.Slowest[0].Response != 104.94 || run.Slowest[0].Wait != 104.888 || !math.IsNaN(run.Slowest[0].Connect) || run.Slowest[0].Status != 201 {
		t.Errorf("the slowest of %d is %+v", len(run.Slowest), run.Slowest[0])
	}
	if !slices.IsSortedFunc(run.Slowest, func(a, b analysis.Request) int { return int(math.Copysign(1, b.Response-a.Response)) }) {
		t.Errorf("the slowest are not in order: %v", run.Slowest)
	}
	if len(run.Info.Files) != 7 || run.Info.Files["timings"] != filepath.Join(ofLoadtest, "timings_20261130_135727.csv") {
		t.Errorf("files %v", run.Info.Files)
	}
	if len(run.Info.Notes) > 0 {
		t.Errorf("notes %q", run.Info.Notes)
	}
}

// TestStock: of a Locust without loadtest, requests are differences of its counts, and percentiles those of its history; the monitor's file is known by its header.
func TestStock(t *testing.T) {
	t.Parallel()
	run := open(t, ofStock)
	for _, l := range append(slices.Clone(run.Endpoints), run.Total) {
		if requests, failures := total(l.Requests.Values), total(l.Failures.Values); int(math.Round(requests)) != l.Stats.Requests || int(math.Round(failures)) != l.Stats.Failures || l.Stats.Requests == 0 {
			t.Errorf("%s: %v requests, %v failed, Locust says %d and %d", l.Name, requests, failures, l.Stats.Requests, l.Stats.Failures)
		}
		if l.Phases[timing.Response] != nil || len(l.Statuses) > 0 || l.Statuses5xx.Known() {
			t.Errorf("%s has what only timings know", l.Name)
		}
		if l.Requests.Column != "Total Request Count" || l.Requests.File != "shop_stats_history.csv" || l.P95.Column != "95%" {
			t.Errorf("%s: requests are of %s, %s", l.Name, l.Requests.File, l.Requests.Column)
		}
	}
	i := 1796047095 - run.Start
	if run.Total.P95.Values[i] != 99 || run.Total.P50.Values[i] != 49 || run.Users.Values[i] != 20 || run.Total.Requests.Values[i] != 9 {
		t.Errorf("p95 %v, p50 %v, %v users, %v requests, want those of the row", run.Total.P95.Values[i], run.Total.P50.Values[i], run.Users.Values[i], run.Total.Requests.Values[i])
	}
	if first := run.Began - run.Start; !math.IsNaN(run.Total.P50.Values[first]) || math.IsNaN(run.Total.P50.Values[first+1]) {
		t.Errorf("p50 %v: Locust writes 0 before there is one", run.Total.P50.Values)
	}
	if len(run.Hosts) != 1 || run.Hosts[0].File != "metrics.csv" || !run.Hosts[0].Target {
		t.Errorf("hosts %+v", run.Hosts)
	}
	if len(run.Failures) != 2 || run.Failures[0].First == 0 || len(run.Slowest) > 0 {
		t.Errorf("failures %+v, slowest %+v", run.Failures, run.Slowest)
	}
	if len(run.Info.Notes) != 2 || !strings.Contains(run.Info.Notes[0], "the last 10 s") || !strings.Contains(run.Info.Notes[1], "differences of the counts") {
		t.Errorf("notes %q", run.Info.Notes)
	}
	if run.Began != 1796047091 || run.Ended != 1796047101 {
		t.Errorf("from %d to %d", run.Began, run.Ended)
	}
}

// TestStockWithoutFullHistory: percentiles since the beginning are not those of a second.
func TestStockWithoutFullHistory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(ofStock)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "shop_stats_history.csv")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for line := range strings.Lines(string(data)) {
		if strings.Contains(line, ",,Aggregated,") || strings.HasPrefix(line, "Timestamp") {
			kept = append(kept, line)
		}
	}
	if err := os.WriteFile(path, []byte(strings.Join(kept, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	run := open(t, dir)
	if run.Total.P95.Known() || int(math.Round(total(run.Total.Requests.Values))) != 132 || len(run.Endpoints) != 3 || run.Endpoints[0].Requests.Known() {
		t.Errorf("%v requests, p95 %v", total(run.Total.Requests.Values), run.Total.P95.Values)
	}
	if !strings.Contains(strings.Join(run.Info.Notes, "\n"), "since the beginning of the test, and left out") {
		t.Errorf("notes %q", run.Info.Notes)
	}
}
