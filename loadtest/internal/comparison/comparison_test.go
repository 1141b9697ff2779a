package comparison_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
	"gregaria/loadtest/internal/comparison"
)

// model is two minutes of 20 users and 20 requests/s, on three endpoints.
func model(seed uint64) analysistest.Model {
	return analysistest.Model{Seed: seed, Ramp: 10, Steady: 120, Settle: 5, Users: 20, Think: 1000, Service: 40, Endpoints: 3, CPU: true, Servers: 4}
}

// runOf is a model's run with its steady phase.
func runOf(m analysistest.Model) comparison.Run {
	run := m.Run()
	return comparison.Run{
		Name: fmt.Sprintf("run %d", m.Seed), Run: run,
		Findings: analysis.Findings{Phases: []analysis.Phase{{Kind: analysis.Ramp, From: run.Began, To: run.Began + int64(m.Ramp) - 1}, {Kind: analysis.Steady, From: run.Began + int64(m.Ramp), To: run.Ended}}},
	}
}

// runsOf are several, each of a day of its own: the service time differs from run to run by a share.
func runsOf(seed uint64, n int, service, between float64) (all []comparison.Run) {
	r := rand.New(rand.NewPCG(seed, 99))
	for i := range n {
		m := model(1000*seed + uint64(i))
		m.Service = service * (1 + between*r.NormFloat64())
		all = append(all, runOf(m))
	}
	return all
}

func find(t *testing.T, r comparison.Result, kind comparison.Kind, measure string) comparison.Row {
	t.Helper()
	for _, row := range r.Rows {
		if row.Kind == kind && row.Measure == measure {
			return row
		}
	}
	t.Fatalf("no row of %s, %s in %+v", kind, measure, r.Rows)
	return comparison.Row{}
}

// TestText is how a slower server is said.
func TestText(t *testing.T) {
	t.Parallel()
	slow := model(2)
	slow.Service, slow.FailFrom = 50, 1
	r := comparison.Of([]comparison.Run{runOf(model(1))}, []comparison.Run{runOf(slow)}, comparison.Options{})
	text := comparison.Text(&r)
	t.Log("\n" + text)
	for _, want := range []string{
		"base: run 1\nnew:  run 2\n", "Worse: p95 of all requests is slower, +2", "One run each: noise between runs is unknown.", "Worse: failures of all requests, +",
		"all requests", "GET /a", "CPU of the process",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text has no %q", want)
		}
	}
	if r.Outcome != comparison.Worse {
		t.Errorf("outcome = %s, want worse", r.Outcome)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
	if back := comparison.Of([]comparison.Run{runOf(slow)}, []comparison.Run{runOf(model(1))}, comparison.Options{}); back.Outcome == comparison.Worse {
		// Throughput of the faster one is not lower, and nothing else is worse.
		t.Errorf("the other way round = %s:\n%s", back.Outcome, comparison.Text(&back))
	}
}

// TestEffect is what somebody else minds: 20 % slower is nothing to who asked for 50.
func TestEffect(t *testing.T) {
	t.Parallel()
	slow := model(2)
	slow.Service = 48
	r := comparison.Of([]comparison.Run{runOf(model(1))}, []comparison.Run{runOf(slow)}, comparison.Options{Effect: 0.5})
	if row := find(t, r, comparison.All, "p95"); row.Outcome != comparison.Same || row.Word != "no difference larger than 50 %" {
		t.Errorf("p95 = %s (%s), %+v; want no difference larger than 50 %%", row.Outcome, row.Word, row.Change)
	}
}

