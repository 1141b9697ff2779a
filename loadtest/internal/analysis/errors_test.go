package analysis_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// kinds are those of the findings, in order.
func kinds(f analysis.Findings) (all []string) {
	for _, finding := range f.Findings {
		all = append(all, finding.Kind)
	}
	return all
}

// TestErrors: when requests began to fail, at which load, of which kind, and what moved with them.
func TestErrors(t *testing.T) {
	t.Parallel()
	q := analysistest.Queue{Seed: 4, Ramp: 60, Steady: 90, Users: 60, Think: 1000, Service: 25, Servers: 40, FailFrom: 100, Level: 20, Noise: 2}
	run := q.Run()
	for i := 105; i < run.Seconds; i++ { // the second 100 of the load
		run.Hosts[0].Columns[resource.DiskBusyPercent("sda")].Values[i] = 80
	}
	for i := range run.Seconds { // a step that is beyond its noise, and too small to speak of
		run.Hosts[0].Columns[resource.NetworkLinkPercent].Values[i] = map[bool]float64{false: 20, true: 24}[i >= 105]
	}
	for i := range run.Seconds { // another level, and no wider than it swings
		run.Hosts[0].Columns[resource.GPULoadPercent(0)].Values[i] = map[bool]float64{false: float64(10 + 50*(i%2)), true: 60}[i >= 105]
		run.Hosts[0].Columns[resource.ProcessOpenFilesPercent].Values[i] = float64(i) / 2 // it rises all the time
	}
	zone := time.FixedZone("", 2*3600)
	f := analysis.Of(run, analysis.Options{Location: zone})
	e := find(t, f, analysis.KindErrors)
	if e.At != run.Began+100 || e.Level != analysis.Bad || !e.Clear {
		t.Errorf("errors at %d, %s, clear %v; want those of second 100, bad and clear", e.At-run.Began, e.Level, e.Clear)
	}
	for _, want := range []string{
		"The first failed at " + time.Unix(run.Began+100, 0).In(zone).Format(time.TimeOnly), "at 60 users", "Status 503 (", "POST /story", "disk sda", "20 to 80 %",
	} {
		if !strings.Contains(e.Text, want) {
			t.Errorf("%q is not in: %s", want, e.Text)
		}
	}
	for _, other := range []string{"network", "GPU", "open files"} {
		if strings.Contains(e.Text, other) {
			t.Errorf("%s is said to have moved: %s", other, e.Text)
		}
	}
	if !strings.Contains(f.Headline, "failed") {
		t.Errorf("headline: %s", f.Headline)
	}
	if slices.Contains(kinds(analysis.Of(analysistest.Queue{Seed: 4, Ramp: 20, Steady: 30, Users: 10, Think: 1000, Service: 25, Servers: 4}.Run(), analysis.Options{})), analysis.KindErrors) {
		t.Error("errors where no request failed")
	}
}

// TestStrayFailure: one early failure is said, and that the others came later.
func TestStrayFailure(t *testing.T) {
	t.Parallel()
	run := analysistest.Queue{Seed: 4, Ramp: 60, Steady: 90, Users: 60, Think: 1000, Service: 25, Servers: 40, FailFrom: 100}.Run()
	run.Total.Failures.Values[20] = 1
	e := find(t, analysis.Of(run, analysis.Options{}), analysis.KindErrors)
	if !strings.Contains(e.Text, "Nine in ten failed from ") || e.At < run.Began+98 {
		t.Errorf("at second %d: %s", e.At-run.Began, e.Text)
	}
}

// TestOthersAreKilled: a kill on the machine is the process under test's where that loses processes then, or is not watched; else it is a note.
func TestOthersAreKilled(t *testing.T) {
	t.Parallel()
	q := analysistest.Queue{Seed: 4, Ramp: 60, Steady: 60, Users: 60, Think: 1000, Service: 25, Servers: 40}
	for _, test := range []struct {
		reason string
		count  func(columns map[string]analysis.Series)
		want   analysis.Level
	}{
		{"it goes on", func(map[string]analysis.Series) {}, analysis.Note},
		{"one of its processes is gone", func(columns map[string]analysis.Series) {
			for i := 81; i < len(columns[resource.ProcessCount].Values); i++ {
				columns[resource.ProcessCount].Values[i] = 1
			}
		}, analysis.Bad},
		{"it is not watched", func(columns map[string]analysis.Series) { delete(columns, resource.ProcessCount) }, analysis.Bad},
	} {
		run := q.Run()
		column(run, resource.MemoryOOMKills, func(i int, _ float64) float64 { return map[bool]float64{true: 1}[i == 80] })
		test.count(run.Hosts[0].Columns)
		f := analysis.Of(run, analysis.Options{})
		r := find(t, f, analysis.KindRestart)
		if r.Level != test.want || r.At != run.Start+80 || strings.HasPrefix(f.Headline, r.Title) != (test.want == analysis.Bad) || strings.Contains(r.Text, "uvicorn went on") != (test.want == analysis.Note) {
			t.Errorf("%s: %s: %s: %s; headline %s", test.reason, r.Level, r.Title, r.Text, f.Headline)
		}
	}
}

