package analysis

import (
	"math"

	"gregaria/loadtest/internal/statistics"
)

// Window returns the values of a series in the seconds from from to to, absent ones too.
func (run *Run) Window(s Series, from, to int64) []float64 {
	first, last := max(0, int(from-run.Start)), min(len(s.Values), int(to-run.Start)+1)
	if first >= last {
		return nil
	}
	return s.Values[first:last]
}

// present are the values that are there.
func present(values []float64) []float64 {
	var there []float64
	for _, v := range values {
		if !math.IsNaN(v) {
			there = append(there, v)
		}
	}
	return there
}

// variance is that of a sample; NaN below two values.
func variance(values []float64) float64 {
	m, sum, n := statistics.Mean(values), 0.0, 0
	for _, v := range values {
		if !math.IsNaN(v) {
			sum += (v - m) * (v - m)
			n++
		}
	}
	return sum / float64(n-1)
}

// batches are the means of each few seconds, the last of them of what is left where that is at least half a batch. A batch without values is NaN.
func batches(values []float64, size int) []float64 {
	var means []float64
	for first := 0; first < len(values); first += size {
		last := min(first+size, len(values))
		if last-first < (size+1)/2 && len(means) > 0 {
			break
		}
		means = append(means, statistics.Mean(values[first:last]))
	}
	return means
}
