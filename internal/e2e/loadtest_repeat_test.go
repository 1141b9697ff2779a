//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// A repeated is what repeat_TS.json says.
type repeated struct {
	Planned int
	Runs    []struct {
		Run, Word string
		Code      int `json:"exit_code"`
		Complete  bool
	}
	Verdict struct {
		Code int `json:"exit_code"`
		Line string
	}
	Spread []struct {
		Measure string
		Values  []*float64
		Spread  *float64
	}
	Comparison *struct {
		Method struct{ Unit string }
		Rows   []struct{ Kind, Measure, Outcome string }
	}
}

// repeated reads it.
func (l *loadtest) repeated(t *testing.T) (r repeated) {
	t.Helper()
	if err := json.Unmarshal(l.read(t, "repeat_*.json"), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// anew is a locustfile that counts how often it was loaded: its master and its workers begin with nothing.
const anew = "counted = []\n@events.test_start.add_listener\ndef begin(environment, **kwargs):\n    counted.append(1)\n    print('tests of this process:', len(counted), flush=True)\n"

// TestRepeat runs a test three times, beside a baseline of three others that were slower to answer: each run has all its files, and copies of its own, and nothing of the run before.
func TestRepeat(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{Latency: 400 * time.Millisecond})
	flags := []string{"--host=" + server.URL(), "--users=10", "--spawn-rate=10", "--duration=8", "--repeat=3"}
	file := strings.Replace(health(anew), "get('/health'", "post('/api/v1/story', json={'prompt': 'x', 'scenes': 1}", 1)
	base := startLoadtestIn(t, map[string]string{"locustfile.py": file}, nil, flags...)
	base.wantExit(t, exitcode.OK, 5*time.Minute)
	base.wantVerdict(t, "PASSED: all 3 runs passed (exit code 0)")
	if r := base.repeated(t); len(r.Runs) != 3 || r.Comparison != nil || r.Planned != 3 {
		t.Errorf("repeat_TS.json = %+v", r)
	}
	if page := string(base.read(t, "repeat_*.html")); !strings.Contains(page, "How far they are apart") || !strings.Contains(page, "all 3 runs passed") {
		t.Error("the page of the runs does not say how far they are apart")
	}
	if err := server.Set(target.Settings{Latency: 20 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	step := filepath.Join(t.TempDir(), "step.md")
	named := base.files(t, "repeat_*.json")[0]
	l := startLoadtestIn(t, map[string]string{"locustfile.py": file}, []string{"GITHUB_STEP_SUMMARY=" + step},
		append(flags, "--baseline="+named, "--html=copies/run-{n}.html", "--csv=copies/{n}/shop", "--check=p50 <= baseline * 1.10")...)
	l.wantExit(t, exitcode.OK, 5*time.Minute)
	l.wantVerdict(t, "PASSED: all 3 runs passed (exit code 0)")
	for _, text := range []string{"\nrun 2 of 3\n", "\nrun 3 of 3 PASSED: the check passed", "\nAll runs (steady phase)\n", "\nCompared with the baseline\n", "p50 of all requests -", "3 and 3 runs: the difference of their medians"} {
		if err := l.wantOutput(text); err != nil {
			t.Error(err)
		}
	}
	r := l.repeated(t)
	if len(r.Runs) != 3 || r.Comparison == nil || r.Comparison.Rows[0].Outcome != "better" || r.Comparison.Method.Unit != "runs" || len(r.Spread) == 0 || len(r.Spread[0].Values) != 3 || r.Spread[0].Spread == nil {
		t.Errorf("repeat_TS.json = %+v", r)
	}
	for _, pattern := range []string{"report_*.html", "summary_*.json", "junit_*.xml", "summary_*.md", "locust_report_*.html", "stats_*_stats.csv", "timings_*.csv", "run_*.json"} {
		if n := len(l.files(t, pattern)); n != 3 {
			t.Errorf("%d files %s, want one of each run", n, pattern)
		}
	}
	for n := range 3 {
		for _, name := range []string{fmt.Sprintf("run-%d.html", n+1), fmt.Sprintf("%d/shop_stats.csv", n+1)} {
			if info, err := os.Stat(filepath.Join(filepath.Dir(l.dir), "copies", name)); err != nil || info.Size() == 0 {
				t.Errorf("copy %s: %v", name, err)
			}
		}
	}
	for _, path := range l.files(t, "locust_*.log") {
		if log := string(readFile(t, path)); !strings.Contains(log, "tests of this process: 1") || strings.Contains(log, "tests of this process: 2") {
			t.Errorf("%s: a run has something of the run before, or did not run the file", filepath.Base(path))
		}
	}
	if page := string(l.read(t, "repeat_*.html")); !strings.Contains(page, "p95, base") || !strings.Contains(page, "faster") {
		t.Error("the page of all runs lacks the baseline")
	}
	if page := string(readFile(t, l.files(t, "report_*.html")[0])); !strings.Contains(page, "p95, base") || !strings.Contains(page, ` id="compared"`) {
		t.Error("the report of a run lacks the baseline")
	}
	if summary, err := os.ReadFile(step); err != nil || strings.Count(string(summary), "\n### Checks\n") != 3 || strings.Count(string(summary), "\n## All runs\n") != 1 {
		t.Errorf("the summary of the step, %v, has not three runs and one table of all", err)
	}
	compare := start(t, command{name: "loadtest compare", path: program("loadtest"), args: []string{"compare", l.files(t, "repeat_*.json")[0], named}})
	compare.wantExit(t, exitcode.Failed, time.Minute)
}

// TestRepeatFails: a run that fails does not keep the others from running, and the worst counts.
func TestRepeatFails(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	l := startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, nil, "--host="+server.URL(), "--users=4", "--spawn-rate=4", "--duration=4", "--repeat=2", "--check=rps > 100000 over all")
	l.wantExit(t, exitcode.Checks, 5*time.Minute)
	l.wantVerdict(t, "FAILED: 2 of 2 runs failed; run 1: the check failed: rps > 100000 over all, and it is ")
}

// TestRepeatInterrupted has Ctrl-C in the second of three runs: the first counts, the third does not begin, and both have their files.
func TestRepeatInterrupted(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	l := startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, nil, "--host="+server.URL(), "--users=4", "--spawn-rate=4", "--duration=8", "--repeat=3")
	await(t, 4*time.Minute, func() error { return l.wantOutput("run 2 of 3\n") })
	before := server.Served().Total
	await(t, startLimit, func() error {
		if server.Served().Total < before+20 {
			return fmt.Errorf("the second run has no load yet")
		}
		return nil
	})
	l.signal(syscall.SIGINT)
	l.wantExit(t, exitcode.Interrupted, 2*time.Minute)
	l.wantVerdict(t, "INCOMPLETE: run 2 of 3: interrupted by SIGINT")
	l.wantVerdict(t, "; complete: 1 (exit code 130)")
	r := l.repeated(t)
	if len(r.Runs) != 2 || !r.Runs[0].Complete || r.Runs[1].Complete || r.Verdict.Code != exitcode.Interrupted || len(r.Spread[0].Values) != 1 {
		t.Errorf("repeat_TS.json = %+v", r)
	}
	if n := len(l.files(t, "report_*.html")); n != 2 {
		t.Errorf("%d reports, want two", n)
	}
}

// TestRepeatBreaks: the API goes away after the first of three runs. No load is made any more, the run that is there stays, and the exit code is that of the break.
func TestRepeatBreaks(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	l := startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, nil, "--host="+server.URL(), "--users=4", "--spawn-rate=4", "--duration=4", "--repeat=3")
	await(t, 4*time.Minute, func() error { return l.wantOutput("run 1 of 3 PASSED") })
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_ = server.Shutdown(ctx)
	l.wantExit(t, exitcode.NotReady, 2*time.Minute)
	l.wantVerdict(t, "INCOMPLETE: run 2 of 3: ")
	l.wantVerdict(t, "; complete: 1 (exit code 3)")
	if r := l.repeated(t); len(r.Runs) != 1 || !r.Runs[0].Complete || r.Verdict.Code != exitcode.NotReady {
		t.Errorf("repeat_TS.json = %+v", r)
	}
}

