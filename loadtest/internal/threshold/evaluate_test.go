package threshold_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
	"gregaria/loadtest/internal/threshold"
)

// model is a server with room: 20 users, a request of 100 ms each second, a fifth of the requests failing from the 30th second on.
func model() (*analysis.Run, *analysis.Findings) {
	run := analysistest.Model{Seed: 1, Ramp: 10, Steady: 60, Settle: 5, Users: 20, Think: 900, Service: 100, Endpoints: 2, FailFrom: 30}.Run()
	return run, &analysis.Findings{Began: run.Began, WarmUp: 15, Phases: []analysis.Phase{
		{Kind: analysis.Ramp, From: run.Began, To: run.Began + 9},
		{Kind: analysis.WarmUp, From: run.Began + 10, To: run.Began + 14},
		{Kind: analysis.Steady, From: run.Began + 15, To: run.Ended},
		{Kind: analysis.Settling, From: run.Ended + 1, To: run.Ended + 5},
	}}
}

func evaluate(t *testing.T, run *analysis.Run, f *analysis.Findings, text string) analysis.Check {
	t.Helper()
	return threshold.Evaluate(parse(t, text), run, f)[0]
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	run, f := model()
	for _, test := range []struct {
		why, text string
		want      analysis.Outcome
		says      string // in Measured or Why
	}{
		{"a percentile that holds", "p95 < 200ms", analysis.Passed, "requests"},
		{"one that does not", "p95 < 100ms", analysis.Failed, "ms, of"},
		{"in another unit", "p95 < 0.2s", analysis.Passed, "0.1"},
		{"of an endpoint", "GET /a: p99 < 1s", analysis.Passed, "requests"},
		{"of an endpoint by its name alone", "/b: avg < 1s", analysis.Passed, "requests"},
		{"an endpoint that was not called", "GET /c: p99 < 1s", analysis.NotEvaluated, `no request "GET /c" was made; did you mean GET /a?`},
		{"another phase", "wait p50 < 1s", analysis.Passed, "values"},
		{"a phase that nobody measured", "first_event p95 < 2s", analysis.NotEvaluated, "it wants streams"},
		{"gaps of no stream", "gap p95 < 2s", analysis.NotEvaluated, "it wants streams"},
		{"TLS without https", "tls p95 < 2s", analysis.NotEvaluated, "it wants https"},
		{"no jobs", "job p95 < 30s", analysis.NotEvaluated, "no requests of the type JOB"},
		{"a rate", "rps > 15", analysis.Passed, "requests in 55 s"},
		{"a rate a minute", "rps > 1500/min", analysis.Failed, "/min, "},
		{"all requests", "requests > 900", analysis.Passed, "in 55 s"},
		{"failures", "failures < 10", analysis.Failed, "requests"},
		{"their share", "fail_ratio < 20%", analysis.Passed, "%, "},
		{"their share as a number", "fail_ratio < 0.01", analysis.Failed, "0.0"},
		{"no exceptions", "exceptions < 1", analysis.Passed, "of 0 kinds"},
		{"no missed tasks", "missed < 1", analysis.Passed, "0"},
		{"a column", "cpu_percent < 90", analysis.Passed, "avg of 55 rows, max"},
		{"its peak", "CPU_Percent max < 4", analysis.Failed, "max of 55 rows"},
		{"a size in another unit", "process.rss max < 1GB", analysis.Passed, "GB"},
		{"a column that the file has not", "gpu0.load < 90", analysis.NotEvaluated, "there is no such GPU"},
		{"memory of a GPU that is not there", "gpu0.memory < 95%", analysis.NotEvaluated, "no values of GPU0_Memory_Used_GB"},
		{"the other machine", "cpu_percent@api < 90", analysis.NotEvaluated, `no monitor on a host "api"`},
		{"this machine by name", "cpu_percent@localhost < 90", analysis.Passed, "avg"},
		{"few values", "Process_RSS_MB p99 < 1GB", analysis.Passed, "55 rows are few for a p99: it wants 100"},
		{"growth of what was not measured", "cpu_load_1_minute_slope < 1/min", analysis.NotEvaluated, "no values of CPU_Load_1_Minute"},
		{"growth in too short a time", "process.rss_slope < 1MB/min", analysis.NotEvaluated, "55 s of steady load with 55 rows are too short"},
	} {
		got := evaluate(t, run, f, test.text)
		if got.Outcome != test.want || !strings.Contains(got.Measured+" "+got.Why, test.says) || got.Text != test.text {
			t.Errorf("%s: %q = %+v, want %s with %q", test.why, test.text, got, test.want, test.says)
		}
		if (got.Value == nil) != (got.Outcome == analysis.NotEvaluated) || (len(got.Evidence) == 0) != (got.Value == nil) {
			t.Errorf("%s: %q has the value %v and the evidence %v: want both, or none", test.why, test.text, got.Value, got.Evidence)
		}
		if got.Outcome == analysis.NotEvaluated && got.Why == "" {
			t.Errorf("%s: %q does not say why", test.why, test.text)
		}
	}
}

