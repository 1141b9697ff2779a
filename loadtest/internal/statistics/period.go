package statistics

import "math"

// leastLikeness is from which autocorrelation on values count as repeating themselves: well above what chance makes of n independent values, 1/sqrt(n).
func leastLikeness(n int) float64 { return max(0.3, 4/math.Sqrt(float64(n))) }

// Period is after how many values in a row they repeat themselves: the first peak of the autocorrelation behind its first fall below 0 that is 0.3 or more, more for few values, and
// nearly as high as the highest. There have to be three periods, to see that it repeats. Values with a slope are to be freed of it before.
func Period(values []float64) (period int, known bool) {
	near := correlations(values, len(values)/3+1)
	lag := 1
	for lag < len(near) && near[lag] > 0 {
		lag++
	}
	least, highest, peaks := leastLikeness(len(values)), 0.0, []int(nil)
	for ; lag < len(near)-1; lag++ {
		if near[lag] >= least && near[lag] >= near[lag-1] && near[lag] >= near[lag+1] {
			peaks, highest = append(peaks, lag), max(highest, near[lag])
		}
	}
	for _, lag := range peaks {
		if near[lag] >= 0.8*highest {
			return lag, true
		}
	}
	return 0, false
}

// Autocorrelation is how alike values are to those that come so many later, from -1 to 1, of the pairs that are there. NaN where values do not differ.
func Autocorrelation(values []float64, lag int) float64 {
	near := correlations(values, lag)
	if lag < 0 || lag >= len(near) {
		return math.NaN()
	}
	return near[lag]
}

// correlations are the autocorrelations for the lags 0 to most, by the usual estimate: sums of products over the sum of squares, whatever the number of pairs, so that
// few pairs say little. Nil where values do not differ.
func correlations(values []float64, most int) []float64 {
	mean, squares := Mean(values), 0.0
	off := make([]float64, len(values)) // an absent value is at the mean: it adds nothing
	largest := 0.0
	for i, v := range values {
		if finite(v) {
			off[i] = v - mean
			largest = max(largest, math.Abs(off[i]))
		}
	}
	if !finite(largest) || largest <= 1e-12*math.Abs(mean) {
		return nil
	}
	for i := range off {
		off[i] /= largest // squares of tiny and of huge values stay numbers
		squares += off[i] * off[i]
	}
	near := make([]float64, min(most, len(values)-1)+1)
	for lag := range near {
		sum := 0.0
		for i := lag; i < len(off); i++ {
			sum += off[i] * off[i-lag]
		}
		near[lag] = sum / squares
	}
	return near
}
