//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
	"gregaria/internal/target"
)

// A loadtest is a run of the command, in a directory for its results.
type loadtest struct {
	*process
	dir string
	web webUI
}

// startLoadtest starts it with two Go workers and with the given flags beside those that every test needs.
func startLoadtest(t *testing.T, flags ...string) *loadtest {
	t.Helper()
	return startLoadtestAt(t, program("loadtest"), flags...)
}

// startLoadtestAt starts the one at path, which takes the other programs from beside it.
func startLoadtestAt(t *testing.T, path string, flags ...string) *loadtest {
	t.Helper()
	webPort := freePort(t)
	l := &loadtest{dir: t.TempDir(), web: webUI{base: "http://127.0.0.1:" + webPort}}
	l.process = start(t, command{name: "loadtest", path: path, args: append([]string{
		"--locust", locust(t), "--locustfile", repository(t, "locustfile.py"), "--output-dir", l.dir,
		"--master-port", freePort(t), "--web-port", webPort, "--workers", "2", "--progress", "1", "--settle", "0",
	}, flags...)})
	t.Cleanup(func() {
		for _, path := range l.files(t, "locust_*.log") {
			if t.Failed() {
				t.Logf("%s:\n%s", filepath.Base(path), readFile(t, path))
			}
		}
	})
	return l
}

