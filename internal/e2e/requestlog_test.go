//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/requestline"
	"gregaria/internal/target"
)

// A logged is what tests read of a line of a request log.
type logged struct {
	Timestamp  float64 `json:"timestamp"`
	Worker     string  `json:"worker"`
	User       string  `json:"user"`
	Type       string  `json:"type"`
	Name       string  `json:"name"`
	URL        string  `json:"url"`
	Status     int     `json:"status"`
	Failure    string  `json:"failure"`
	Response   float64 `json:"response_ms"`
	Incomplete bool    `json:"incomplete"`
	Apart      bool    `json:"apart"`
	Kept       string  `json:"kept"`
	Weight     float64 `json:"weight"`
}

// parseLog reads a request log of JSON, without the requests that Locust does not count.
func parseLog(t *testing.T, data []byte) (all []logged) {
	t.Helper()
	for text := range bytes.Lines(data) {
		var line logged
		if err := json.Unmarshal(text, &line); err != nil || text[len(text)-1] != '\n' {
			t.Fatalf("%q is no line of JSON: %v", text, err)
		}
		if !line.Incomplete && !line.Apart {
			all = append(all, line)
		}
	}
	return all
}

// rowsOf counts lines as Locust's statistics do.
func rowsOf(all []logged) rows {
	r := rows{}
	count := func(name string, failed bool) {
		row := r[name]
		row.Requests++
		if failed {
			row.Failures++
		}
		r[name] = row
	}
	for _, line := range all {
		count(line.Type+" "+line.Name, line.Failure != "")
		count(aggregated, line.Failure != "")
	}
	return r
}

// wantLines wants lines to be of users that requested what they say.
func wantLines(t *testing.T, all []logged, host string, workers int) {
	t.Helper()
	names := map[string]bool{}
	for _, line := range all {
		names[line.Worker] = true
		if line.User != "StoryUser" || !strings.HasPrefix(line.URL, host+"/") || (line.Status == 500) != (line.Failure != "") || line.Response <= 0 {
			t.Fatalf("a line says %+v, want one of StoryUser at %s, failed where the status is 500", line, host)
		}
	}
	if len(names) != workers {
		t.Errorf("lines of %d workers, want %d", len(names), workers)
	}
}

// TestRequestLog has a stock master and two workers of one process: the lines are what Locust counts and what the target served.
func TestRequestLog(t *testing.T) {
	t.Parallel()
	server := startTarget(t, flaky())
	m := startMaster(t, server.URL(), "--headless", "--expect-workers=2", "--users=60", "--spawn-rate=60", "--run-time=8")
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	worker := start(t, command{name: "worker", path: program("worker"), args: []string{
		"--master-port=" + m.port, "--processes=2", "--request-log", path,
	}})
	m.wantExit(t, 1, time.Minute) // some requests failed
	worker.wantExit(t, exitcode.OK, 15*time.Second)
	all, served := parseLog(t, readFile(t, path)), server.Served()
	wantEveryName(t, served)
	rowsOf(all).wantServed(t, "request log", served)
	parseStats(t, m.file(t, "_stats.csv")).wantServed(t, "CSV", served)
	wantLines(t, all, server.URL(), 2)
}

// TestRequestLogSample has a sample: all failures, and weights that add up to what was served, about.
func TestRequestLogSample(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{ErrorRate: 0.1})
	m := startMaster(t, server.URL(), "--headless", "--expect-workers=1", "--users=100", "--spawn-rate=100", "--run-time=8")
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	worker := start(t, command{name: "worker", path: program("worker"), args: []string{
		"--master-port=" + m.port, "--request-log", path, "--request-log-sample=20%",
	}})
	m.wantExit(t, 1, time.Minute)
	worker.wantExit(t, exitcode.OK, 15*time.Second)
	all, served := parseLog(t, readFile(t, path)), server.Served()
	weight := 0.0
	for _, line := range all {
		weight += line.Weight
	}
	if failed := rowsOf(all)[aggregated].Failures; failed != served.Failed || failed == 0 {
		t.Errorf("%d failed requests in the sample, want all %d", failed, served.Failed)
	}
	n := float64(served.Total)
	if len(all) > int(0.7*n) || weight < 0.6*n || weight > 1.4*n {
		t.Errorf("%d lines of %d requests, their weights add up to %.0f", len(all), served.Total, weight)
	}
}

