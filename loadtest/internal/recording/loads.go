package recording

import (
	"cmp"
	"math"
	"path/filepath"
	"slices"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// fillLoads makes the loads of what each second had: of the timings, or else of the history.
func (r *reading) fillLoads(read []timings) {
	stats := r.run.Endpoints // as readStats has left them, in Locust's order
	total := r.run.Total.Stats
	if read != nil {
		r.fromTimings(read)
	} else {
		r.fromHistory()
	}
	r.run.Total.Stats = total
	place := map[[2]string]int{}
	for i, known := range stats {
		place[[2]string{known.Type, known.Name}] = i + 1
		at := slices.IndexFunc(r.run.Endpoints, func(l analysis.Load) bool { return l.Type == known.Type && l.Name == known.Name })
		if at < 0 {
			r.run.Endpoints = append(r.run.Endpoints, r.load(known.Type, known.Name, r.source()))
			at = len(r.run.Endpoints) - 1
		}
		r.run.Endpoints[at].Stats = known.Stats
	}
	last := len(stats) + 1
	slices.SortStableFunc(r.run.Endpoints, func(a, b analysis.Load) int {
		return cmp.Compare(cmp.Or(place[[2]string{a.Type, a.Name}], last), cmp.Or(place[[2]string{b.Type, b.Name}], last))
	})
}

// A source says where the numbers of seconds stand.
type source struct{ file, requests, failures, p50, p95, p99, statuses string }

// source is the timings where there are some, else the history.
func (r *reading) source() source {
	if r.timings != nil {
		p := timing.Response.Percentile
		return source{r.files.Timings, timing.Requests, timing.Failures, p("50"), p("95"), p("99"), timing.Statuses}
	}
	return source{r.history.file, historyRequests, historyFailures, "50%", "95%", "99%", ""}
}

// load is one without values.
func (r *reading) load(kind, name string, of source) analysis.Load {
	return analysis.Load{
		Type: kind, Name: name, Statuses: map[int]int64{}, Requests: r.series(of.file, of.requests), Failures: r.series(of.file, of.failures),
		P50: r.series(of.file, of.p50), P95: r.series(of.file, of.p95), P99: r.series(of.file, of.p99), Statuses5xx: r.series(of.file, of.statuses),
	}
}

// fromTimings fills the loads from the records.
func (r *reading) fromTimings(read []timings) {
	var loads []analysis.Load
	numbers, last := map[[2]string]int{}, int64(0)
	for _, part := range read {
		last = max(last, part.last)
		mine := make([]int, len(part.endpoints)) // the numbers of the part's endpoints among all
		for i, e := range part.endpoints {
			n, found := numbers[[2]string{e.kind, e.name}]
			if !found {
				n = len(loads)
				numbers[[2]string{e.kind, e.name}] = n
				loads = append(loads, r.load(e.kind, e.name, r.source()))
			}
			for status, count := range e.statuses {
				loads[n].Statuses[status] += count
			}
			mine[i] = n
		}
		for i := range part.records {
			r.put(&loads[mine[part.records[i].endpoint]], &part.records[i])
		}
	}
	r.run.Total = r.load("", timing.Aggregated, r.source())
	covered := r.covered(last, counted(loads))
	r.run.Endpoints = nil
	for _, l := range loads {
		r.zero(l.Requests, covered)
		r.zero(l.Failures, covered)
		if l.Statuses5xx.Known() {
			r.zero(l.Statuses5xx, covered)
		}
		if l.Type == "" && l.Name == timing.Aggregated {
			r.run.Total = l
		} else {
			r.run.Endpoints = append(r.run.Endpoints, l)
		}
	}
}

// put takes a row into its second.
func (r *reading) put(l *analysis.Load, row *record) {
	i, again := row.at, !math.IsNaN(l.Requests.Values[row.at])
	for p, h := range row.histograms {
		if h == nil {
			continue
		}
		if l.Phases[p] == nil {
			l.Phases[p] = make([]analysis.Histogram, r.run.Seconds)
		}
		if l.Phases[p][i] != nil {
			h = analysis.Merge(l.Phases[p][i], h)
		}
		l.Phases[p][i] = h
	}
	if !again {
		l.Requests.Values[i], l.Failures.Values[i], l.Statuses5xx.Values[i] = row.requests, row.failures, row.from5
		l.P50.Values[i], l.P95.Values[i], l.P99.Values[i] = row.p50, row.p95, row.p99
		return
	}
	// One that Locust knows and one that it does not may have the same name: percentiles are those of both.
	l.Requests.Values[i] += row.requests
	l.Failures.Values[i] += row.failures
	l.Statuses5xx.Values[i] = sum(l.Statuses5xx.Values[i], row.from5)
	if responses := l.Phases[timing.Response]; responses != nil {
		l.P50.Values[i], l.P95.Values[i], l.P99.Values[i] = quantile(responses[i], 0.5), quantile(responses[i], 0.95), quantile(responses[i], 0.99)
	}
}

// sum adds what is there.
func sum(a, b float64) float64 {
	switch {
	case math.IsNaN(a):
		return b
	case math.IsNaN(b):
		return a
	}
	return a + b
}

// quantile is that of a histogram, NaN where it is empty.
func quantile(h analysis.Histogram, share float64) float64 {
	if ms, known := h.Quantile(share); known {
		return ms
	}
	return math.NaN()
}

// counted is how many requests the timings have; more than any number where they do not say.
func counted(loads []analysis.Load) float64 {
	for _, l := range loads {
		if l.Type == "" && l.Name == timing.Aggregated {
			return added(l.Requests.Values)
		}
	}
	return math.Inf(1)
}

// covered is the last second of which the timings would tell if there had been requests: the end of the load where the history reaches it and counts no more requests than these
// timings, for then the master lived to write all; else the last that is in the file.
func (r *reading) covered(last int64, counted float64) int64 {
	whole := r.facts.Ended > 0
	if points := r.history.total; len(points) > 0 {
		newest := points[len(points)-1]
		whole = newest.second >= r.span.ended-1 && !(newest.requests > counted)
	}
	if whole {
		return max(last, r.span.ended)
	}
	if last < r.span.ended {
		r.notef("%s ends %d s before the load", filepath.Base(r.files.Timings), r.span.ended-last)
	}
	return last
}

// zero sets the seconds of the load in which nothing came to zero, up to the one that is covered.
func (r *reading) zero(s analysis.Series, covered int64) {
	for second := r.span.began; second <= min(covered, r.span.last); second++ {
		if i := second - r.span.first; math.IsNaN(s.Values[i]) {
			s.Values[i] = 0
		}
	}
}
