package analysis

import (
	"math"

	"gregaria/internal/timing"
)

// A view is a run as the rules read it: a value a second, of the whole run.
type view struct {
	run    *Run
	phases []Phase
	// users has no holes within the load and none of the glitches of a second or two that a late report of a worker makes.
	users []float64
	// requests, failures and p95 are those of all requests, response is their mean response time in ms.
	requests, failures, p95, response []float64
	// streams says that the time of a request reaches to the end of the stream that answers it.
	streams bool
	// measured says that response is a mean out of histograms, and no median of Locust's history.
	measured bool
}

// newView reads a run. Phases come later: they are made of the same series. A series that is shorter than the run is absent from there on, and a load that reaches beyond
// what was measured ends there.
func newView(run *Run) *view {
	run, streams := lived(run)
	whole := *run
	whole.Seconds = max(1, run.Seconds)
	end := run.Start + int64(whole.Seconds) - 1
	whole.Began = min(max(run.Began, run.Start), end)
	whole.Ended = min(max(run.Ended, whole.Began), end)
	v := &view{run: &whole, streams: streams}
	v.users = heldUsers(&whole)
	v.requests, v.failures, v.p95 = v.padded(run.Total.Requests.Values), v.padded(run.Total.Failures.Values), v.padded(run.Total.P95.Values)
	values, measured := responses(&whole)
	v.response, v.measured = v.padded(values), measured
	return v
}

// padded are values of all seconds of the run.
func (v *view) padded(values []float64) []float64 {
	if len(values) == v.run.Seconds {
		return values
	}
	all := make([]float64, v.run.Seconds)
	for i := range all {
		all[i] = math.NaN()
	}
	copy(all, values)
	return all
}

// index is the place of a second in the series.
func (v *view) index(second int64) int { return int(second - v.run.Start) }

// clip returns the places of the seconds from from to to that the run has: [first, last).
func (v *view) clip(from, to int64) (first, last int) {
	first, last = max(0, v.index(from)), min(v.run.Seconds, v.index(to)+1)
	return first, max(first, last)
}

// cut returns the values of the seconds from from to to.
func (v *view) cut(values []float64, from, to int64) []float64 {
	first, last := v.clip(from, to)
	last = min(last, len(values))
	if first >= last {
		return nil
	}
	return values[first:last]
}

// steady are the steady phases.
func (v *view) steady() []Phase { return only(v.phases, Steady) }

// only are the phases of a kind.
func only(phases []Phase, kind PhaseKind) []Phase {
	var all []Phase
	for _, p := range phases {
		if p.Kind == kind {
			all = append(all, p)
		}
	}
	return all
}

// Length is how many seconds a phase has.
func (p Phase) Length() int { return int(p.To - p.From + 1) }

// responses are the mean response times of each second in ms: out of histograms or, without any, the medians of Locust's history.
func responses(run *Run) (values []float64, measured bool) {
	histograms := run.Total.Phases[timing.Response]
	if histograms == nil {
		return run.Total.P50.Values, false
	}
	values = make([]float64, run.Seconds)
	for i := range values {
		values[i] = math.NaN()
		if i < len(histograms) {
			if n := histograms[i].Count(); n > 0 {
				values[i] = histograms[i].Sum() / float64(n)
			}
		}
	}
	return values, true
}

// glitch is for how many seconds a number of users may be another and be held for the one before and after: a worker's report is late.
const glitch = 2

// heldUsers are the users of each second of the load: absent seconds have those of the second before, glitches are mended.
func heldUsers(run *Run) []float64 {
	users := make([]float64, run.Seconds)
	last := math.NaN()
	for i := range users {
		users[i] = math.NaN()
		if i < len(run.Users.Values) {
			users[i] = run.Users.Values[i]
		}
		if math.IsNaN(users[i]) && int64(i) >= run.Began-run.Start && int64(i) <= run.Ended-run.Start {
			users[i] = last
		}
		last = users[i]
	}
	for i := 1; i < len(users); i++ {
		if users[i] == users[i-1] {
			continue
		}
		for back := i + 1; back <= i+glitch && back < len(users); back++ {
			if users[back] == users[i-1] {
				for k := i; k < back; k++ {
					users[k] = users[i-1]
				}
				break
			}
		}
	}
	return users
}