// TestLoadtestRequestLog has one command: its workers' requests are in one sorted file, which the examples read.
func TestLoadtestRequestLog(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"jsonl", "csv"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, flaky())
			l := startLoadtest(t, "--host", server.URL(), "--users=40", "--spawn-rate=40", "--duration=6", "--request-log="+format)
			l.wantExit(t, exitcode.Failed, time.Minute)
			served := server.Served()
			data := l.read(t, "requests_*."+format)
			wantSorted(t, data)
			if err := l.wantOutput(fmt.Sprintf("requests_%s.%s has %d requests", strings.TrimPrefix(stamp(l.files(t, "requests_*")[0]), "requests_"), format, served.Total)); err != nil {
				t.Error(err)
			}
			if format == "jsonl" {
				all := parseLog(t, data)
				rowsOf(all).wantServed(t, "request log", served)
				wantLines(t, all, server.URL(), 2)
			} else if got := len(parseCSV(t, data)); uint64(got) != served.Total {
				t.Errorf("%d rows, want %d as served", got, served.Total)
			}
			wantExample(t, l.files(t, "requests_*")[0], served)
		})
	}
}

// stamp is a file's name without its ending.
func stamp(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

// wantSorted wants lines in the order of their ends.
func wantSorted(t *testing.T, data []byte) {
	t.Helper()
	var ends []int64
	for line := range bytes.Lines(data) {
		end, err := requestline.End(line)
		if err != nil && string(line) != requestline.Header() {
			t.Fatalf("%q: %v", line, err)
		}
		ends = append(ends, end)
	}
	if !slices.IsSorted(ends) || len(ends) < 100 {
		t.Errorf("%d lines, sorted: %v", len(ends), slices.IsSorted(ends))
	}
}

// wantExample runs the example that reads a request log.
func wantExample(t *testing.T, path string, served target.Served) {
	t.Helper()
	python := filepath.Join(filepath.Dir(locust(t)), "python")
	out, err := exec.CommandContext(t.Context(), python, repository(t, "examples", "request_log.py"), path).CombinedOutput()
	if err != nil {
		t.Fatalf("examples/request_log.py: %v\n%s", err, out)
	}
	counts := map[string]uint64{}
	for key, n := range served.By {
		method, name, _ := strings.Cut(key, " ")
		counts[name] += n
		if want := fmt.Sprintf("%-6s %-30s %8d ", method, name, n); !strings.Contains(string(out), want) {
			t.Errorf("examples/request_log.py said\n%s\nwant %q in it", out, want)
		}
	}
	if !requestline.IsCSV(path) {
		wantDocumented(t, path, counts)
	}
}

// wantDocumented runs the commands that docs/timings.md has for a request log.
func wantDocumented(t *testing.T, path string, counts map[string]uint64) {
	t.Helper()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Log("without jq its examples are not run")
		return
	}
	ran := 0
	for line := range strings.Lines(string(readFile(t, repository(t, "docs", "timings.md")))) {
		command, found := strings.CutPrefix(line, "    jq ")
		if !found {
			continue
		}
		out, err := exec.CommandContext(t.Context(), "sh", "-c", "jq "+strings.ReplaceAll(command, "requests.jsonl", path)).CombinedOutput()
		if err != nil || len(out) == 0 {
			t.Errorf("jq %s: %v, %d bytes of output\n%s", command, err, len(out), out)
		}
		if ran++; ran > 1 {
			continue
		}
		for name, n := range counts {
			if want := fmt.Sprintf("%q,\n  \"requests\": %d", name, n); !strings.Contains(string(out), want) {
				t.Errorf("jq %ssaid\n%s\nwant %s in it", command, out, want)
			}
		}
	}
	if ran != 2 {
		t.Errorf("docs/timings.md has %d commands of jq, want 2", ran)
	}
}