// TestEvaluateWindow: a check looks at the steady seconds, all steady phases, or the whole load, and says so.
func TestEvaluateWindow(t *testing.T) {
	t.Parallel()
	run, f := model()
	steady := evaluate(t, run, f, "requests > 0")
	all := evaluate(t, run, f, "requests > 0 over all")
	if e := steady.Evidence[0]; e.From != run.Began+15 || e.To != run.Ended || e.Column != timing.Requests || e.Value != *steady.Value {
		t.Errorf("evidence = %+v, want the steady phase and the value %v", e, *steady.Value)
	}
	if *all.Value != float64(run.Total.Stats.Requests) || *steady.Value >= *all.Value {
		t.Errorf("requests = %v steady and %v in all, want fewer than all %d", *steady.Value, *all.Value, run.Total.Stats.Requests)
	}
	two := *f
	two.Phases = []analysis.Phase{{Kind: analysis.Steady, From: run.Began + 15, To: run.Began + 24}, {Kind: analysis.Ramp, From: run.Began + 25, To: run.Began + 30}, {Kind: analysis.Steady, From: run.Began + 31, To: run.Began + 40}}
	if got := evaluate(t, run, &two, "rps > 15"); !strings.Contains(got.Measured, "in 20 s") || !strings.Contains(got.Evidence[0].Rule, "2 steady phases") {
		t.Errorf("rps over two phases = %+v, want 20 seconds", got)
	}
	none := analysis.Findings{Phases: []analysis.Phase{{Kind: analysis.Ramp, From: run.Began, To: run.Ended}}}
	if got := evaluate(t, run, &none, "rps > 15"); got.Outcome != analysis.NotEvaluated || !strings.Contains(got.Why, "write 'over all'") {
		t.Errorf("rps without a steady phase = %+v, want not evaluated", got)
	}
	if got := evaluate(t, run, &none, "rps > 1 over all"); got.Outcome != analysis.Passed {
		t.Errorf("rps over all = %+v, want passed", got)
	}
}

// TestEvaluatePercentile: percentiles are those of all values together, and never of the percentiles of seconds.
func TestEvaluatePercentile(t *testing.T) {
	t.Parallel()
	run, f := model()
	var all []float64
	for i := run.Began + 15 - run.Start; i <= run.Ended-run.Start; i++ {
		for _, l := range run.Endpoints {
			for _, b := range l.Phases[timing.Response][i] {
				all = append(all, slices.Repeat([]float64{b.MS}, int(b.Count))...)
			}
		}
	}
	slices.Sort(all)
	for text, want := range map[string]float64{
		"p95 < 1h": all[len(all)*95/100], "p99.9 < 1h": all[len(all)*999/1000], "min > 1us": all[0], "max < 1h": all[len(all)-1],
	} {
		got := evaluate(t, run, f, text)
		unit := map[string]float64{"h": 3600e3, "us": 1e-3}[got.Unit]
		if math.Abs(*got.Value*unit-want) > 1e-9 {
			t.Errorf("%s: %v ms, want %v", text, *got.Value*unit, want)
		}
	}
	few := *f
	few.Phases = []analysis.Phase{{Kind: analysis.Steady, From: run.Began + 15, To: run.Began + 15}}
	if got := evaluate(t, run, &few, "p99 < 1s"); got.Outcome != analysis.Passed || !strings.Contains(got.Why, "are few for a p99: it wants 100") {
		t.Errorf("p99 of a second = %+v, want it evaluated, and said to be of few", got)
	}
	for i := range run.Total.Requests.Values { // as many requests of workers in Python
		run.Total.Requests.Values[i] *= 2
	}
	if got := evaluate(t, run, f, "p95 < 1s"); !strings.Contains(got.Why, "requests are not in it") {
		t.Errorf("p95 of half of the requests = %+v, want that said", got)
	}
}

