package analysis_test

import (
	"regexp"
	"testing"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// TestHeadline: it has what saturated, from how many users on, and the leak; and the findings come in reading order, three to six of them.
func TestHeadline(t *testing.T) {
	t.Parallel()
	q := analysistest.Queue{Seed: 5, Ramp: 60, Steady: 120, Settle: 20, Users: 80, Think: 1000, Service: 25, Servers: 1, Limit: analysistest.Thread, Level: 20, Noise: 2}
	run := q.Run()
	sum := 100.0
	column(run, resource.ProcessRSSMB, func(i int, _ float64) float64 {
		if x := run.Total.Requests.Values[i]; x > 0 {
			sum += x
		}
		return sum
	})
	f := analysis.Of(run, analysis.Options{})
	want := regexp.MustCompile(`^One thread of uvicorn saturated at 4\d users, 4\d requests/s; memory of uvicorn leaks: (0\.9\d|1\.0) MB per POST /story$`)
	if !want.MatchString(f.Headline) {
		t.Errorf("headline: %s", f.Headline)
	}
	if n := len(f.Findings); n < 3 || n > 6 {
		t.Errorf("%d findings: %v", n, kinds(f))
	}
	if got := kinds(f); got[0] != analysis.KindSaturation || got[1] != analysis.KindGrowth || got[len(got)-1] != analysis.KindGenerator {
		t.Errorf("in the order %v", got)
	}
	healthy := analysis.Of(analysistest.Queue{Seed: 5, Ramp: 60, Steady: 60, Settle: 5, Users: 40, Think: 1000, Service: 25, Servers: 40}.Run(), analysis.Options{})
	if !regexp.MustCompile(`^Nothing saturated up to 40 users, \d\d requests/s$`).MatchString(healthy.Headline) {
		t.Errorf("headline of a healthy run: %s", healthy.Headline)
	}
}

// TestHeadlineComesFirst: a leak stands before a CPU that was full before the load, which is no headline beside it.
func TestHeadlineComesFirst(t *testing.T) {
	t.Parallel()
	run := analysistest.Queue{Seed: 5, Ramp: 5, Steady: 150, Settle: 20, Users: 20, Think: 1000, Service: 25, Servers: 40, Level: 20, Noise: 2}.Run()
	sum := 100.0
	column(run, resource.ProcessRSSMB, func(i int, _ float64) float64 {
		if x := run.Total.Requests.Values[i]; x > 0 {
			sum += x
		}
		return sum
	})
	column(run, resource.CPUPercent, func(int, float64) float64 { return 97 })
	f := analysis.Of(run, analysis.Options{})
	if f.Findings[0].Kind != analysis.KindGrowth || f.Headline != f.Findings[0].Title || f.Findings[1].Kind != analysis.KindSaturation {
		t.Errorf("headline %q, findings %v", f.Headline, kinds(f))
	}
}
