package analysis_test

import (
	"math"
	"slices"
	"testing"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

const start = 1_790_000_000

// made is a run of the given users in each second of the load, with as many requests a second, and idle seconds after it.
func made(users []float64, idle int) *analysis.Run {
	n := len(users) + idle
	run := &analysis.Run{Start: start, Seconds: n, Began: start, Ended: start + int64(len(users)) - 1}
	series := func() analysis.Series {
		return analysis.Series{File: "f", Column: "c", Values: slices.Repeat([]float64{math.NaN()}, n)}
	}
	run.Users, run.Total = series(), analysis.Load{Name: timing.Aggregated, Requests: series(), Failures: series(), P50: series(), P95: series(), P99: series()}
	for i, u := range users {
		run.Users.Values[i], run.Total.Requests.Values[i], run.Total.Failures.Values[i] = u, u, 0
		run.Total.P50.Values[i], run.Total.P95.Values[i], run.Total.P99.Values[i] = 10, 20, 30
	}
	return run
}

// during is a number of seconds of the same users.
func during(users float64, seconds int) []float64 { return slices.Repeat([]float64{users}, seconds) }

// rising are users of 1, 2, 3 and so on.
func rising(to int) (users []float64) {
	for u := range to {
		users = append(users, float64(u+1))
	}
	return users
}

func TestPhases(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	for _, test := range []struct {
		reason string
		users  []float64
		idle   int
		change func(*analysis.Run)
		warmUp int
		want   []analysis.Phase
	}{
		{"a ramp and a level", slices.Concat(rising(20), during(20, 30)), 10, nil, 0, []analysis.Phase{
			{analysis.Ramp, 0, 18}, {analysis.Steady, 19, 49}, {analysis.Settling, 50, 59},
		}},
		{"steps are levels of their own", slices.Concat(during(10, 30), during(20, 30), during(30, 30)), 0, nil, 0, []analysis.Phase{
			{analysis.Steady, 0, 29}, {analysis.Steady, 30, 59}, {analysis.Steady, 60, 89},
		}},
		{"a ramp of a user every ten seconds is a ramp", slices.Concat(during(1, 10), during(2, 10), during(3, 200)), 0, nil, 0, []analysis.Phase{
			{analysis.Ramp, 0, 19}, {analysis.Steady, 20, 219},
		}},
		{"a late report is no change", slices.Concat(during(10, 15), during(8, 2), during(10, 15)), 0, nil, 0, []analysis.Phase{{analysis.Steady, 0, 31}}},
		{"an absent second has the users before it", slices.Concat(during(10, 15), []float64{nan}, during(10, 15)), 0, nil, 0, []analysis.Phase{{analysis.Steady, 0, 30}}},
		{"five seconds", during(3, 5), 2, nil, 0, []analysis.Phase{{analysis.Steady, 0, 4}, {analysis.Settling, 5, 6}}},
		{"a ramp without a level", rising(8), 0, nil, 0, []analysis.Phase{{analysis.Ramp, 0, 7}}},
		{"users finish", slices.Concat(during(10, 20), []float64{6, 2}), 4, func(r *analysis.Run) { r.Users.Values[22] = 1 }, 0, []analysis.Phase{
			{analysis.Steady, 0, 19}, {analysis.Stopping, 20, 22}, {analysis.Settling, 23, 25},
		}},
		{"no history of users: what was planned", during(10, 30), 0, func(r *analysis.Run) {
			r.Users.Values = during(nan, 30)
			r.Info.Users, r.Info.SpawnRate = 10, 1
		}, 0, []analysis.Phase{{analysis.Ramp, 0, 8}, {analysis.Steady, 9, 29}}},
		{"a warm-up that was asked for", during(10, 40), 0, nil, 15, []analysis.Phase{{analysis.WarmUp, 0, 14}, {analysis.Steady, 15, 39}}},
		{"a warm-up that is all", during(10, 40), 0, nil, 100, []analysis.Phase{{analysis.WarmUp, 0, 39}}},
		{"MSER-5 cuts slow first seconds", during(10, 60), 0, func(r *analysis.Run) {
			for i := range 10 {
				r.Total.P95.Values[i] = 200 - 10*float64(i)
			}
		}, 0, []analysis.Phase{{analysis.WarmUp, 0, 9}, {analysis.Steady, 10, 59}}},
		{"MSER-5 cuts half at most", during(10, 40), 0, func(r *analysis.Run) {
			for i := range 40 {
				r.Total.P95.Values[i] = 400 - 10*float64(i)
			}
		}, 0, []analysis.Phase{{analysis.WarmUp, 0, 19}, {analysis.Steady, 20, 39}}},
		{"users wait longer than ten seconds for an answer", slices.Concat(during(1, 12), during(2, 40)), 0, func(r *analysis.Run) {
			r.Total.P50.Values = during(3000, 52)
		}, 0, []analysis.Phase{{analysis.Ramp, 0, 11}, {analysis.Steady, 12, 51}}},
		{"it died in the ramp", rising(30), 0, func(r *analysis.Run) { r.Ended = start + 60 }, 0, []analysis.Phase{{analysis.Ramp, 0, 29}}},
		{"nothing is known", during(nan, 6), 0, nil, 0, []analysis.Phase{{analysis.Steady, 0, 5}}},
	} {
		run := made(test.users, test.idle)
		if test.change != nil {
			test.change(run)
		}
		got := analysis.Phases(run, analysis.Options{WarmUp: test.warmUp})
		for i := range got {
			got[i].From -= start
			got[i].To -= start
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: Phases = %v, want %v", test.reason, got, test.want)
		}
	}
}

// TestPhasesHaveNoGap: from the begin of the load to the last second each second is in one phase.
func TestPhasesHaveNoGap(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		q := analysistest.Queue{
			Seed: seed, Ramp: int(seed % 7 * 5), Steady: 3 + int(seed%11*9), Settle: int(seed % 3 * 4), Users: 1 + int(seed), Think: 500, Service: 50, Servers: 1 + int(seed%3),
		}
		if seed%5 == 0 {
			q.Steps, q.StepSeconds = []int{5, 10, 5, 20}, 13
		}
		run := q.Run()
		next := run.Began
		for _, p := range analysis.Phases(run, analysis.Options{WarmUp: int(seed % 4)}) {
			if p.From != next || p.To < p.From {
				t.Fatalf("seed %d: a phase %v after second %d", seed, p, next-1)
			}
			next = p.To + 1
		}
		if end := run.Start + int64(run.Seconds); next != end {
			t.Errorf("seed %d: phases end at %d, the run at %d", seed, next, end)
		}
	}
}