// TestLeast is a server of 0.5 ms that takes half as long again, and one thread more: nobody minds.
func TestLeast(t *testing.T) {
	t.Parallel()
	fast, slow := model(1), model(2)
	fast.Service, slow.Service = 0.5, 0.75
	base, next := runOf(fast), runOf(slow)
	for i, r := range []comparison.Run{base, next} {
		threads := make([]float64, r.Run.Seconds)
		for j := range threads {
			threads[j] = float64(7 + i)
		}
		r.Run.Hosts[0].Columns[resource.ProcessThreads] = analysis.Series{Values: threads}
	}
	r := comparison.Of([]comparison.Run{base}, []comparison.Run{next}, comparison.Options{})
	if row := find(t, r, comparison.All, "p95"); row.Outcome != comparison.Same || row.Word != "no difference larger than 1 ms" || row.Change.Value < 0.3 {
		t.Errorf("p95 = %s (%s), %+v; want no difference larger than 1 ms", row.Outcome, row.Word, row.Change)
	}
	if row := find(t, r, comparison.Resource, "threads"); row.Outcome == comparison.Worse {
		t.Errorf("threads = %s (%s), %+v; want nothing of one more", row.Outcome, row.Word, row.Change)
	}
}

// TestTooLittle are numbers of which nothing can be said, and why.
func TestTooLittle(t *testing.T) {
	t.Parallel()
	short := model(1)
	short.Steady = 20
	lone := func(r comparison.Run) []comparison.Run { return []comparison.Run{r} }
	stock := func(seed uint64) comparison.Run {
		r := runOf(model(seed))
		r.Run.Total.Phases = [len(r.Run.Total.Phases)][]analysis.Histogram{}
		r.Run.Total.Stats.Percentiles = map[string]float64{"50%": 40, "95%": 60 + float64(seed), "99%": 0}
		return r
	}
	few := model(1)
	few.Users, few.Think, few.Endpoints = 1, 10_000, 1
	for _, c := range []struct {
		why        string
		base, next []comparison.Run
		measure    string
		outcome    comparison.Outcome
		text       string
	}{
		{"20 s", lone(runOf(short)), lone(runOf(short)), "p95", comparison.CannotTell, "20 and 20 s of steady load: 30 s are the least"},
		{"no histograms", lone(stock(1)), lone(stock(2)), "p95", comparison.CannotTell, "without a timings.csv on both sides, three runs on each are the least"},
		{"no histograms, three runs", []comparison.Run{stock(1), stock(2), stock(3)}, []comparison.Run{stock(21), stock(22), stock(23)}, "p95", comparison.Worse, ""},
		{"no histograms, and no p99 either", lone(stock(1)), lone(stock(2)), "p99", comparison.CannotTell, "one side has no number"},
		{"12 requests", lone(runOf(few)), lone(runOf(few)), "p95", comparison.CannotTell, "one side has no number"},
	} {
		r := comparison.Of(c.base, c.next, comparison.Options{})
		if row := find(t, r, comparison.All, c.measure); row.Outcome != c.outcome || !strings.Contains(row.Why, c.text) {
			t.Errorf("%s: %s = %s: %q, want %s: %q", c.why, c.measure, row.Outcome, row.Why, c.outcome, c.text)
		}
	}
}

// TestManyEndpoints has 12: with three runs each no single one of them can be told, and all requests can.
func TestManyEndpoints(t *testing.T) {
	t.Parallel()
	runs := func(seed uint64, n int, service float64) (all []comparison.Run) {
		for i := range n {
			m := model(seed + uint64(i))
			m.Endpoints, m.Service = 12, service
			all = append(all, runOf(m))
		}
		return all
	}
	r := comparison.Of(runs(1, 3, 40), runs(11, 3, 60), comparison.Options{})
	if row := find(t, r, comparison.All, "p50"); row.Outcome != comparison.Worse {
		t.Errorf("all requests: %s: %s", row.Outcome, row.Why)
	}
	row := find(t, r, comparison.Endpoint, "p50")
	if want := "may be chance among 12 endpoints: 6 runs on each side can tell of so many"; row.Outcome != comparison.CannotTell || !strings.Contains(row.Why, want) {
		t.Errorf("an endpoint: %s: %q, want %q", row.Outcome, row.Why, want)
	}
	if r.Method.Confidence != 0.9 || !strings.Contains(r.Method.Text, "90 % at most") {
		t.Errorf("method = %+v, want 90 %%", r.Method)
	}
	if row := find(t, comparison.Of(runs(1, 6, 40), runs(11, 6, 60), comparison.Options{}), comparison.Endpoint, "p50"); row.Outcome != comparison.Worse {
		t.Errorf("an endpoint of six runs: %s: %q, want worse", row.Outcome, row.Why)
	}
}

