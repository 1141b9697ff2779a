package recording

import (
	"math"
	"path/filepath"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// report is how often workers tell the master of their requests, in seconds (WORKER_REPORT_INTERVAL in locust/runners.py).
const report = 3

// fromHistory fills the loads from Locust's history: requests of a second are the difference of two counts.
func (r *reading) fromHistory() {
	h := r.history
	stats := r.run.Total.Stats
	r.run.Total = r.load("", timing.Aggregated, r.source())
	r.run.Total.Stats = stats
	r.run.Endpoints = nil
	if len(h.total) == 0 {
		return
	}
	r.fromPoints(&r.run.Total, h.total)
	for _, n := range h.names {
		l := r.load(n.kind, n.name, r.source())
		r.fromPoints(&l, n.points)
		r.run.Endpoints = append(r.run.Endpoints, l)
	}
	name := filepath.Base(h.file)
	if counted, all := added(r.run.Total.Requests.Values), r.run.Total.Stats.Requests; counted < float64(all)-0.5 {
		r.notef("%s has the seconds of %.0f of %d requests: Locust did not get to write the rest", name, counted, all)
	}
	r.notef("requests of a second are differences of the counts in %s, of which workers tell every %d s; with timings (docs/timings.md) they would be those of the second", name, report)
	if h.full {
		r.notef("percentiles of a second are those of about the last 10 s in %s", name)
	} else {
		r.notef("percentiles in %s are those since the beginning of the test, and left out; Locust's --csv-full-history has those of the last seconds", name)
	}
}

// added adds up what is there.
func added(values []float64) (sum float64) {
	for _, v := range values {
		if !math.IsNaN(v) {
			sum += v
		}
	}
	return sum
}

// fromPoints fills one load.
func (r *reading) fromPoints(l *analysis.Load, points []point) {
	requests, failures := counter{reading: r, to: l.Requests}, counter{reading: r, to: l.Failures}
	defer requests.end()
	defer failures.end()
	for _, p := range points {
		requests.see(p.second, p.requests)
		failures.see(p.second, p.failures)
		i := p.second - r.span.first
		if i < 0 || i >= int64(r.run.Seconds) || !r.history.full {
			continue
		}
		l.P50.Values[i], l.P95.Values[i], l.P99.Values[i] = p.p50, p.p95, p.p99
	}
}

// A counter makes the counts of seconds of a count that rises. Where it stood still for less than the time between two reports of a worker, the requests
// of the next row are those of all these seconds: they are divided among them.
type counter struct {
	*reading
	to     analysis.Series
	before float64 // the count
	from   int64   // the second behind the last that has its requests
	last   int64   // the second of the last row
}

// see takes a row.
func (c *counter) see(second int64, count float64) {
	if math.IsNaN(count) || second > c.span.last {
		return
	}
	c.last = second
	if second < c.span.began {
		c.before, c.from = count, second+1
		return
	}
	if count < c.before { // Locust has forgotten what was before
		c.before = 0
	}
	c.from = max(c.from, c.span.began)
	more := count - c.before
	c.before = count
	if second < c.from { // a row of the same second
		c.to.Values[second-c.span.first] = sum(c.to.Values[second-c.span.first], more)
		return
	}
	if more == 0 && second-c.from < report-1 {
		return
	}
	for at := c.from; at <= second; at++ {
		c.to.Values[at-c.span.first] = more / float64(second-c.from+1)
	}
	c.from = second + 1
}

// end is behind the last row: where the count stood still until then, nothing came.
func (c *counter) end() {
	for at := max(c.from, c.span.began); at <= min(c.last, c.span.ended); at++ {
		c.to.Values[at-c.span.first] = 0
	}
}

// fillUsers fills the users, of whom a row that Locust has left out knows the row before it.
func (r *reading) fillUsers() {
	r.run.Users = r.series(r.history.file, historyUsers)
	values := r.run.Users.Values
	for _, p := range r.history.total {
		if i := p.second - r.span.first; i >= 0 && i < int64(len(values)) {
			values[i] = p.users
		}
	}
	for i := 1; i+1 < len(values); i++ {
		if math.IsNaN(values[i]) && !math.IsNaN(values[i-1]) && !math.IsNaN(values[i+1]) {
			values[i] = values[i-1]
		}
	}
}
