package analysis

import (
	"math"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/statistics"
)

// The rules for the points of the curve of throughput over users.
const (
	// rampPoints is into how many points a ramp is cut, rampLeast and rampMost how many seconds one has.
	rampPoints = 30
	rampLeast  = 2
	rampMost   = 10
	// slowShare and slowResponses: a part of a ramp is a load of its own where users change by less than this share within so many response times.
	slowShare     = 0.05
	slowResponses = 5
	// requestsLeast is how many requests a point needs.
	requestsLeast = 5
)

// A load is a Point with what the laws need beside it.
type load struct {
	Point
	// response is the mean response time in ms.
	response float64
	// requests and failures are counts of all its seconds.
	requests, failures float64
	// seconds are the throughputs of each second.
	seconds []float64
	// slow says that what was measured belongs to this number of users: the load is a level, or a ramp that is slow.
	slow bool
	// settled says that it does even to the waits of users: of those who came within a wait, each began with a request.
	settled bool
}

// loads are the levels of a run and the parts of its ramps, in the order of time.
func (v *view) loads() []load {
	var all []load
	for _, p := range v.phases {
		switch p.Kind {
		case Steady:
			all = v.appendLoad(all, p, true)
		case Ramp:
			width := int64(min(rampMost, max(rampLeast, p.Length()/rampPoints)))
			for from := p.From; from <= p.To; from += width {
				part := Phase{Ramp, from, min(p.To, from+width-1)}
				all = v.appendLoad(all, part, v.slow(part))
			}
		case WarmUp, Stopping, Settling:
		}
	}
	return all
}

// slow says whether users change little while a request is answered.
func (v *view) slow(p Phase) bool {
	seconds := slowResponses * statistics.Mean(v.cut(v.response, p.From, p.To)) / 1000
	return v.change(p)*seconds < slowShare*statistics.Mean(v.cut(v.users, p.From, p.To))
}

// appendLoad measures the load of some seconds. One with too few requests is left out.
func (v *view) appendLoad(all []load, p Phase, slow bool) []load {
	requests := v.cut(v.requests, p.From, p.To)
	users := statistics.Mean(v.cut(v.users, p.From, p.To))
	l := load{seconds: requests, slow: slow}
	for i, n := range requests {
		if n > 0 {
			l.requests += n
			l.failures += math.Max(0, v.failures[v.index(p.From)+i])
		}
	}
	if math.IsNaN(users) || users <= 0 || l.requests < requestsLeast {
		return all
	}
	l.Point = Point{Users: users, Throughput: throughput(requests), From: p.From, Seconds: p.Length(), Kind: string(p.Kind)}
	if !v.latencies(&l, p) {
		return all
	}
	cycle := users * float64(l.Seconds) / l.requests
	l.settled = l.Kind == string(Steady) || l.slow && v.change(p)*cycle < slowShare*users
	return append(all, l)
}

// change is by how many users a second the load changes, from the second before on.
func (v *view) change(p Phase) float64 {
	users := v.cut(v.users, p.From, p.To)
	before := 0.0
	if i := v.index(p.From) - 1; i >= 0 {
		before = nanZero(v.users[i])
	}
	return math.Abs(users[len(users)-1]-before) / float64(len(users))
}

// throughput is the median of means over 5 s where there are enough of them, so that one second does not decide, and else the mean: a median of seconds is a
// whole number where requests are few.
func throughput(seconds []float64) float64 {
	if means := batches(seconds, mserBatch); len(present(means)) >= 5 {
		return statistics.Median(means)
	}
	return statistics.Mean(seconds)
}

// latencies reads the response times of a load out of merged histograms or, without any, takes the middle of what Locust's history has.
func (v *view) latencies(l *load, p Phase) bool {
	if v.measured {
		h := v.phaseOf(v.run.Total.Phases[timing.Response], []Phase{p})
		n := h.Count()
		if n == 0 {
			return false
		}
		l.P50, _ = h.Quantile(0.5)
		l.P95, _ = h.Quantile(0.95)
		l.response = h.Sum() / float64(n)
		return true
	}
	l.P50 = statistics.Median(v.cut(v.run.Total.P50.Values, p.From, p.To))
	l.P95 = statistics.Median(v.cut(v.p95, p.From, p.To))
	l.response = l.P50
	return !math.IsNaN(l.P50) && !math.IsNaN(l.P95)
}

// curve are the points of the loads.
func curve(loads []load) []Point {
	points := make([]Point, 0, len(loads))
	for _, l := range loads {
		points = append(points, l.Point)
	}
	return points
}