// TestTurns runs the loop of docs/compare.md, with two turns of some seconds: base and new by turns, and then compared.
func TestTurns(t *testing.T) {
	t.Parallel()
	main, branch := startTarget(t, target.Settings{}), startTarget(t, target.Settings{Latency: 30 * time.Millisecond})
	dir := t.TempDir()
	_, loop, _ := strings.Cut(string(readFile(t, repository(t, "docs", "compare.md"))), "takes turns between two that listen side by side:\n\n")
	loop, _, _ = strings.Cut(loop, "\n\n")
	for _, change := range [][2]string{
		{"in 1 2 3 4 5;", "in 1 2;"},
		{"http://localhost:8000", main.URL()},
		{"http://localhost:8001", branch.URL()},
		{"--duration=2m", "--users=4 --duration=6 --settle=0 --locust=" + locust(t) + " -f " + repository(t, "locustfile.py")},
		{"bin/loadtest", program("loadtest")},
	} {
		if !strings.Contains(loop, change[0]) {
			t.Fatalf("the loop of the documentation has no %s:\n%s", change[0], loop)
		}
		loop = strings.ReplaceAll(loop, change[0], change[1])
	}
	p := start(t, command{name: "turns", path: "bash", args: []string{"-c", "cd '" + dir + "' || exit 99\n" + loop}})
	await(t, 4*time.Minute, func() error { return p.wantOutput("2 and 2 runs are few") })
	for _, text := range []string{"Hard to compare, target: ", "all requests", "base: results/main/"} {
		if err := p.wantOutput(text); err != nil {
			t.Error(err)
		}
	}
	for _, side := range []string{"main", "branch"} {
		if runs, err := filepath.Glob(filepath.Join(dir, "results", side, "summary_*.json")); err != nil || len(runs) != 2 {
			t.Errorf("%s has %d runs, %v, want two", side, len(runs), err)
		}
	}
}
