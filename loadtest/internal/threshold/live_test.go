package threshold_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/threshold"
)

// A load is how a test goes on: what the master tells and what the monitor writes in each second. Users are all there from the 10th second on.
type load struct {
	rate, failing float64                   // requests a second, and how many of them fail
	ms            float64                   // how long each takes
	change        func(second int, l *load) // at the begin of a second
	cpu           float64                   // in percent
	spawning      func(second int) bool     // nil: until the 10th second
}

// follow runs a load of 300 s, and returns the second in which a check can no longer pass, and why; -1 if that is never.
func follow(t *testing.T, l load, live *threshold.Live) (int, string) {
	t.Helper()
	live.Plan(50, 300*time.Second)
	requests, failures, slowest := 0.0, 0.0, 0.0
	for second := range 300 {
		if l.change != nil {
			l.change(second, &l)
		}
		requests += l.rate
		failures += l.failing
		slowest = max(slowest, l.ms)
		state, users := locustweb.StateRunning, 50
		if l.spawning == nil && second < 10 || l.spawning != nil && l.spawning(second) {
			state, users = locustweb.StateSpawning, 5
		}
		row := locustweb.Row{Name: locustweb.Aggregated, Requests: int(requests), Failures: int(failures), Max: slowest, Median: &l.ms, P95: &l.ms, P99: &l.ms}
		of := row
		of.Method, of.Name = "GET", "/a"
		s := locustweb.Snapshot{State: state, Users: users, Rows: []locustweb.Row{of, row}}
		rows, err := resource.Parse([]byte(fmt.Sprintf("Timestamp,CPU_Percent,Memory_OOM_Kills\n%d,%g,%d\n", 1000+second, l.cpu, second/100)))
		if err != nil {
			t.Fatal(err)
		}
		if h := live.See(time.Duration(second)*time.Second, s, rows[0]); h != nil {
			return second, h.Error()
		}
	}
	return -1, ""
}

func TestLive(t *testing.T) {
	t.Parallel()
	fine := load{rate: 20, ms: 50, cpu: 20}
	failing := load{rate: 20, failing: 1, ms: 50, cpu: 20}
	slow := load{rate: 20, ms: 900, cpu: 20}
	busy := load{rate: 20, ms: 50, cpu: 99}
	for _, test := range []struct {
		why      string
		load     load
		check    string
		from, to int // the second in which it is told, -1 for never
		says     string
	}{
		{"all is well", fine, "fail_ratio < 1%", -1, -1, ""},
		{"a count is reached", failing, "failures < 10 over all", 8, 10, "10 requests have failed"},
		{"in the steady phase that is in its second half, since the first may yet be cut", failing, "failures < 10", 172, 174, "requests have failed"},
		{"a share is hopeless when too many have failed of all that may come", failing, "fail_ratio < 1% over all", 80, 110, "and there will be no more than"},
		{"a share that can still become better", failing, "fail_ratio < 6%", -1, -1, ""},
		{"of an endpoint", failing, "GET /a: failures < 10 over all", 8, 10, "requests have failed"},
		{"of another one", failing, "GET /b: failures < 10 over all", -1, -1, ""},
		{"one slow request is enough for the largest", slow, "max < 800ms over all", 0, 1, "a request took 900 ms"},
		{"a percentile wants many", slow, "p95 < 800ms over all", 50, 60, "took longer"},
		{"within Locust's rounding it is not decided", slow, "p95 < 880ms over all", -1, -1, ""},
		{"of the median, Locust's own tells only that half were longer", slow, "median < 800ms over all", -1, -1, ""},
		{"of the steady phase, the slow ones may have been before", slow, "p95 < 800ms", -1, -1, ""},
		{"a fast one", fine, "p95 < 800ms", -1, -1, ""},
		{"too few requests can come", fine, "requests > 20000 over all", 25, 26, "not more than"},
		{"enough may come at twice the rate", fine, "requests > 10000 over all", 101, 220, "not more than"},
		{"the rate cannot be reached", fine, "rps > 45 over all", 25, 26, "no more than"},
		{"a rate that can", fine, "rps > 15 over all", -1, -1, ""},
		{"a limit from below is never broken by more", fine, "p95 > 10ms", -1, -1, ""},
		{"a column's peak", busy, "cpu_percent max < 95", 162, 164, "it was 99"},
		{"its average can come down for long", busy, "cpu_percent < 90 over all", 270, 285, "it was 99 on average"},
		{"its percentile", busy, "cpu_percent p95 < 95 over all", 14, 19, "it was above in"},
		{"events are added up", fine, "memory_oom_kills < 3 over all", 100, 105, "it is 3 already"},
		{"another machine's", busy, "cpu_percent@api max < 95 over all", -1, -1, ""},
		{"growth is not decided early", busy, "cpu_percent_slope < 1%/min", -1, -1, ""},
		{"nor are exceptions", failing, "exceptions < 1", -1, -1, ""},
	} {
		second, says := follow(t, test.load, threshold.Follow(parse(t, test.check), true))
		if second < test.from || second > test.to || !strings.Contains(says, test.says) || test.to < 0 && says != "" {
			t.Errorf("%s: %q is told in second %d, %q; want %d to %d with %q", test.why, test.check, second, says, test.from, test.to, test.says)
		}
	}
}

