package analysis_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// spoil takes from a run what a real one may lack.
func spoil(run *analysis.Run, r *rand.Rand) {
	nan := math.NaN()
	every := func(values []float64, n int) {
		for i := range values {
			if r.IntN(n) == 0 {
				values[i] = nan
			}
		}
	}
	for _, change := range []func(){
		func() { every(run.Users.Values, 1) },
		func() { every(run.Users.Values, 2) },
		func() { every(run.Total.Requests.Values, 1) },
		func() { every(run.Total.P95.Values, 3) },
		func() { run.Total.Phases = [timing.Phases][]analysis.Histogram{} },
		func() { run.Endpoints = nil },
		func() { run.Hosts = nil },
		func() { run.Workers = nil },
		func() { run.Ended = run.Began - 1 },
		func() { run.Ended = run.Began },
		func() { run.Ended += 1000 },
		func() { run.Info = analysis.Info{} },
		func() { run.Users.Values = nil },
		func() { run.Total.Failures.Values = nil },
		func() { run.Total.P95.Values = nil },
		func() {
			for _, s := range run.Hosts[0].Columns {
				every(s.Values, 1+r.IntN(4))
			}
		},
		func() { run.Total = analysis.Load{} },
		func() {
			run.Failures = []analysis.Failure{{Error: "x", Count: 3}}
			run.Total.Stats.Failures = 3
			every(run.Total.Failures.Values, 1)
		},
	} {
		if len(run.Hosts) > 0 && r.IntN(5) == 0 {
			change()
		}
	}
}

// TestHardlyARun: what is hardly a run has a headline.
func TestHardlyARun(t *testing.T) {
	t.Parallel()
	for _, run := range []analysis.Run{
		{},
		{Start: 10, Seconds: 1, Began: 10, Ended: 10},
		{Start: 10, Seconds: 3, Began: 100, Ended: 10},
		{Start: 10, Seconds: 30, Began: 15, Ended: 20, Hosts: []analysis.Host{{}, {Name: "b"}}},
	} {
		if f := analysis.Of(&run, analysis.Options{}); f.Headline == "" {
			t.Errorf("%+v has no headline", run)
		}
	}
}

// TestStrangeRuns: whatever a run lacks, what it means can be told, is JSON, has evidence and no number that is not one.
func TestStrangeRuns(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		run := analysistest.Queue{
			Seed: seed, Ramp: r.IntN(20), Steady: 1 + r.IntN(40), Settle: r.IntN(3), Users: 1 + r.IntN(60), Think: 300, Service: 40, Servers: 1 + r.IntN(3), Limit: analysistest.Thread,
			Remote: r.IntN(3) == 0, FailFrom: r.IntN(20), Rate: float64(r.IntN(2) * 50),
		}.Run()
		spoil(run, r)
		f := analysis.Of(run, analysis.Options{WarmUp: r.IntN(3) * 10})
		if _, err := json.Marshal(f); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		if f.Headline == "" || len(f.Findings) == 0 {
			t.Errorf("seed %d: no headline, or no finding", seed)
		}
		for _, finding := range f.Findings {
			if len(finding.Evidence) == 0 {
				t.Errorf("seed %d: no evidence: %s: %s", seed, finding.Kind, finding.Title)
			}
			for _, text := range []string{finding.Title, finding.Text} {
				if text == "" || strings.Contains(text, "NaN") || strings.Contains(text, "Inf") || strings.Contains(text, "unknown") || strings.Contains(text, "  ") || strings.Contains(text, "..") && !strings.Contains(text, "...") {
					t.Errorf("seed %d: %s: %q", seed, finding.Kind, text)
				}
			}
			for _, e := range finding.Evidence {
				if e.Rule == "" || e.Column == "" {
					t.Errorf("seed %d: %s has the evidence %+v", seed, finding.Title, e)
				}
			}
		}
	}
}
