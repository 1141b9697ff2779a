package comparison_test

import (
	"slices"
	"testing"

	"gregaria/loadtest/internal/comparison"
)

// isTime tells response times: CPU per request of the model is noise of another kind.
func isTime(row comparison.Row) bool {
	return slices.Contains([]string{"p50", "p95", "p99"}, row.Measure)
}

// TestRates counts, over 50 seeds each, what is said of equal and of slower servers.
func TestRates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why           string
		runs          int
		between       float64
		slower        float64
		never         comparison.Outcome
		leastSame     int // of 50, of p95 of all requests
		leastFound    int // of 50, of p95 of all requests
		everyEndpoint bool
	}{
		{"one run each, equal", 1, 0, 1, comparison.Worse, 25, 0, false},
		{"one run each, 20 % slower", 1, 0, 1.2, comparison.Better, 0, 50, true},
		{"two runs each, equal", 2, 0.01, 1, comparison.Worse, 0, 0, false},
		{"five runs each, equal", 5, 0.01, 1, comparison.Worse, 40, 0, false},
		{"five runs each, 10 % slower", 5, 0.01, 1.1, comparison.Better, 0, 45, true},
		{"three runs each, 20 % slower", 3, 0.01, 1.2, comparison.Better, 0, 50, false},
	} {
		seeds := uint64(50)
		if testing.Short() {
			seeds = 5
		}
		said := map[comparison.Outcome]int{}
		endpoints := map[comparison.Outcome]int{}
		for seed := range seeds {
			r := comparison.Of(runsOf(2*seed+1, c.runs, 40, c.between), runsOf(2*seed+2, c.runs, 40*c.slower, c.between), comparison.Options{})
			said[find(t, r, comparison.All, "p95").Outcome]++
			for _, row := range r.Rows {
				if row.Outcome == c.never && isTime(row) || c.slower == 1 && row.Kind != comparison.Resource && (row.Outcome == comparison.Worse || row.Outcome == comparison.Better) {
					t.Errorf("%s: %s %s is %s (%+v of %v to %v): %s", c.why, row.Name, row.Measure, row.Outcome, row.Change, *row.Base, *row.New, row.Why)
				}
				if row.Kind == comparison.Endpoint && row.Measure == "p50" {
					endpoints[row.Outcome]++
				}
			}
		}
		t.Logf("%-30s p95 of all requests: %v of %d; p50 of endpoints: %v", c.why, said, seeds, endpoints)
		if said[comparison.Same] < c.leastSame*int(seeds)/50 || said[comparison.Worse] < c.leastFound*int(seeds)/50 {
			t.Errorf("%s: p95 of all requests: %v of %d, want no difference in %d and worse in %d of 50", c.why, said, seeds, c.leastSame, c.leastFound)
		}
		if c.everyEndpoint && endpoints[comparison.Worse] < 2*int(seeds) {
			t.Errorf("%s: p50 of three endpoints: %v, want most worse", c.why, endpoints)
		}
	}
}

// TestCoverage counts how often the intervals hold the truth: of p50 the ratio of the service times, of requests/s that of cycles of a user.
func TestCoverage(t *testing.T) {
	t.Parallel()
	for _, k := range []int{1, 5} {
		const times = 100
		held, rates := 0, 0
		for seed := range uint64(times) {
			r := comparison.Of(runsOf(2*seed+501, k, 40, 0), runsOf(2*seed+502, k, 44, 0), comparison.Options{})
			// Values are of buckets 1 % wide: the truth is known as well as that.
			if row := find(t, r, comparison.All, "p50"); row.Change.Low <= 0.1+0.005 && 0.1-0.005 <= row.Change.High {
				held++
			}
			if row := find(t, r, comparison.All, "requests/s"); row.Change.Low <= 1040.0/1044-1 && 1040.0/1044-1 <= row.Change.High {
				rates++
			}
			if testing.Short() && seed == 20 {
				return
			}
		}
		t.Logf("%d runs each: the interval holds the truth of p50 %d and of requests/s %d times of %d", k, held, rates, times)
		if held < 90 || rates < 90 || rates > 99 {
			t.Errorf("%d runs each: the interval holds the truth of p50 %d and of requests/s %d times of %d, want 90 or more, and 90 to 99", k, held, rates, times)
		}
	}
}

// BenchmarkHour compares an hour with another, of 20 endpoints.
func BenchmarkHour(b *testing.B) {
	m := model(1)
	m.Steady, m.Endpoints, m.Users = 3600, 20, 100
	m.Servers = 0
	base, next := []comparison.Run{runOf(m)}, []comparison.Run{runOf(m)}
	for b.Loop() {
		comparison.Of(base, next, comparison.Options{})
	}
}