// TestEvaluateWithoutTimings: a run of Locust alone has the percentiles of the whole test, which is said.
func TestEvaluateWithoutTimings(t *testing.T) {
	t.Parallel()
	run, f := model()
	run.Info.Files = map[string]string{"stats": "stats_1.csv"}
	run.Total.Phases = [timing.Phases][]analysis.Histogram{}
	run.Total.Stats.Percentiles = map[string]float64{"95%": 140, "99.9%": 180}
	run.Total.Stats.Max = 200
	for _, test := range []struct {
		text string
		want analysis.Outcome
		says string
	}{
		{"p95 < 150ms", analysis.Passed, "Locust's of the whole test, as it rounds it, and not that of the steady phase"},
		{"p95 < 150ms over all", analysis.Passed, "there are no timings: it is Locust's, as it rounds it"},
		{"p99.9 < 150ms", analysis.Failed, "180 ms"},
		{"max < 201ms", analysis.Passed, "200 ms"},
		{"p97 < 150ms", analysis.NotEvaluated, "Locust has no p97"},
		{"wait p95 < 150ms", analysis.NotEvaluated, "workers in Go, and their timings.csv"},
	} {
		got := evaluate(t, run, f, test.text)
		if got.Outcome != test.want || !strings.Contains(got.Measured+" "+got.Why, test.says) {
			t.Errorf("%q = %+v, want %s with %q", test.text, got, test.want, test.says)
		}
		if got.Outcome != analysis.NotEvaluated && got.Evidence[0].File != "stats_1.csv" {
			t.Errorf("%q has the evidence %+v, want that of Locust's file", test.text, got.Evidence)
		}
	}
}

// TestEvaluateLimit: the share of failed requests is that of all, and each operator is what it says at its limit.
func TestEvaluateLimit(t *testing.T) {
	t.Parallel()
	run, f := model()
	for i := range run.Total.Requests.Values {
		run.Total.Requests.Values[i], run.Total.Failures.Values[i] = 10, 1
	}
	for text, want := range map[string]analysis.Outcome{
		"fail_ratio < 10%": analysis.Failed, "fail_ratio <= 10%": analysis.Passed, "fail_ratio > 10%": analysis.Failed, "fail_ratio >= 10%": analysis.Passed,
		"rps < 10": analysis.Failed, "rps <= 10": analysis.Passed, "failures <= 55": analysis.Passed, "failures < 55": analysis.Failed,
	} {
		if got := evaluate(t, run, f, text); got.Outcome != want {
			t.Errorf("%q = %+v, want %s", text, got, want)
		}
	}
}

// TestEvaluateKinds: streams and jobs have rows of their own, which have the name of the request that began them.
func TestEvaluateKinds(t *testing.T) {
	t.Parallel()
	run, f := model()
	row := func(kind, name string, phase timing.Phase, ms float64) {
		l := analysis.Load{Type: kind, Name: name, Requests: run.Total.Requests, Failures: run.Total.Failures}
		l.Phases[phase] = make([]analysis.Histogram, run.Seconds)
		for i := range run.Seconds {
			l.Phases[phase][i] = analysis.Histogram{{MS: ms, Count: 1}}
		}
		run.Endpoints = append(run.Endpoints, l)
	}
	row(timing.Stream, "/chat", timing.FirstEvent, 700)
	stream := &run.Endpoints[len(run.Endpoints)-1]
	stream.Phases[timing.Gap] = stream.Phases[timing.FirstEvent]
	run.Endpoints[len(run.Endpoints)-1].Phases[timing.Response] = run.Endpoints[len(run.Endpoints)-1].Phases[timing.FirstEvent]
	row("POST", "/chat", timing.Wait, 50)
	row(timing.Job, "/story", timing.Response, 4000)
	row(timing.Missed, "Users", timing.Lateness, 1)
	for text, want := range map[string]analysis.Outcome{
		"first_event p95 < 800ms":             analysis.Passed,
		"first_event p95 < 600ms":             analysis.Failed,
		"POST /chat: first_event p95 < 600ms": analysis.Failed,
		"/chat: first_event p95 < 600ms":      analysis.Failed,
		"GET /a: first_event p95 < 600ms":     analysis.NotEvaluated,
		"gap max < 800ms":                     analysis.Passed,
		"POST /chat: gap p95 < 600ms":         analysis.Failed,
		"GET /a: gap p95 < 600ms":             analysis.NotEvaluated,
		"POST /chat: wait p95 < 60ms":         analysis.Passed,
		"/chat: p95 < 1h":                     analysis.NotEvaluated, // the stream's own times are not those of the request
		"stream p95 < 600ms":                  analysis.Failed,
		"job p95 < 3s":                        analysis.Failed,
		"POST /story: job p95 < 5s":           analysis.Passed,
		"/story: job p95 < 3s":                analysis.Failed,
		"/stori: job p95 < 3s":                analysis.NotEvaluated,
		"JOB /story: p95 < 3s":                analysis.Failed,
		"job rps > 15":                        analysis.Passed,
		"missed < 1":                          analysis.Failed,
	} {
		if got := evaluate(t, run, f, text); got.Outcome != want {
			t.Errorf("%q = %+v, want %s", text, got, want)
		}
	}
}

