package analysis

import (
	"math"

	"gregaria/internal/timing"
)

// endpoints are the rows of the table of a run as Locust has it, all requests last.
func (v *view) endpoints(run *Run) []Endpoint {
	rows := make([]Endpoint, 0, len(run.Endpoints)+1)
	for i := range run.Endpoints {
		rows = append(rows, v.endpoint(&run.Endpoints[i]))
	}
	return append(rows, v.endpoint(&run.Total))
}

// endpoint is a row: out of histograms where there are any, because Locust rounds its percentiles to two digits, else as Locust has it.
func (v *view) endpoint(l *Load) Endpoint {
	e := Endpoint{Type: l.Type, Name: l.Name}
	v.counts(&e, l)
	steady := v.phaseOf(l.Phases[timing.Response], v.steady())
	if steady.Count() > 0 {
		e.SteadyP50, e.SteadyP95, e.SteadyP99 = read(steady, 0.5), read(steady, 0.95), read(steady, 0.99)
	}
	v.times(&e, l, Merge(steady, v.phaseOf(l.Phases[timing.Response], v.others())))
	return e
}

// others are the seconds of no steady phase.
func (v *view) others() []Phase {
	var all []Phase
	from := v.run.Start
	for _, p := range v.steady() {
		all = append(all, Phase{From: from, To: p.From - 1})
		from = p.To + 1
	}
	return append(all, Phase{From: from, To: v.run.Start + int64(v.run.Seconds) - 1})
}

// counts are Locust's own, of the whole run; those of the seconds where Locust has no such row.
func (v *view) counts(e *Endpoint, l *Load) {
	e.Requests, e.Failures, e.RequestsPerSecond = l.Stats.Requests, l.Stats.Failures, l.Stats.RequestsPerSecond
	if e.Requests == 0 {
		e.Requests, e.Failures = total(l.Requests), total(l.Failures)
	}
	if seconds := v.run.Ended - v.run.Began + 1; e.RequestsPerSecond == 0 && seconds > 0 {
		e.RequestsPerSecond = float64(e.Requests) / float64(seconds)
	}
}

// total is the sum of the seconds that are there.
func total(s Series) (n int) {
	for _, x := range s.Values {
		n += int(nanZero(x))
	}
	return n
}

// times are those of the whole run, whose response times are in h.
func (v *view) times(e *Endpoint, l *Load, h Histogram) {
	if h.Count() > 0 {
		average := h.Sum() / float64(h.Count())
		e.Average, e.Min, e.Max = &average, &h[0].MS, &h[len(h)-1].MS
		e.Median, e.P95, e.P99 = read(h, 0.5), read(h, 0.95), read(h, 0.99)
	}
	if s := &l.Stats; s.Requests > 0 { // Locust's smallest and largest are exact, those of a bucket are not
		e.Average, e.Min, e.Max = known(s.Average, e.Average), known(s.Min, e.Min), known(s.Max, e.Max)
		if e.Median == nil {
			e.Median, e.P95, e.P99 = known(s.Median, nil), percentile(s, "95%"), percentile(s, "99%")
		}
	}
	if e.Max != nil { // the middle of the bucket of the largest time may lie above it
		for _, ms := range []*float64{e.Median, e.P95, e.P99, e.SteadyP50, e.SteadyP95, e.SteadyP99} {
			if ms != nil {
				*ms = min(*ms, *e.Max)
			}
		}
	}
	all := []Phase{{From: v.run.Start, To: v.run.Start + int64(v.run.Seconds) - 1}}
	e.WaitP95 = read(v.phaseOf(l.Phases[timing.Wait], all), 0.95)
	e.FirstEventP95 = read(v.phaseOf(l.Phases[timing.FirstEvent], all), 0.95)
	e.ScheduledP95 = read(v.phaseOf(l.Phases[timing.Scheduled], all), 0.95)
}

// read is a percentile, nil without any time.
func read(h Histogram, share float64) *float64 {
	if ms, known := h.Quantile(share); known {
		return &ms
	}
	return nil
}

// known is a number that Locust has, or else what was known without.
func known(ms float64, other *float64) *float64 {
	if math.IsNaN(ms) || ms == 0 && other != nil {
		return other
	}
	return &ms
}

// percentile is one of Locust's, nil where it has none.
func percentile(s *Stats, name string) *float64 {
	ms, found := s.Percentiles[name]
	if !found || math.IsNaN(ms) {
		return nil
	}
	return &ms
}