// TestLiveNeverTooEarly: whatever is told can indeed no longer pass, at any rate that the rest of the load has up to twice the highest so far.
func TestLiveNeverTooEarly(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"fail_ratio < 1% over all", "requests > 9000 over all", "rps > 29 over all"} {
		for trouble := 5; trouble < 300; trouble += 5 {
			// all fails, slowly, until the trouble is over; then nothing does, at twice the rate
			l := load{rate: 20, failing: 0.5, ms: 50, change: func(second int, l *load) {
				if second == trouble {
					l.rate, l.failing = 40, 0
				}
			}}
			told, says := follow(t, l, threshold.Follow(parse(t, text), true))
			requests, failures := 20.0*float64(trouble)+40*float64(300-trouble), 0.5*float64(trouble)
			passes := map[string]bool{
				"fail_ratio < 1% over all": failures/requests < 0.01, "requests > 9000 over all": requests > 9000, "rps > 29 over all": requests/300 > 29,
			}[text]
			if passes && told >= 0 {
				t.Errorf("%s: with trouble until second %d it passes, and second %d said %q", text, trouble, told, says)
			}
		}
	}
}

// TestLiveWindow: what is not steady, or warm-up, ends no run.
func TestLiveWindow(t *testing.T) {
	t.Parallel()
	ramp := func() load {
		return load{rate: 20, failing: 10, ms: 50, change: func(second int, l *load) {
			if second == 60 {
				l.failing = 0
			}
		}, spawning: func(second int) bool { return second < 60 }}
	}
	if second, says := follow(t, ramp(), threshold.Follow(parse(t, "failures < 10"), true)); second >= 0 {
		t.Errorf("failures of the ramp end the run in second %d: %s", second, says)
	}
	early := ramp()
	early.spawning = nil
	live := threshold.Follow(parse(t, "failures < 10"), true)
	live.WarmUp = 60 * time.Second
	if second, says := follow(t, early, live); second >= 0 {
		t.Errorf("failures of the warm-up end the run in second %d: %s", second, says)
	}
	live = threshold.Follow(parse(t, "failures < 10"), true)
	live.Changing = true
	if second, says := follow(t, early, live); second >= 0 {
		t.Errorf("failures under a load shape, of which nobody knows what is steady, end the run in second %d: %s", second, says)
	}
	live = threshold.Follow(parse(t, "cpu_percent max < 95 over all"), true)
	live.Elsewhere = true
	if second, says := follow(t, load{rate: 20, cpu: 99}, live); second >= 0 {
		t.Errorf("the CPU of the generator ends the run in second %d: %s", second, says)
	}
}

// TestMark: a check that has ended a run has failed, though it may hold over the seconds until then.
func TestMark(t *testing.T) {
	t.Parallel()
	checks := parse(t, "rps > 5", "failures < 10")
	results := []analysis.Check{{Text: "rps > 5", Outcome: analysis.Passed}, {Text: "failures < 10", Outcome: analysis.Passed}}
	threshold.Mark(results, errors.New("another cause"))
	if results[1].Outcome != analysis.Passed {
		t.Errorf("another cause makes %+v of a check", results[1])
	}
	threshold.Mark(results, fault.New(fault.Check, "ended: %w", &threshold.HopelessError{Check: checks[1], Why: "10 failed"}))
	if results[0].Outcome != analysis.Passed || results[1].Outcome != analysis.Failed || !strings.Contains(results[1].Why, "10 failed") {
		t.Errorf("Mark = %+v, want the second failed", results)
	}
}

// TestFollow: without --abort-on-fail the checks end a run that say so in their file.
func TestFollow(t *testing.T) {
	t.Parallel()
	checks, err := threshold.ParseFile([]byte("- failures < 10 over all\n- check: max < 1ms over all\n  abort: true\n"))
	if err != nil {
		t.Fatal(err)
	}
	failing := load{rate: 20, failing: 1, ms: 50}
	if second, says := follow(t, failing, threshold.Follow(checks[:1], false)); second >= 0 {
		t.Errorf("a check without abort ends the run in second %d: %s", second, says)
	}
	if _, says := follow(t, failing, threshold.Follow(checks, false)); !strings.HasPrefix(says, "max < 1ms over all can no longer pass") {
		t.Errorf("the check with abort says %q", says)
	}
	if h := threshold.Follow(checks, true).See(0, locustweb.Snapshot{}, resource.Row{}); h != nil {
		t.Errorf("before anything is known, %s", h)
	}
}
