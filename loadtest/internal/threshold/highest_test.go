package threshold_test

import (
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
	"gregaria/loadtest/internal/threshold"
)

// queueing is a server of four at a time, 50 ms each, and users who wait 450 ms: 40 users are as many as it serves without a queue.
func queueing(change func(q *analysistest.Queue)) (*analysis.Run, *analysis.Findings) {
	q := analysistest.Queue{Seed: 7, Settle: 3, Think: 450, Service: 50, Servers: 4, Steps: []int{10, 20, 80, 120}, StepSeconds: 40}
	change(&q)
	run := q.Run()
	f := analysis.Of(run, analysis.Options{})
	return run, &f
}

func TestHighest(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		why           string
		change        func(q *analysistest.Queue)
		checks        []string
		users, broken float64 // -1: there is none
		title         string
	}{
		{"steps", func(*analysistest.Queue) {}, []string{"p95 < 200ms"}, 20, 80, "Highest load within the checks: 20 users"},
		{"a lower step has the queue of the higher one before it", func(q *analysistest.Queue) { q.Steps = []int{20, 80, 10, 120, 20} }, []string{"p95 < 200ms"}, 20, 80, "Highest load within the checks: 20 users"},
		{"all hold", func(*analysistest.Queue) {}, []string{"p95 < 5s", "fail_ratio < 1%"}, 120, 0, "Highest load within the checks: not within the run"},
		{"none holds", func(*analysistest.Queue) {}, []string{"p95 < 1ms"}, 0, 10, "No load of the run was within the checks"},
		{"the first of two that breaks", func(q *analysistest.Queue) { q.FailFrom = 45 }, []string{"p95 < 200ms", "fail_ratio < 1%"}, 10, 20, "Highest load within the checks: 10 users"},
		{"others say nothing", func(*analysistest.Queue) {}, []string{"rps > 5", "failures < 5", "cpu_percent < 1"}, -1, -1, ""},
		{"one load", func(q *analysistest.Queue) { q.Steps, q.Users, q.Ramp, q.Steady = nil, 20, 5, 60 }, []string{"p95 < 200ms"}, -1, -1, ""},
		{"too few requests for p99.99", func(*analysistest.Queue) {}, []string{"p99.99 < 200ms"}, -1, -1, ""},
		{"without timings Locust's are of the whole test", func(q *analysistest.Queue) { q.NoTimings = true }, []string{"p95 < 200ms"}, -1, -1, ""},
	} {
		run, f := queueing(test.change)
		h := threshold.Highest(parse(t, test.checks...), run, f)
		if h == nil || test.users < 0 {
			if h != nil || test.users >= 0 {
				t.Errorf("%s: Highest(%q) = %+v, want %g users", test.why, test.checks, h, test.users)
			}
			continue
		}
		if h.Users != test.users || h.BrokenAt != test.broken || !h.Clear || (h.Throughput > 0) != (h.Users > 0) || (len(h.Evidence) > 0) != (h.BrokenAt > 0) {
			t.Errorf("%s: Highest(%q) = %+v, want %g users, broken at %g", test.why, test.checks, h, test.users, test.broken)
		}
		if finding := threshold.HighestFinding(h); finding.Title != test.title || strings.Contains(finding.Text, "held again") {
			t.Errorf("%s: the finding is %+v, want %q", test.why, finding, test.title)
		}
	}
}

// TestHighestOfARamp: a slow ramp is many loads, one that is fast is none; and where more users keep the checks again, it is not clear.
func TestHighestOfARamp(t *testing.T) {
	t.Parallel()
	for ramp, found := range map[int]bool{300: true, 90: false} {
		run, f := queueing(func(q *analysistest.Queue) { q.Steps, q.Users, q.Ramp, q.Steady = nil, 120, ramp, 60 })
		h := threshold.Highest(parse(t, "p95 < 200ms"), run, f)
		if (h != nil) != found {
			t.Fatalf("a ramp of %d s: Highest = %+v", ramp, h)
		}
		if found && (h.Users < 20 || h.Users > 70 || h.BrokenAt <= h.Users) {
			t.Errorf("a ramp of %d s: %+v, want it from 20 to 70 users", ramp, h)
		}
	}
	run, f := queueing(func(q *analysistest.Queue) { q.Steps = []int{10, 20, 30} })
	for i := range 40 { // of 20 users all fail, of 30 none
		at := int(run.Began-run.Start) + 40 + i
		run.Total.Failures.Values[at] = run.Total.Requests.Values[at]
	}
	h := threshold.Highest(parse(t, "fail_ratio < 5%"), run, f)
	if h == nil || h.Users != 10 || h.BrokenAt != 20 || h.Clear {
		t.Fatalf("users of whom 20 fail, and 30 do not: %+v, want 10, and not clear", h)
	}
	if finding := threshold.HighestFinding(h); finding.Clear || !strings.HasSuffix(finding.Text, "Above that load they held again: it is not only the users.") || !strings.Contains(finding.Text, "at 20 users fail_ratio < 5% did not") {
		t.Errorf("the finding = %+v", finding)
	}
}