// TestDifferences is what is said of runs that were not alike.
func TestDifferences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		change func(run *analysis.Run)
		want   string
	}{
		{func(*analysis.Run) {}, ""},
		{func(run *analysis.Run) { run.Info.Users = 40 }, "users: 20 and 40"},
		{func(run *analysis.Run) { run.Info.Host = "http://other" }, "target: http://localhost:8000 and http://other"},
		{func(run *analysis.Run) { run.Info.Demo = true }, "target: http://localhost:8000 and the demo API"},
		{func(run *analysis.Run) { run.Info.LocustfileSHA256 = "bbbbbbbbbbbbbbbbbb" }, "locustfile: aaaaaaaaaaaa and bbbbbbbbbbbb"},
		{func(run *analysis.Run) { run.Info.LocustfileSHA256 = "" }, ""},
		{func(run *analysis.Run) { run.Info.Rate = 50 }, "tasks a second: as users come to it and 50"},
		{func(run *analysis.Run) { run.Ended -= 10 }, ""},
		{func(run *analysis.Run) { run.Ended -= 20 }, "seconds of load: 130 and 110"},
		{func(run *analysis.Run) { run.Info.Cores = 8 }, "cores: 2 and 8"},
		{func(run *analysis.Run) { run.Info.Locust = "2.46.0" }, "Locust: 2.47.0 and 2.46.0"},
		{func(run *analysis.Run) { run.Info.PythonWorkers = 1 }, "workers in Python: no and yes"},
	} {
		base, next := runOf(model(1)), runOf(model(2))
		for _, r := range []comparison.Run{base, next} {
			r.Run.Info.LocustfileSHA256, r.Run.Info.Locust = "aaaaaaaaaaaaaaaaaa", "2.47.0"
		}
		c.change(next.Run)
		r := comparison.Of([]comparison.Run{base}, []comparison.Run{next}, comparison.Options{})
		var got []string
		for _, d := range r.Differences {
			got = append(got, d.String())
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("differences = %q, want %q", got, c.want)
		}
		if c.want != "" && !strings.Contains(comparison.Text(&r), "Hard to compare, "+c.want) {
			t.Errorf("the text has no %q", c.want)
		}
	}
}

// TestDemo compares runs of the demo, whose port is another one each time.
func TestDemo(t *testing.T) {
	t.Parallel()
	base, next := runOf(model(1)), runOf(model(2))
	base.Run.Info.Demo, next.Run.Info.Demo, next.Run.Info.Host = true, true, "http://127.0.0.1:40001"
	if r := comparison.Of([]comparison.Run{base}, []comparison.Run{next}, comparison.Options{}); len(r.Differences) > 0 {
		t.Errorf("differences = %v, want none", r.Differences)
	}
}

// TestResources has a server that needs more CPU a request, holds more memory, and files that are absent on one side.
func TestResources(t *testing.T) {
	t.Parallel()
	base, next := runOf(model(1)), runOf(model(2))
	columns := next.Run.Hosts[0].Columns
	for _, name := range []string{resource.ProcessCPUCores, resource.ProcessRSSMB} {
		for i := range columns[name].Values {
			columns[name].Values[i] *= 1.3
		}
	}
	delete(columns, resource.ProcessOpenFiles)
	for _, r := range []comparison.Run{base, next} { // a session without a limit
		r.Run.Hosts[0].Columns[resource.ContainerMemoryWorkingSetGB] = r.Run.Hosts[0].Columns[resource.MemoryPercent]
	}
	r := comparison.Of([]comparison.Run{base}, []comparison.Run{next}, comparison.Options{})
	for _, measure := range []string{"CPU s/request", "RSS"} {
		row := find(t, r, comparison.Resource, measure)
		if row.Outcome != comparison.Worse || math.Abs(row.Change.Value-0.3) > 0.1 {
			t.Errorf("%s = %s, %+v, want 30 %% worse", measure, row.Outcome, row.Change)
		}
	}
	for _, row := range r.Rows {
		if row.Measure == "open files" || row.Measure == "working set" {
			t.Errorf("%s of one side, or of no container, is compared: %+v", row.Measure, row)
		}
	}
}

