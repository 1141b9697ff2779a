package analysis

import (
	"math"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/statistics"
)

// The rules for the operational laws (Denning and Buzen, "The Operational Analysis of Queueing Network Models", 1978).
const (
	// lowThroughput is the part of the highest throughput up to which a load is low: hardly any request waits for another. Where there are enough requests below it,
	// lowestThroughput is.
	lowThroughput    = 0.35
	lowestThroughput = 0.2
	// lowRequests is how many requests a service time is read from, lowLeast how many it needs.
	lowRequests = 50
	lowLeast    = 10
	// coldTimes: a time of more than so many medians counts as that, because the first request of a connection, a cache or a thread says nothing of the later ones.
	coldTimes = 5
	// lastSeconds is how long a throughput lasts, lastShare how near to the highest a level must come to be taken for it: it is longer, and so more certain.
	lastSeconds = 10
	lastShare   = 0.95
	// wholeWithin is how near a parallelism must be to a whole number, and its interval within half a one, to be said as that.
	wholeWithin = 0.25
)

// laws are what the load alone tells.
func (v *view) laws(loads []load, t turn) Laws {
	laws := Laws{Points: curve(loads), Streams: v.streams}
	laws.Throughput = v.highest(loads, t)
	low := v.service(loads, laws.Throughput)
	laws.ServiceTime, laws.LowLoad = low.time, low.how
	if z, known := think(loads, t); known {
		z = math.Max(0, z)
		laws.ThinkTime = &z
	}
	if t.seen == turned {
		laws.Knee = t.users
		if low.low && laws.Throughput != nil {
			laws.Parallelism = v.parallelism(*laws.Throughput, *low.time, low.network)
		}
	}
	laws.USL, laws.WhyNotUSL = fitUSL(v.stayed(loads, t))
	if laws.WhyNotUSL == whyBent && t.seen == grew {
		laws.WhyNotUSL = "throughput grew with the users to the end: these loads show no limit"
	}
	return laws
}

// highest is the highest throughput that lasted: of a level, or of ten seconds of a ramp.
func (v *view) highest(loads []load, t turn) *Interval {
	var best *Interval
	take := func(seconds []float64) {
		if i, known := average(seconds); known && (best == nil || i.Value > best.Value) {
			best = &i
		}
	}
	for _, p := range only(v.phases, Ramp) {
		for from := p.From; from+lastSeconds-1 <= p.To; from += lastSeconds {
			take(v.cut(v.requests, from, from+lastSeconds-1))
		}
	}
	if t.seen == turned { // the part of a ramp behind the turn lasts longer than ten seconds
		for _, p := range only(v.phases, Ramp) {
			if p.To-max(p.From, t.high) >= lastSeconds {
				take(v.cut(v.requests, max(p.From, t.high), p.To))
			}
		}
	}
	var level *Interval
	for _, l := range loads {
		i, known := average(l.seconds)
		if known && l.Kind == string(Steady) && (level == nil || i.Value > level.Value) {
			level = &i
		}
	}
	if level != nil && (best == nil || level.Value >= lastShare*best.Value) {
		return level
	}
	return best
}

// average is the mean of seconds with the interval of Student's t over means of five seconds: neighbours are alike.
func average(seconds []float64) (i Interval, known bool) {
	means := present(batches(seconds, mserBatch))
	if len(means) == 0 || len(present(seconds)) < mserBatch {
		return i, false
	}
	m := statistics.Mean(seconds)
	n := float64(len(means))
	half := math.Sqrt(math.Max(0, m)/float64(len(present(seconds)))) * 2 // counts without anything else are Poisson's
	if n > 2 {
		half = student(n-1) * math.Sqrt(variance(means)/n)
	}
	return Interval{m, math.Max(0, m-half), m + half}, true
}

// student is the 97.5 % quantile of Student's t, by the first terms of its expansion (Abramowitz and Stegun, 26.7.5).
func student(freedom float64) float64 {
	const z = 1.959964
	return z + (z*z*z+z)/(4*freedom) + (5*z*z*z*z*z+16*z*z*z+3*z)/(96*freedom*freedom)
}

// A service is the response time at low load.
type service struct {
	time *Interval
	how  string
	// low says that the load was low once; network is the median time to make a connection, in ms, 0 where that is not known: a part of the response time in which the
	// server does nothing.
	low     bool
	network float64
}

// think is what users wait between two requests, in ms: N/X - R over the loads below the turn or, where there are none, all of them.
func think(loads []load, t turn) (z float64, known bool) {
	var below, young, all waits
	for _, l := range loads {
		if l.requests < requestsLeast || !l.slow || l.Users < 1 {
			continue
		}
		all.add(l)
		if t.seen == turned && l.Users > lowShare*t.users {
			continue
		}
		young.add(l)
		if l.settled {
			below.add(l)
		}
	}
	for _, more := range []waits{young, all} {
		if below.requests < lowRequests {
			below = more
		}
	}
	return below.mean(), below.requests > 0
}

// waits are sums over loads: of the time of users in s, of requests, and of the time that these took in ms.
type waits struct{ users, requests, responses float64 }

func (w *waits) add(l load) {
	w.users += l.Users * float64(l.Seconds)
	w.requests += l.requests
	w.responses += l.requests * l.response
}

// mean is N/X - R in ms.
func (w waits) mean() float64 { return (1000*w.users - w.responses) / w.requests }

// parallelism is X S with the interval of a product. The way to the server and back is part of S, and nothing is worked on then: what it takes is known from
// connections, which are made without the server's program. Where it is not known and may be long, the work may be anything below.
func (v *view) parallelism(x, s Interval, network float64) *Interval {
	most := x.Value * s.Value / 1000
	below, above := math.Hypot(x.Value/x.Low-1, s.Value/s.Low-1), math.Hypot(x.High/x.Value-1, s.High/s.Value-1)
	m := &Interval{most, most / (1 + below), most * (1 + above)}
	switch {
	case network > 0:
		m.Value = math.Max(0, most-x.Value*network/1000)
		m.Low = math.Max(0, m.Low-x.Value*network/1000)
	case !v.run.Info.Local:
		m.Low = 0
	}
	return m
}

// whole is the number that a parallelism is near to, and whether it is: the interval excludes its neighbours' halves.
func whole(m *Interval) (k int, near bool) {
	if m == nil {
		return 0, false
	}
	k = int(math.Round(m.Value))
	return k, k >= 1 && math.Abs(m.Value-float64(k)) <= wholeWithin && m.Low > float64(k)-0.5 && m.High < float64(k)+0.5
}

// phaseOf merges a phase's histograms of the seconds of loads.
func (v *view) phaseOf(histograms []Histogram, seconds []Phase) Histogram {
	var all []Histogram
	for _, p := range seconds {
		first, last := v.clip(p.From, p.To)
		all = append(all, histograms[min(first, len(histograms)):min(last, len(histograms))]...)
	}
	return Merge(all...)
}

// connects is the median time to make a connection in some seconds, in ms, 0 where none is known.
func (v *view) connects(seconds []Phase) float64 {
	ms, _ := v.phaseOf(v.run.Total.Phases[timing.Connect], seconds).Quantile(0.5)
	return ms
}
