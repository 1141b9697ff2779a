package analysis_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// TestLaws: throughput, service time, think time, parallelism and knee of a queue are those that it was made with.
func TestLaws(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		q := analysistest.Queue{Seed: seed, Ramp: 60, Steady: 60, Users: 100, Think: 1000, Service: 100, Servers: 4}
		laws := analysis.Of(q.Run(), analysis.Options{}).Laws
		for _, x := range []struct {
			name      string
			got       float64
			low, high float64
		}{
			{"throughput", laws.Throughput.Value, 39, 41.5},
			{"service time", laws.ServiceTime.Value, 90, 110},
			{"think time", *laws.ThinkTime, 880, 1120},
			{"parallelism", laws.Parallelism.Value, 3.6, 4.4},
			{"knee", laws.Knee, 38, 52}, // 40 requests/s x (100 ms + 1000 ms) = 44 users
		} {
			if !(x.got >= x.low && x.got <= x.high) {
				t.Errorf("seed %d: %s = %v, want %v to %v", seed, x.name, x.got, x.low, x.high)
			}
		}
		if laws.Parallelism.Low > laws.Parallelism.Value || laws.Parallelism.High < laws.Parallelism.Value {
			t.Errorf("seed %d: parallelism %+v is not in its interval", seed, *laws.Parallelism)
		}
	}
}

// TestUsersThatComeTogether: users of a second who send at once wait for each other, however few they are. What they wait is no work, and no number of places is said that
// the server does not have.
func TestUsersThatComeTogether(t *testing.T) {
	t.Parallel()
	said := 0
	for seed := range uint64(60) {
		q := analysistest.Queue{Seed: seed, Steady: 30, Users: 120, Think: 1000, Together: true}
		q.Ramp, q.Servers = []int{60, 40, 30, 24}[seed%4], []int{1, 2, 4}[seed%3]
		q.Service, q.Spread = 25*float64(q.Servers), []float64{0.01, 0.2}[seed%2]
		found := analysis.Of(q.Run(), analysis.Options{})
		if m := found.Laws.Parallelism; m != nil && (m.Low > 1.05*float64(q.Servers) || m.High < 0.95*float64(q.Servers)) {
			t.Errorf("seed %d: %d at a time, and the interval is %.2f to %.2f", seed, q.Servers, m.Low, m.High)
		}
		for _, f := range found.Findings {
			if f.Kind != analysis.KindParallelism {
				continue
			}
			if m := found.Laws.Parallelism; !f.Clear && m.High > 2*m.Low && strings.Contains(f.Title, "about") {
				t.Errorf("seed %d: %s, and the interval is %.2f to %.2f", seed, f.Title, m.Low, m.High)
			}
			if !f.Clear {
				continue
			}
			said++
			if of := fmt.Sprintf("%d request", q.Servers); q.Servers > 1 && !strings.Contains(f.Title, of) || q.Servers == 1 && !strings.Contains(f.Title, "one request") {
				t.Errorf("seed %d: %d at a time, %d users a second: %s: %s", seed, q.Servers, q.Users/q.Ramp, f.Title, f.Text)
			}
		}
	}
	t.Logf("%d of 60 are clear", said)
}

// TestNoPlateauNoParallelism: a server that was never full has no knee and no parallelism.
func TestNoPlateauNoParallelism(t *testing.T) {
	t.Parallel()
	q := analysistest.Queue{Seed: 1, Ramp: 60, Steady: 60, Users: 60, Think: 1000, Service: 50, Servers: 100}
	if laws := analysis.Of(q.Run(), analysis.Options{}).Laws; laws.Parallelism != nil || laws.Knee != 0 {
		t.Errorf("parallelism %v, knee %v of a server that was never full", laws.Parallelism, laws.Knee)
	}
}

// TestPlacesOfTimeOnTheNetwork: a way of 20 ms there and back to a server of one worker with 25 ms is not work.
func TestPlacesOfTimeOnTheNetwork(t *testing.T) {
	t.Parallel()
	q := analysistest.Queue{Seed: 2, Ramp: 60, Steady: 60, Users: 80, Think: 1000, Service: 25, Network: 20, Servers: 1, Remote: true}
	m := analysis.Of(q.Run(), analysis.Options{}).Laws.Parallelism
	if m == nil || m.Low > 1 || m.High < 1 || m.Value > 1.3 {
		t.Errorf("parallelism = %+v, want an interval with 1", m)
	}
}

