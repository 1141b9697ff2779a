package threshold

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// times measures times of requests from merged histograms, or takes Locust's where there are none.
func (c Check) times(run *analysis.Run, p part, loads []*analysis.Load, phase timing.Phase) reading {
	var histograms []analysis.Histogram
	made := 0.0
	indices := p.indices(run)
	for _, l := range loads {
		add(p.values(run, l.Requests), &made)
		for _, i := range indices {
			if i < len(l.Phases[phase]) {
				histograms = append(histograms, l.Phases[phase][i])
			}
		}
	}
	merged := analysis.Merge(histograms...)
	n := merged.Count()
	switch {
	case n > 0:
		return c.ofHistogram(merged, n, made, p, loadFile(run, loads), phase)
	case made == 0 && phase != timing.Lateness && phase != timing.Scheduled:
		return absent("no request ended in %s", p.words)
	case phase == timing.Response:
		return c.ofLocust(run, loads, p)
	case !slices.ContainsFunc(loads, func(l *analysis.Load) bool { return l.Phases[phase] != nil }):
		return absent("no request of the run has a time of %s: %s", phase, whyNone(phase))
	}
	return absent("no request in %s has a time of %s", p.words, phase)
}

// whyNone says what times of a phase need.
func whyNone(phase timing.Phase) string {
	switch phase {
	case timing.Lateness, timing.Scheduled:
		return "it wants --rate or a pacing, and workers in Go"
	case timing.FirstEvent, timing.Gap:
		return "it wants streams, and workers in Go"
	case timing.TLS:
		return "it wants https, and workers in Go"
	}
	return "it wants workers in Go, and their timings.csv"
}

// ofHistogram reads the statistic. Few values are said.
func (c Check) ofHistogram(h analysis.Histogram, n int64, made float64, p part, file string, phase timing.Phase) reading {
	s := c.Measure.Statistic
	r := reading{count: n, beside: fmt.Sprintf("of %d requests", n)}
	if phase != timing.Response {
		r.beside = fmt.Sprintf("of %d values", n)
	}
	switch s {
	case Min:
		r.value = h[0].MS
	case Max:
		r.value = h[len(h)-1].MS
	case Average:
		r.value = h.Sum() / float64(n)
	default:
		percent, _ := s.percent()
		r.value, _ = h.Quantile(percent / 100)
	}
	if n < s.needs() {
		r.why = fmt.Sprintf("%d are few for a %s: it wants %d", n, s, s.needs())
	}
	if seen := float64(n); phase == timing.Response && seen < 0.995*made {
		r.why = strings.TrimPrefix(r.why+fmt.Sprintf("; %.0f of %.0f requests are not in it: timings are of workers in Go", made-seen, made), "; ")
	}
	rule := fmt.Sprintf("%s of the merged histograms of %s, to 0.4 %%", s, p.words)
	r.evidence = []analysis.Evidence{p.evidence(file, phase.String()+"_Histogram", rule)}
	return r
}

// ofLocust takes the times of the whole test from Locust's statistics, which are all there is without timings.
func (c Check) ofLocust(run *analysis.Run, loads []*analysis.Load, p part) reading {
	if len(loads) != 1 {
		return absent("there are no timings, and Locust has no %s of several endpoints together", c.Measure.Statistic)
	}
	stats := loads[0].Stats
	var column string
	value := math.NaN()
	switch c.Measure.Statistic {
	case Average:
		value, column = stats.Average, "Average Response Time"
	case Min:
		value, column = stats.Min, "Min Response Time"
	case Max:
		value, column = stats.Max, "Max Response Time"
	default:
		percent, _ := c.Measure.Statistic.percent()
		column = fmt.Sprintf("%g%%", percent)
		if v, found := stats.Percentiles[column]; found {
			value = v
		}
	}
	if stats.Requests == 0 || math.IsNaN(value) {
		return absent("there are no timings, and Locust has no %s for it", c.Measure.Statistic)
	}
	r := reading{value: value, beside: fmt.Sprintf("of %d requests", stats.Requests), why: "there are no timings: it is Locust's of the whole test, as it rounds it, and not that of " + p.words}
	if c.Over == All {
		r.why = "there are no timings: it is Locust's, as it rounds it"
	}
	if int64(stats.Requests) < c.Measure.Statistic.needs() {
		r.why += fmt.Sprintf("; %d are few for a %s", stats.Requests, c.Measure.Statistic)
	}
	r.evidence = []analysis.Evidence{p.evidence(cmp.Or(run.Info.Files["stats"], "stats.csv"), column, "Locust's row of the whole test")}
	return r
}
