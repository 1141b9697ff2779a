package metrics

import "gregaria/worker/internal/stats"

// bucketCount is how many bounds there are.
const bucketCount = 15

// bounds are the upper bounds of the histogram's buckets in seconds: from what a cache answers to what a video takes.
//
// Subtle: the response times come as Locust rounds them, to whole milliseconds below 100 ms and to two digits above, so a
// time counts under a bound if it does so rounded: 5.4 ms under 0.005. That is how Locust's own percentiles count it.
func bounds() [bucketCount]float64 {
	return [...]float64{0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120}
}

// counts are a worker's requests since it began.
type counts struct {
	rows       map[key]row
	incomplete int64 // cut off by a stop: in no row
}

// A row counts the requests of one method and name.
type row struct {
	requests, failures int64
	timed              uint64              // requests with a response time
	seconds            float64             // the sum of those times, not rounded
	buckets            [bucketCount]uint64 // how many of those times are at most the bound of that index, but above the one before
}

// plus adds an entry of a report.
func (r row) plus(e *stats.Entry) row {
	r.requests += e.NumRequests
	r.failures += e.NumFailures
	r.timed += uint64(e.NumRequests - e.NumNoneRequests)
	r.seconds += e.TotalResponseTime.Float64() / 1000
	for ms, n := range e.ResponseTimes {
		if i := bucket(float64(ms) / 1000); i < bucketCount {
			r.buckets[i] += uint64(n)
		}
	}
	return r
}

// logged adds one request.
func (r row) logged(ms, rounded float64) row {
	r.requests++
	if rounded < 0 {
		return r
	}
	r.timed++
	r.seconds += ms / 1000
	if i := bucket(rounded / 1000); i < bucketCount {
		r.buckets[i]++
	}
	return r
}

// and adds the row of another worker.
func (r row) and(o row) row {
	r.requests += o.requests
	r.failures += o.failures
	r.timed += o.timed
	r.seconds += o.seconds
	for i, n := range o.buckets {
		r.buckets[i] += n
	}
	return r
}

// bucket returns the index of the first bound that is not below a time, bucketCount if there is none.
func bucket(seconds float64) int {
	for i, bound := range bounds() {
		if seconds <= bound {
			return i
		}
	}
	return bucketCount
}

// cumulative are the buckets as Prometheus has them: how many times are at most each bound.
func (r row) cumulative() map[float64]uint64 {
	buckets, sum := make(map[float64]uint64, bucketCount), uint64(0)
	for i, bound := range bounds() {
		sum += r.buckets[i]
		buckets[bound] = sum
	}
	return buckets
}