// TestCPUOfARequest has twice the load, and twice the CPU for it.
func TestCPUOfARequest(t *testing.T) {
	t.Parallel()
	more := model(2)
	more.Users *= 2
	base, next := runOf(model(1)), runOf(more)
	for _, r := range []comparison.Run{base, next} {
		for i, n := range r.Run.Total.Requests.Values {
			r.Run.Hosts[0].Columns[resource.ProcessCPUCores].Values[i] = 0.01 * n
		}
	}
	r := comparison.Of([]comparison.Run{base}, []comparison.Run{next}, comparison.Options{})
	if row := find(t, r, comparison.Resource, "CPU s/request"); row.Outcome != comparison.Same || math.Abs(*row.New-0.01) > 1e-9 {
		t.Errorf("CPU of a request = %s, %+v of %v to %v; want the same 0.01 s", row.Outcome, row.Change, *row.Base, *row.New)
	}
	if row := find(t, r, comparison.All, "requests/s"); row.Outcome != comparison.Better {
		t.Errorf("requests/s = %s, %+v, want better", row.Outcome, row.Change)
	}
}

// TestTwoRuns has runs of a side that are further apart than the sides: seconds alone would tell.
func TestTwoRuns(t *testing.T) {
	t.Parallel()
	of := func(seed uint64, service float64) comparison.Run {
		m := model(seed)
		m.Service = service
		return runOf(m)
	}
	one := comparison.Of([]comparison.Run{of(1, 40)}, []comparison.Run{of(3, 50)}, comparison.Options{})
	if row := find(t, one, comparison.All, "p50"); row.Outcome != comparison.Worse {
		t.Errorf("the test is too easy: one run each = %s", row.Outcome)
	}
	two := comparison.Of([]comparison.Run{of(1, 40), of(2, 48)}, []comparison.Run{of(3, 50), of(4, 58)}, comparison.Options{})
	if row := find(t, two, comparison.All, "p50"); row.Outcome != comparison.CannotTell {
		t.Errorf("two runs each, 8 ms apart = %s, %+v, want cannot tell", row.Outcome, row.Change)
	}
	if two.Method.Unit != comparison.FewRuns || !strings.Contains(comparison.Text(&two), "2 and 2 runs are few") {
		t.Errorf("method = %+v", two.Method)
	}
}

// TestNoFailures has 60 requests without one: that the share of failures is below 0.5 points, they do not show.
func TestNoFailures(t *testing.T) {
	t.Parallel()
	few := model(1)
	few.Users, few.Think = 1, 2000
	r := comparison.Of([]comparison.Run{runOf(few)}, []comparison.Run{runOf(few)}, comparison.Options{})
	if row := find(t, r, comparison.All, "failures"); row.Outcome != comparison.CannotTell {
		t.Errorf("failures of 60 requests = %s, %+v, want cannot tell", row.Outcome, row.Change)
	}
	r = comparison.Of([]comparison.Run{runOf(model(1))}, []comparison.Run{runOf(model(2))}, comparison.Options{})
	if row := find(t, r, comparison.All, "failures"); row.Outcome != comparison.Same {
		t.Errorf("failures of 2,000 requests = %s, %+v, want no difference", row.Outcome, row.Change)
	}
}

// TestNotes are endpoints of one side, and numbers that are suspect.
func TestNotes(t *testing.T) {
	t.Parallel()
	base, next := runOf(model(1)), runOf(model(2))
	next.Run.Endpoints = next.Run.Endpoints[:2]
	next.Findings.Findings = []analysis.Finding{{Kind: analysis.KindGenerator, Level: analysis.Bad, Title: "the generator was full"}}
	next.Findings.Phases = nil
	r := comparison.Of([]comparison.Run{base}, []comparison.Run{next}, comparison.Options{})
	for _, want := range []string{"GET /c is not in all runs, and in those of base: it is not compared", "numbers of run 2 are suspect: the generator was full", "a run has no steady phase"} {
		if !strings.Contains(strings.Join(r.Notes, "\n"), want) {
			t.Errorf("notes = %q, want %q", r.Notes, want)
		}
	}
}
