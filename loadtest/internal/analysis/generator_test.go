package analysis_test

import (
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// TestGenerator: each sign of a generator at its limit makes numbers suspect, and no other finding clear; without any it is said not to have been the limit.
func TestGenerator(t *testing.T) {
	t.Parallel()
	q := analysistest.Queue{Seed: 7, Ramp: 60, Steady: 60, Users: 80, Think: 1000, Service: 25, Servers: 1, Limit: analysistest.Thread, Worker: 1}
	for reason, test := range map[string]struct {
		queue  func(*analysistest.Queue)
		change func(*analysis.Run)
		says   string // "" is not suspect
	}{
		"nothing": {nil, func(*analysis.Run) {}, ""},
		"a worker's core": {nil, func(r *analysis.Run) {
			for i := 60; i < 100; i++ {
				r.Workers[1].CPU.Values[i] = 97
			}
		}, "orker b used 97 %"},
		"a second of a worker's core": {nil, func(r *analysis.Run) { r.Workers[1].CPU.Values[70] = 97 }, ""},
		"ports": {nil, func(r *analysis.Run) {
			fill(r, 0, resource.TCPDestinationPortsPercent, 95)
		}, "ports"},
		"its machine":          {func(q *analysistest.Queue) { q.Remote = true }, func(r *analysis.Run) { fill(r, 0, resource.CPUPercent, 99) }, "CPU of the generator's machine"},
		"the target's machine": {func(q *analysistest.Queue) { q.Remote = true }, func(r *analysis.Run) { fill(r, 1, resource.CPUPercent, 99) }, ""},
		"the CPU that it shares": {nil, func(r *analysis.Run) {
			fill(r, 0, resource.CPUPercent, 99)
			for i := 5; i < 125; i++ {
				r.WorkersCPU.Values[i] = 110
			}
			r.Info.Cores = 2
		}, "the workers took 56 % of it"},
		"workers whose lock is busy, on a machine that others fill": {nil, func(r *analysis.Run) {
			fill(r, 0, resource.CPUPercent, 99)
			for w := range r.Workers {
				for i := 5; i < 125; i++ {
					r.Workers[w].CPU.Values[i] = 85
				}
			}
			r.Info.Cores = 2
		}, ""},
		"a late schedule of free users": {func(q *analysistest.Queue) { q.Users, q.Servers = 40, 20 }, func(r *analysis.Run) { late(r, 200) }, "ms late"},
		"a late schedule of busy users": {nil, func(r *analysis.Run) { late(r, 200) }, ""},
		"a schedule that is kept":       {func(q *analysistest.Queue) { q.Users, q.Servers = 40, 20 }, func(r *analysis.Run) { late(r, 3) }, ""},
	} {
		queue := q
		if test.queue != nil {
			test.queue(&queue)
		}
		run := queue.Run()
		test.change(run)
		f := analysis.Of(run, analysis.Options{})
		g := find(t, f, analysis.KindGenerator)
		if suspect := g.Level == analysis.Warn; suspect != (test.says != "") || !strings.Contains(g.Text, test.says) {
			t.Errorf("%s: %s: %s: %s", reason, g.Level, g.Title, g.Text)
		}
		if s := find(t, f, analysis.KindSaturation); g.Level == analysis.Warn && s.Clear {
			t.Errorf("%s: the generator is suspect, and clear is: %s", reason, s.Title)
		}
		if g.Level == analysis.Warn && (f.Findings[0].Kind != analysis.KindGenerator || f.Headline[:15] != "Numbers suspect") {
			t.Errorf("%s: first is %s, headline %s", reason, f.Findings[0].Kind, f.Headline)
		}
	}
}

// fill has a column at a value through the load, and at 10 before it.
func fill(r *analysis.Run, host int, column string, value float64) {
	s := r.Hosts[host].Columns[resource.CPUPercent]
	s.Column, s.Values = column, append([]float64(nil), s.Values...)
	for i := range s.Values {
		if s.Values[i] = 10; i > 5 && i < 125 {
			s.Values[i] = value
		}
	}
	r.Hosts[host].Columns[column] = s
}

// late has all tasks begin late by so many ms.
func late(r *analysis.Run, ms float64) {
	r.Total.Phases[timing.Lateness] = make([]analysis.Histogram, r.Seconds)
	for i := 5; i < 125; i++ {
		r.Total.Phases[timing.Lateness][i] = analysis.Histogram{{MS: ms, Count: 10}}
	}
}

// TestClocks: clocks that differ by more than half a second are said.
func TestClocks(t *testing.T) {
	t.Parallel()
	run := analysistest.Queue{Seed: 1, Ramp: 10, Steady: 20, Users: 10, Think: 1000, Service: 25, Servers: 10, Remote: true}.Run()
	run.Info.Offsets = map[string]float64{"apihost": 0.4, "db": -1.3}
	f := analysis.Of(run, analysis.Options{})
	if c := find(t, f, analysis.KindClock); !strings.Contains(c.Title, "db") || !strings.Contains(c.Text, "-1.3 s") {
		t.Errorf("%s: %s", c.Title, c.Text)
	}
	for _, finding := range f.Findings {
		if finding.Kind == analysis.KindClock && strings.Contains(finding.Title, "apihost") {
			t.Error("a clock within half a second is spoken of")
		}
	}
}
