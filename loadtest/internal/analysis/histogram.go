package analysis

// A Histogram is how often each time came. Percentiles of several histograms are read from their sum, and never averaged.
type Histogram []Bucket

// A Bucket is a time in ms, the middle of a bucket of HdrHistogram with two significant digits, and how often it came.
type Bucket struct {
	MS    float64
	Count int64
}

// Count is how many times there are.
func (h Histogram) Count() (n int64) {
	for _, b := range h {
		n += b.Count
	}
	return n
}

// Quantile is the time in ms that a share of all others are below, by Locust's rule (calculate_response_time_percentile in its stats.py), and whether
// there is any.
func (h Histogram) Quantile(share float64) (ms float64, known bool) {
	n := h.Count()
	if n == 0 {
		return 0, false
	}
	rank := min(int64(float64(n)*share), n-1)
	for _, b := range h {
		if rank < b.Count {
			return b.MS, true
		}
		rank -= b.Count
	}
	return h[len(h)-1].MS, true
}

// Sum is all times together, in ms.
func (h Histogram) Sum() (ms float64) {
	for _, b := range h {
		ms += b.MS * float64(b.Count)
	}
	return ms
}