// TestLittle: numbers that agree are not spoken of; users that are nowhere, and more requests than users, are.
func TestLittle(t *testing.T) {
	t.Parallel()
	said := func(run *analysis.Run) bool {
		for _, f := range analysis.Of(run, analysis.Options{}).Findings {
			if f.Kind == analysis.KindLittle {
				return true
			}
		}
		return false
	}
	for seed := range uint64(20) {
		q := analysistest.Queue{Seed: seed, Ramp: 100, Steady: 60, Users: 80, Think: 1000, Service: 25, Servers: 1 + int(seed%3)*50}
		if said(q.Run()) {
			t.Errorf("seed %d: numbers that agree are said not to", seed)
		}
	}
	q := analysistest.Queue{Seed: 1, Ramp: 100, Steady: 60, Users: 80, Think: 1000, Service: 25, Servers: 50}
	run := q.Run()
	for i := range run.Users.Values {
		run.Users.Values[i] = math.Min(run.Users.Values[i], 1) // 80 requests a second of 25 ms each are two at once
	}
	if !said(run) {
		t.Error("two requests at once of one user are not spoken of")
	}
	run = q.Run()
	for i := range run.Seconds { // a third of the requests of the highest load got lost
		if run.Users.Values[i] < 80 {
			continue
		}
		run.Total.Requests.Values[i] = math.Round(run.Total.Requests.Values[i] * 0.66)
		h := run.Total.Phases[timing.Response][i]
		run.Total.Phases[timing.Response][i] = h[:len(h)*2/3]
	}
	if !said(run) {
		t.Error("a third of the users is nowhere, and not spoken of")
	}
}

// TestEndpoints: the rows of the table add up, are out of histograms where there are any, and know what is not known.
func TestEndpoints(t *testing.T) {
	t.Parallel()
	run := analysistest.Model{Seed: 1, Ramp: 10, Steady: 40, Users: 50, Think: 1000, Service: 50, Endpoints: 3}.Run()
	f := analysis.Of(run, analysis.Options{})
	if len(f.Endpoints) != 4 || f.Endpoints[3].Name != timing.Aggregated {
		t.Fatalf("%d rows, want three and all", len(f.Endpoints))
	}
	sum := 0
	for _, e := range f.Endpoints[:3] {
		sum += e.Requests
		if e.Median == nil || *e.Median < 45 || *e.Median > 55 || *e.SteadyP50 < 45 || *e.SteadyP50 > 55 || *e.P95 <= *e.Median || *e.P99 < *e.P95 || *e.Max < *e.P99 {
			t.Errorf("%s: p50 %v, p95 %v, p99 %v", e.Name, *e.Median, *e.P95, *e.P99)
		}
		if e.FirstEventP95 != nil || e.ScheduledP95 != nil {
			t.Errorf("%s has a first event, or a schedule", e.Name)
		}
	}
	all := f.Endpoints[3]
	if all.Requests != sum {
		t.Errorf("%d requests in all, the rows have %d", all.Requests, sum)
	}
	whole := analysis.Merge(run.Total.Phases[timing.Response]...)
	if want, _ := whole.Quantile(0.95); *all.P95 != want {
		t.Errorf("p95 = %v, Merge has %v", *all.P95, want)
	}
	run.Total.Stats = analysis.Stats{Requests: sum, Max: *all.P99 - 0.01} // exact, and in the lower half of its bucket
	if e := analysis.Of(run, analysis.Options{}).Endpoints[3]; *e.P99 > *e.Max {
		t.Errorf("p99 = %v, above the largest, %v", *e.P99, *e.Max)
	}
	run.Total.Phases = [timing.Phases][]analysis.Histogram{}
	run.Total.Stats = analysis.Stats{Requests: 7, Failures: 2, Average: 12, Min: 3, Max: 40, Median: 11, RequestsPerSecond: 0.5, Percentiles: map[string]float64{"95%": 30}}
	all = analysis.Of(run, analysis.Options{}).Endpoints[3]
	if all.Requests != 7 || all.Failures != 2 || *all.Average != 12 || *all.Median != 11 || *all.P95 != 30 || all.P99 != nil || all.SteadyP95 != nil {
		t.Errorf("without histograms: %+v, want Locust's row", all)
	}
}