// TestEvaluateHosts: without a host a check is of the machine under test.
func TestEvaluateHosts(t *testing.T) {
	t.Parallel()
	run, f := model()
	api := analysis.Host{Name: "api", File: "metrics_api.csv", Target: true, Columns: map[string]analysis.Series{}}
	constant := func(column string, value float64) {
		s := analysis.Series{File: api.File, Column: column, Values: make([]float64, run.Seconds)}
		for i := range s.Values {
			s.Values[i] = value
		}
		api.Columns[column] = s
	}
	constant(resource.CPUPercent, 97)
	constant(resource.GPUMemoryUsedGB(1), 30)
	constant(resource.GPUMemoryTotalGB(1), 40)
	constant(resource.MemoryOOMKills, 1)
	run.Hosts[0].Target = false
	run.Hosts = append(run.Hosts, api)
	for text, want := range map[string]analysis.Outcome{
		"cpu_percent < 90":           analysis.Failed,
		"cpu_percent@api < 90":       analysis.Failed,
		"cpu_percent@localhost < 90": analysis.Passed,
		"cpu_percent@apo < 90":       analysis.NotEvaluated,
		"gpu1.memory < 80%":          analysis.Passed,
		"gpu1.memory < 70%":          analysis.Failed,
		"gpu1.memory < 31GB":         analysis.Passed,
		"gpu1.memory < 29000MB":      analysis.Failed,
		"memory_oom_kills < 2":       analysis.Failed, // events are added up
		"memory_oom_kills avg < 2":   analysis.Passed,
	} {
		got := evaluate(t, run, f, text)
		if got.Outcome != want {
			t.Errorf("%q = %+v, want %s", text, got, want)
		}
		if got.Outcome == analysis.Failed && got.Evidence[0].File != api.File {
			t.Errorf("%q has the evidence %+v, want %s", text, got.Evidence, api.File)
		}
	}
}

// TestEvaluateSlope: growth is what the analysis found, and a limit within its interval is said.
func TestEvaluateSlope(t *testing.T) {
	t.Parallel()
	run, f := model()
	f.Growth = []analysis.Growth{
		{File: "metrics.csv", Column: resource.ProcessRSSMB, Unit: "MB", Outcome: analysis.Leak, Slope: analysis.Interval{Value: 2, Low: 1.5, High: 2.5}, From: run.Began + 15, To: run.Ended},
		{File: "metrics.csv", Column: resource.ProcessOpenFiles, Outcome: analysis.TooShort, Needed: 120},
	}
	for _, test := range []struct {
		text string
		want analysis.Outcome
		says string
	}{
		{"process.rss_slope < 1MB/min", analysis.Failed, "2 MB/min, 95 % interval 1.5 MB/min to 2.5 MB/min"},
		{"process.rss_slope < 3MB/min", analysis.Passed, "MB/min"},
		{"process.rss_slope < 150MB/h", analysis.Passed, "120 MB/h"},
		{"process.rss_slope < 2.2MB/min", analysis.Passed, "the limit lies within the interval"},
		{"process.open_files_slope < 1/min", analysis.NotEvaluated, "120 s of steady load would decide"},
	} {
		got := evaluate(t, run, f, test.text)
		if got.Outcome != test.want || !strings.Contains(got.Measured+" "+got.Why, test.says) {
			t.Errorf("%q = %+v, want %s with %q", test.text, got, test.want, test.says)
		}
	}
}