// TestRestart: a process that ended, was started anew or was killed is said before all else, with its failures.
func TestRestart(t *testing.T) {
	t.Parallel()
	q := analysistest.Queue{Seed: 4, Ramp: 60, Steady: 60, Users: 60, Think: 1000, Service: 25, Servers: 40}
	for column, test := range map[string]struct {
		at   func(values []float64)
		says string
	}{
		resource.ProcessRestarts: {func(values []float64) {
			for i := 80; i < len(values); i++ {
				values[i] = 1
			}
		}, "The process uvicorn ended and was started anew"},
		resource.ContainerOOMKills: {func(values []float64) { values[80] = 1 }, "killed for want of memory"},
		resource.ProcessCount:      {func(values []float64) { values[80] = 0 }, "The process uvicorn ended"},
	} {
		run := q.Run()
		test.at(run.Hosts[0].Columns[column].Values)
		run.Total.Failures.Values[80] = 9
		f := analysis.Of(run, analysis.Options{})
		r := find(t, f, analysis.KindRestart)
		if r.At != run.Start+80 || !strings.Contains(r.Title, test.says) || !strings.Contains(r.Text, "9 requests failed") {
			t.Errorf("%s: at %d: %s: %s", column, r.At-run.Start, r.Title, r.Text)
		}
		if f.Findings[0].Kind != analysis.KindRestart || !strings.HasPrefix(f.Headline, r.Title) {
			t.Errorf("%s: the first finding is %s, the headline %s", column, f.Findings[0].Kind, f.Headline)
		}
		if slices.Contains(kinds(analysis.Of(q.Run(), analysis.Options{})), analysis.KindRestart) {
			t.Error("a restart where there was none")
		}
	}
}

// TestFailuresAllAlong: what fails all along, one in twenty requests from the first second on, began with no number of users, and not when a tenth had failed.
func TestFailuresAllAlong(t *testing.T) {
	t.Parallel()
	run := analysistest.Queue{Seed: 4, Ramp: 60, Steady: 200, Users: 60, Think: 1000, Service: 25, Servers: 40}.Run()
	requests := 0.0
	for i, n := range run.Total.Requests.Values {
		if !(n > 0) {
			continue
		}
		if requests += n; requests >= 20 {
			run.Total.Failures.Values[i] = float64(int(requests / 20))
			requests -= 20 * run.Total.Failures.Values[i]
			run.Total.Stats.Failures += int(run.Total.Failures.Values[i])
		}
	}
	e := find(t, analysis.Of(run, analysis.Options{}), analysis.KindErrors)
	if strings.Contains(e.Title, "users on") || strings.Contains(e.Text, "Nine in ten") || e.At > run.Began+20 {
		t.Errorf("at second %d: %s: %s", e.At-run.Began, e.Title, e.Text)
	}
}

// TestEndedAndCameAgain: what happened is told in its order, and once.
func TestEndedAndCameAgain(t *testing.T) {
	t.Parallel()
	run := analysistest.Queue{Seed: 4, Ramp: 60, Steady: 60, Users: 60, Think: 1000, Service: 25, Servers: 40}.Run()
	columns := run.Hosts[0].Columns
	columns[resource.ProcessCount].Values[80] = 0
	for i := 85; i < run.Seconds; i++ {
		columns[resource.ProcessRestarts].Values[i] = 1
	}
	clock := func(second int) string { return time.Unix(run.Start+int64(second), 0).UTC().Format(time.TimeOnly) }
	want := "The process uvicorn ended at " + clock(80) + " and was started anew at " + clock(85) + "."
	if r := find(t, analysis.Of(run, analysis.Options{}), analysis.KindRestart); r.At != run.Start+80 || r.Text != want || !strings.HasPrefix(r.Title, "The process uvicorn ended and was started anew") {
		t.Errorf("at second %d: %s: %s, want %s", r.At-run.Start, r.Title, r.Text, want)
	}
}
