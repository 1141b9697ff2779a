package analysis_test

import (
	"slices"
	"strings"
	"testing"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// streamed makes streams of a run's requests: of each second's, Locust knows the heads, which take 2 ms, and timings have the whole in a row of its own.
func streamed(run *analysis.Run) *analysis.Run {
	var streams []analysis.Load
	for i := range run.Endpoints {
		s := run.Endpoints[i]
		s.Type, s.Stats = timing.Stream, analysis.Stats{}
		streams = append(streams, s)
	}
	heads := func(l *analysis.Load) {
		of := make([]analysis.Histogram, run.Seconds)
		for second, h := range l.Phases[timing.Response] {
			if n := h.Count(); n > 0 {
				of[second] = analysis.Histogram{{MS: 2, Count: n}}
			}
		}
		l.Phases[timing.Response] = of
		for _, s := range []*analysis.Series{&l.P50, &l.P95, &l.P99} {
			s.Values = slices.Repeat([]float64{2}, run.Seconds)
		}
	}
	for i := range run.Endpoints {
		heads(&run.Endpoints[i])
	}
	heads(&run.Total)
	run.Endpoints = append(run.Endpoints, streams...)
	return run
}

// TestStreamsToTheirEnd: what saturates, the knee and the parallelism are the same whether an answer comes at once or as a stream; the table stays Locust's.
func TestStreamsToTheirEnd(t *testing.T) {
	t.Parallel()
	q := analysistest.Queue{Seed: 7, Ramp: 120, Steady: 60, Settle: 10, Users: 80, Think: 1000, Service: 200, Servers: 4, Level: 20, Noise: 2}
	whole, heads := analysis.Of(q.Run(), analysis.Options{}), analysis.Of(streamed(q.Run()), analysis.Options{})
	if !heads.Laws.Streams || whole.Laws.Streams {
		t.Errorf("streams = %v, %v", heads.Laws.Streams, whole.Laws.Streams)
	}
	if whole.Laws.Parallelism == nil || heads.Laws.Parallelism == nil || *whole.Laws.Parallelism != *heads.Laws.Parallelism || whole.Laws.Knee != heads.Laws.Knee {
		t.Errorf("laws = %+v, and of streams %+v", whole.Laws, heads.Laws)
	}
	for _, kind := range []string{analysis.KindSaturation, analysis.KindParallelism, analysis.KindKnee} {
		want, got := find(t, whole, kind), find(t, heads, kind)
		if text := strings.ReplaceAll(got.Text, "p95 (streams to their end)", "p95"); got.Title != want.Title || text != want.Text {
			t.Errorf("of streams: %s: %s; want %s: %s", got.Title, got.Text, want.Title, want.Text)
		}
	}
	if all := heads.Endpoints[len(heads.Endpoints)-1]; all.SteadyP95 == nil || *all.SteadyP95 != 2 {
		t.Errorf("the row of all requests is %+v, want Locust's", all)
	}
}

// TestFewStreams: an endpoint of which a part is streams keeps Locust's times.
func TestFewStreams(t *testing.T) {
	t.Parallel()
	run := streamed(analysistest.Queue{Seed: 7, Ramp: 20, Steady: 60, Users: 20, Think: 1000, Service: 200, Servers: 40}.Run())
	for i := range run.Endpoints {
		if s := &run.Endpoints[i]; s.Type == timing.Stream {
			s.Requests.Values = slices.Repeat([]float64{0}, run.Seconds)
		}
	}
	if f := analysis.Of(run, analysis.Options{}); f.Laws.Streams || *f.Laws.ServiceTime == (analysis.Interval{}) || f.Laws.ServiceTime.Value > 3 {
		t.Errorf("laws = %+v", f.Laws)
	}
}