// files returns the result files whose names match.
func (l *loadtest) files(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(l.dir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// read returns the one result file whose name matches.
func (l *loadtest) read(t *testing.T, pattern string) []byte {
	t.Helper()
	paths := l.files(t, pattern)
	if len(paths) != 1 {
		t.Fatalf("result files %s = %v, want one", pattern, paths)
	}
	return readFile(t, paths[0])
}

// children returns what loadtest has started. It ends with the test, even where loadtest fails to see to that.
func (l *loadtest) children(t *testing.T) []descendant {
	t.Helper()
	children := descendants(t, l.pid())
	t.Cleanup(func() {
		for _, d := range children {
			d.kill()
		}
	})
	return children
}

// wantFiles wants every promised file and no other, none of them empty, all with one timestamp.
func (l *loadtest) wantFiles(t *testing.T) {
	t.Helper()
	stamp := regexp.MustCompile(`\d{8}_\d{6}`)
	var names, stamps []string
	for _, path := range l.files(t, "*") {
		name := filepath.Base(path)
		stamps = append(stamps, stamp.FindString(name))
		names = append(names, stamp.ReplaceAllString(name, "TS"))
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s is empty (%v)", name, err)
		}
	}
	want := []string{
		"junit_TS.xml", "locust_TS.log", "locust_report_TS.html", "metrics_TS.csv", "report_TS.html", "run_TS.json",
		"stats_TS_exceptions.csv", "stats_TS_failures.csv", "stats_TS_stats.csv", "stats_TS_stats_history.csv",
		"summary_TS.json", "summary_TS.md", "timings_TS.csv",
	}
	slices.Sort(names)
	if !slices.Equal(names, want) {
		t.Errorf("results = %v, want %v", names, want)
	}
	if stamps = slices.Compact(stamps); len(stamps) != 1 {
		t.Errorf("timestamps in the names of the results = %v, want one", stamps)
	}
}

// awaitLoad waits until the first story is made: then all of the processes are there.
func (l *loadtest) awaitLoad(t *testing.T, server *target.Server) {
	t.Helper()
	await(t, startLimit, func() error {
		if l.ended() {
			t.Fatalf("loadtest ended with %v before there was load", l.cmd.ProcessState)
		}
		if served := server.Served(); served.By[target.CreateStory] == 0 {
			return fmt.Errorf("the target served %v, want a story", served.By)
		}
		return nil
	})
}

// TestLoadtest is the main job: one command, and load, resources and report are there.
func TestLoadtest(t *testing.T) {
	t.Parallel()
	const users = 30
	server := startTarget(t, healthy())
	l := startLoadtest(t, "--host", server.URL(), "--users="+strconv.Itoa(users), "--spawn-rate=15", "--duration=8")
	l.awaitLoad(t, server)
	children := l.children(t)
	l.wantExit(t, exitcode.OK, time.Minute)
	wantGone(t, children)

	l.wantFiles(t)
	served := server.Served()
	wantEveryName(t, served)
	wantUsers(t, served, users)
	parseStats(t, l.read(t, "stats_*_stats.csv")).wantServed(t, "CSV", served)
	if err := l.wantOutput(fmt.Sprintf("PASSED: all %d requests succeeded", served.Total)); err != nil {
		t.Error(err)
	}
	var facts struct {
		WorkersCPU struct {
			CPU [][2]float64 `json:"cpu"`
		} `json:"workers_cpu"`
	}
	if err := json.Unmarshal(l.read(t, "run_*.json"), &facts); err != nil || len(facts.WorkersCPU.CPU) == 0 {
		t.Errorf("run_*.json says %+v of the CPU of the workers (%v), want some", facts, err)
	}
	for _, used := range facts.WorkersCPU.CPU {
		if !(used[1] > 0 && used[1] < 150) {
			t.Errorf("the workers used %v %% of a core, want a little", used[1])
		}
	}
	if report := string(l.read(t, "locust_report_*.html")); !strings.Contains(report, `"num_requests": `+fmt.Sprint(served.Total)) {
		t.Errorf("Locust's report does not say %d requests", served.Total)
	}
	l.wantJoin(t, users)
	timed, seen := sums(t, timingRows(t, l.read(t, "timings_*.csv")))
	timed.wantServed(t, "timings", served)
	if uint64(seen) != served.Total {
		t.Errorf("timings saw %.0f of %d requests, want all", seen, served.Total)
	}
}

// wantJoin wants the metrics to meet Locust's history: a row for each second of it, and none that the history lacks, but for
// the seconds that Locust itself left out. (Its writer sleeps 1 s after each row, so it drifts over a whole second now and then.)
func (l *loadtest) wantJoin(t *testing.T, users int) {
	t.Helper()
	seen, peak := map[int64]bool{}, 0
	var history []int64
	for _, line := range parseCSV(t, l.read(t, "stats_*_stats_history.csv")) {
		if line["Name"] != aggregated {
			continue // full history: a row for each name, and one for all
		}
		second := int64(number(t, line["Timestamp"]))
		if !seen[second] {
			history = append(history, second)
		}
		seen[second] = true
		peak = max(peak, int(number(t, line["User Count"])))
	}
	if peak != users {
		t.Errorf("the most users in Locust's history = %d, want %d", peak, users)
	}
	metrics, err := resource.Parse(l.read(t, "metrics_*.csv"))
	if err != nil || len(metrics) == 0 {
		t.Fatalf("%d rows of metrics, %v", len(metrics), err)
	}
	first, last := history[0], history[len(history)-1]
	measured := map[int64]bool{}
	var skipped []int64
	for i, row := range metrics {
		second := row.Second()
		if float64(second) != row.Timestamp || (i > 0 && second != metrics[i-1].Second()+1) {
			t.Errorf("row %d of the metrics is at %v, want the next whole second", i, row.Timestamp)
		}
		if cpu, known := row.Value(resource.CPUPercent); known && (cpu < 0 || cpu > 100) {
			t.Errorf("%s at %d = %v, want 0 to 100", resource.CPUPercent, second, cpu)
		}
		if memory, known := row.Value(resource.MemoryUsedGB); !known || memory <= 0 {
			t.Errorf("%s at %d = %v, %v, want some", resource.MemoryUsedGB, second, memory, known)
		}
		measured[second] = true
		if second > first && second < last && !seen[second] {
			skipped = append(skipped, second)
		}
	}
	if !slices.ContainsFunc(metrics, func(row resource.Row) bool {
		phase, _ := row.Text(resource.RunPhase)
		running, _ := row.Value(resource.RunUsers)
		return phase == resource.PhaseSteady && int(running) == users
	}) {
		t.Errorf("no row of the metrics says that the load was steady with %d users", users)
	}
	for _, second := range history[1:] { // the first may be before the monitor's first whole second
		if !measured[second] {
			t.Errorf("Locust's history has second %d, the metrics from %d to %d do not",
				second, metrics[0].Second(), metrics[len(metrics)-1].Second())
		}
	}
	for _, second := range skipped {
		if !seen[second-1] || !seen[second+1] {
			t.Errorf("Locust's history has a hole of more than the one second %d", second)
		}
	}
	t.Logf("%d rows of metrics, %d seconds of history, all joined but for %v, which Locust skipped",
		len(metrics), len(history), skipped)
}

// TestLoadtestDemo runs the demo: the API that loadtest starts itself says in the log what it served.
func TestLoadtestDemo(t *testing.T) {
	t.Parallel()
	l := startLoadtest(t, "--demo", "--users=20", "--duration=5")
	l.wantExit(t, exitcode.OK, time.Minute)
	l.wantFiles(t)
	if log := string(l.read(t, "locust_*.log")); strings.Contains(log, "warning: ") {
		t.Error("our own check warns of the demo's locustfile")
	}
	said := regexp.MustCompile(`target \| served (\d+) requests`).FindSubmatch(l.read(t, "locust_*.log"))
	if said == nil {
		t.Fatal("the log does not say how many requests the target served")
	}
	served := number(t, string(said[1]))
	if got := parseStats(t, l.read(t, "stats_*_stats.csv"))[aggregated].Requests; got != served || served == 0 {
		t.Errorf("requests in Locust's CSV = %d, the target says %d", got, served)
	}
	l.wantWatched(t, "target")
}

// wantWatched wants the process that listens at --host to have been found and measured.
func (l *loadtest) wantWatched(t *testing.T, name string) {
	t.Helper()
	for _, text := range []string{"\nwatching " + name + " (pid ", "\nWatched  " + name + " (pid "} {
		if err := l.wantOutput(text); err != nil {
			t.Error(err)
		}
	}
	metrics, err := resource.Parse(l.read(t, "metrics_*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var cores, thread float64
	for _, row := range metrics {
		used, _ := row.Value(resource.ProcessCPUCores)
		busiest, _ := row.Value(resource.ProcessBusiestThreadPercent)
		cores, thread = max(cores, used), max(thread, busiest)
		if count, known := row.Value(resource.ProcessCount); !known || count != 1 && row.Second() < metrics[len(metrics)-1].Second() {
			t.Errorf("%s at %d = %v, %v, want 1", resource.ProcessCount, row.Second(), count, known)
		}
	}
	if cores <= 0 || thread <= 0 || thread > 100*cores+5 {
		t.Errorf("the process used %v cores, its busiest thread %v %% of one, want some of both", cores, thread)
	}
}

// TestLoadtestWatchesNone: no columns, and not a word.
func TestLoadtestWatchesNone(t *testing.T) {
	t.Parallel()
	l := startLoadtest(t, "--demo", "--users=2", "--duration=2", "--watch=none")
	l.wantExit(t, exitcode.OK, time.Minute)
	if err := l.wantOutput("Watched"); err == nil {
		t.Error("something was watched")
	}
	if metrics := l.read(t, "metrics_*.csv"); bytes.Contains(metrics, []byte("Process_")) {
		t.Errorf("metrics = %s, want no columns of a process", metrics)
	}
}

// TestLoadtestFailures wants failed requests to make a run fail that has all its results.
func TestLoadtestFailures(t *testing.T) {
	t.Parallel()
	settings := flaky()
	settings.ErrorRate = 0.3
	server := startTarget(t, settings)
	l := startLoadtest(t, "--host", server.URL(), "--users=40", "--spawn-rate=40", "--duration=5")
	l.wantExit(t, exitcode.Failed, time.Minute)
	l.wantFiles(t)
	served := server.Served()
	if served.Failed == 0 {
		t.Error("no request failed, so this shows nothing")
	}
	parseStats(t, l.read(t, "stats_*_stats.csv")).wantServed(t, "CSV", served)
	for _, text := range []string{
		fmt.Sprintf("FAILED: %d of %d requests failed, ", served.Failed, served.Total), "POST /api/v1/story: HTTPError('5", "\nFailures\n",
	} {
		if err := l.wantOutput(text); err != nil {
			t.Error(err)
		}
	}
	wantFailures(t, parseCSV(t, l.read(t, "stats_*_failures.csv")), served)
}
