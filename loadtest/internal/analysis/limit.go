package analysis

import "math"

// When a resource is at its limit, and when saturated.
const (
	// limitShare is from which part of its capacity on a resource is at its limit in a second.
	limitShare = 0.9
	// limitRows and limitOf: it is saturated where it is so in this share of ten rows. A monitor writes a row a second unless told otherwise.
	limitRows = 10
	limitOf   = 0.8
)

// saturatedFrom is the first place in [first, last) from which on a use, a share of capacity, is saturated.
func saturatedFrom(use []float64, first, last int) (at int, found bool) {
	last = min(last, len(use))
	window := limitRows * interval(use, first, last)
	full, rows := 0, 0
	for end := first; end < last; end++ {
		if !math.IsNaN(use[end]) {
			rows++
			if use[end] >= limitShare {
				full++
			}
		}
		begin := end - window + 1
		if begin > first && !math.IsNaN(use[begin-1]) {
			rows--
			if use[begin-1] >= limitShare {
				full--
			}
		}
		if begin >= first && rows >= limitRows/2 && float64(full) >= limitOf*float64(rows) {
			for use[begin] < limitShare || math.IsNaN(use[begin]) {
				begin++
			}
			return begin, true
		}
	}
	return 0, false
}

// interval is how many seconds lie between two rows.
func interval(values []float64, first, last int) int {
	rows := len(present(values[first:last]))
	if rows == 0 {
		return 1
	}
	return max(1, int(math.Round(float64(last-first)/float64(rows))))
}

// full is the share of the rows in [first, last) in which a use is at its limit, NaN without rows.
func full(use []float64, first, last int) float64 {
	n, at := 0, 0
	for i := first; i < min(last, len(use)); i++ {
		if math.IsNaN(use[i]) {
			continue
		}
		n++
		if use[i] >= limitShare {
			at++
		}
	}
	return float64(at) / float64(n)
}
