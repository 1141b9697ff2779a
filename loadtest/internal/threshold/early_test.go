package threshold_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
	"gregaria/loadtest/internal/threshold"
)

// Trouble is when requests fail and are slow, and the CPU is full: in seconds of the load from one to another.
type trouble struct{ from, to int }

// queue is a made run of a seed: in one step, with a ramp, or in several steps, up and down.
func queue(r *rand.Rand, seed uint64) (analysistest.Queue, []int, int) {
	q := analysistest.Queue{Seed: seed, Settle: 3, Think: 300, Service: 20, Servers: 2 + r.IntN(6), Limit: analysistest.CPU, Noise: 5, Level: 20}
	if seed%2 == 0 {
		q.Users, q.Ramp, q.Steady = 5+r.IntN(30), r.IntN(90), 60+r.IntN(120)
		return q, []int{q.Users}, q.Ramp + q.Steady
	}
	q.StepSeconds = []int{12, 40, 70, 100}[r.IntN(4)]
	for range 2 + r.IntN(3) {
		q.Steps = append(q.Steps, 2+r.IntN(40))
	}
	return q, q.Steps, q.StepSeconds
}

// disturb has requests fail and be slow, and the CPU full, in seconds of a run.
func disturb(run *analysis.Run, t trouble, share float64) {
	for i := t.from; i < t.to; i++ {
		at := int(run.Began-run.Start) + i
		if at >= run.Seconds {
			return
		}
		for _, l := range []*analysis.Load{&run.Total, &run.Endpoints[0]} {
			l.Failures.Values[at] = math.Floor(l.Requests.Values[at] * share)
			h := slices.Clone(l.Phases[timing.Response][at])
			for j := range h {
				h[j].MS *= 1 + 20*share
			}
			l.Phases[timing.Response][at] = h
		}
		run.Hosts[0].Columns[resource.CPUPercent].Values[at] = 80 + 20*share
	}
}

// A teller tells of a made run what a master and a monitor would: late, as far as workers have reported.
type teller struct {
	run  *analysis.Run
	all  analysis.Histogram
	row  locustweb.Row
	told int
}

func (m *teller) tell(second int, late int) (locustweb.Snapshot, resource.Row) {
	at := int(m.run.Began-m.run.Start) + second
	for ; m.told <= at-late; m.told++ {
		if requests := m.run.Total.Requests.Values[m.told]; requests > 0 {
			m.row.Requests += int(requests)
			m.row.Failures += int(m.run.Total.Failures.Values[m.told])
			h := m.run.Total.Phases[timing.Response][m.told]
			m.all = analysis.Merge(m.all, h)
			m.row.Max = max(m.row.Max, h[len(h)-1].MS)
		}
	}
	row := m.row
	row.Name = locustweb.Aggregated
	for share, to := range map[float64]**float64{0.5: &row.Median, 0.95: &row.P95, 0.99: &row.P99} {
		if ms, found := m.all.Quantile(share); found {
			digits := math.Pow(10, math.Floor(math.Log10(max(ms, 1)))-1)
			rounded := math.Round(ms/digits) * digits // Locust's
			*to = &rounded
		}
	}
	cells, _ := resource.Parse([]byte(fmt.Sprintf("Timestamp,CPU_Percent\n%d,%g\n", m.run.Start+int64(at), m.run.Hosts[0].Columns[resource.CPUPercent].Values[at])))
	return locustweb.Snapshot{Users: int(m.run.Users.Values[at]), Rows: []locustweb.Row{row}}, cells[0]
}

// TestNoRunThatPassesIsEnded: of made runs, with trouble at any time, each check that holds in the end has not ended the run before; and some that fail have.
func TestNoRunThatPassesIsEnded(t *testing.T) {
	t.Parallel()
	ended, passed := map[string]int{}, 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 14))
		q, users, each := queue(r, seed)
		run := q.Run()
		from, load := r.IntN(each*len(users)), each*len(users)
		disturb(run, trouble{from, from + 1 + r.IntN(load-from)}, []float64{0.05, 0.3, 1}[r.IntN(3)])
		warmUp := r.IntN(3) * load / 5
		looks := told(run, users, each, r.IntN(6))
		f := analysis.Of(run, analysis.Options{WarmUp: warmUp})
		for _, text := range []string{"failures < %g", "fail_ratio < %g%%", "max < %gms", "p95 < %gms", "p50 < %gms", "requests > %g", "requests < %g", "rps > %g", "cpu_percent max < %g", "cpu_percent < %g", "cpu_percent p90 < %g"} {
			for _, window := range []string{" over all", " over steady"} {
				check := parse(t, fmt.Sprintf(text, 50.0)+window)[0]
				is := threshold.Evaluate([]threshold.Check{check}, run, &f)[0]
				if is.Value == nil {
					continue
				}
				for _, slack := range []float64{1.001, 0.5, 0.05} {
					limit := *is.Value*slack + 0.001
					if !check.Op.Holds(*is.Value, limit) && slack > 1 {
						limit = *is.Value * 0.999
					}
					if limit <= 0 || check.Measure.Name == "fail_ratio" && limit > 100 {
						continue
					}
					one := parse(t, fmt.Sprintf(text, limit)+window)
					holds := threshold.Evaluate(one, run, &f)[0].Outcome == analysis.Passed
					live := threshold.Follow(one, true)
					live.WarmUp = time.Duration(warmUp) * time.Second
					for i, u := range users {
						live.Plan(u, time.Duration(each*(i+1))*time.Second)
					}
					second, says := early(looks, live)
					switch {
					case holds && second >= 0:
						t.Errorf("seed %d, %d users for %d s each, trouble from %d: %s holds in the end (%s), and second %d says %q", seed, users, each, from, one[0].Text, is.Measured, second, says)
					case holds:
						passed++
					case second >= 0:
						ended[text+window]++
					}
				}
			}
		}
	}
	if t.Logf("%d checks passed; ended: %v", passed, ended); passed < 300 || len(ended) < 12 {
		t.Errorf("%d checks passed, want more; those of %v ended a run, want nearly all kinds", passed, ended)
	}
}

// A look is what master and monitor tell in a second of the load.
type look struct {
	snapshot locustweb.Snapshot
	row      resource.Row
}

// told is all that they tell of a run.
func told(run *analysis.Run, users []int, each, late int) (looks []look) {
	m := &teller{run: run, told: int(run.Began - run.Start)}
	for second := range each * len(users) {
		s, row := m.tell(second, late)
		s.State = locustweb.StateRunning
		if s.Users != users[second/each] {
			s.State = locustweb.StateSpawning
		}
		looks = append(looks, look{s, row})
	}
	return looks
}

// early follows a load, and returns the second in which it is ended, -1 for never.
func early(looks []look, live *threshold.Live) (int, string) {
	for second, l := range looks {
		if h := live.See(time.Duration(second)*time.Second, l.snapshot, l.row); h != nil {
			return second, h.Error()
		}
	}
	return -1, ""
}