// TestEvaluateSlopeItself: what the analysis has not looked at, the check measures: here 0.5 MB a request of about 20 a second are 600 MB a minute.
func TestEvaluateSlopeItself(t *testing.T) {
	t.Parallel()
	run := analysistest.Model{Seed: 2, Ramp: 10, Steady: 90, Settle: 5, Users: 20, Think: 900, Service: 100, LeakMB: 0.5}.Run()
	f := &analysis.Findings{Phases: []analysis.Phase{{Kind: analysis.Steady, From: run.Began, To: run.Began + 3}, {Kind: analysis.Steady, From: run.Began + 15, To: run.Ended}}}
	got := evaluate(t, run, f, "process.rss_slope < 1MB/min")
	if got.Outcome != analysis.Failed || *got.Value < 550 || *got.Value > 650 || got.Evidence[0].From != run.Began+15 {
		t.Errorf("the slope = %+v, want about 600 MB a minute from the longest phase", got)
	}
	f.Phases = []analysis.Phase{{Kind: analysis.WarmUp, From: run.Began + 10, To: run.Began + 49}, {Kind: analysis.Steady, From: run.Began + 50, To: run.Ended}}
	for warmUp, from := range map[int]int64{0: 10, 20: 20, 80: 80} { // what MSER-5 has cut counts, what --warm-up says does not
		f.Began, f.WarmUp = run.Began, warmUp
		if warmUp == 80 {
			f.Phases = []analysis.Phase{{Kind: analysis.WarmUp, From: run.Began + 10, To: run.Began + 79}, {Kind: analysis.Steady, From: run.Began + 80, To: run.Ended}}
		}
		got := evaluate(t, run, f, "process.rss_slope < 1MB/min")
		if long := warmUp < 80; (got.Outcome == analysis.Failed) != long || long && got.Evidence[0].From != run.Began+from || !long && got.Outcome != analysis.NotEvaluated {
			t.Errorf("warm-up %d: %+v, want the slope from second %d on", warmUp, got, from)
		}
	}
	f.Phases, f.WarmUp = []analysis.Phase{{Kind: analysis.Steady, From: run.Began + 15, To: run.Ended}}, 0
	if got := evaluate(t, run, f, "process.open_files_slope < 2/min"); got.Outcome != analysis.Passed || !strings.Contains(got.Measured, "95 % interval") {
		t.Errorf("the slope of what does not grow = %+v, want it passed", got)
	}
}

// TestUnread: no check of a run that cannot be read has passed.
func TestUnread(t *testing.T) {
	t.Parallel()
	got := threshold.Unread(parse(t, "p95 < 1s", "rps > 1"), errors.New("no files"))
	if len(got) != 2 || got[0].Outcome != analysis.NotEvaluated || !strings.Contains(got[1].Why, "no files") || got[0].Text != "p95 < 1s" {
		t.Errorf("Unread = %+v, want two that were not evaluated, and why", got)
	}
}

// TestEvaluateNothing: a run in which nothing was measured fails every check, and none panics.
func TestEvaluateNothing(t *testing.T) {
	t.Parallel()
	checks := parse(t, "p95 < 1s", "GET /a: p95 < 1s over all", "rps > 1 over all", "fail_ratio < 1% over all", "cpu_percent < 90 over all", "process.rss_slope < 1MB/min", "job p95 < 1s", "first_event p95 < 1s over all")
	for _, run := range []*analysis.Run{{}, {Start: 100, Seconds: 1, Began: 100, Ended: 100}, {Start: 100, Seconds: 0, Began: 200, Ended: 300}} {
		f := analysis.Findings{Phases: []analysis.Phase{{Kind: analysis.Steady, From: run.Began, To: run.Ended}}}
		for _, got := range threshold.Evaluate(checks, run, &f) {
			if got.Outcome != analysis.NotEvaluated || got.Why == "" {
				t.Errorf("%q of nothing = %+v, want not evaluated", got.Text, got)
			}
		}
	}
}
