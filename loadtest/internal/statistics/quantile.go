package statistics

import (
	"math"
	"slices"
)

// Median is the middle of the values that are there, the mean of the two in the middle of an even number, NaN without any.
func Median(values []float64) float64 { return medianOf(Finite(values)) }

// Quantile is the value that a share of the values are below, between two of them in proportion (type 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages,
// 1996; the default of R and NumPy). NaN without values.
func Quantile(values []float64, share float64) float64 {
	sorted := Finite(values)
	slices.Sort(sorted)
	return quantileOf(sorted, share)
}

// quantileOf is Quantile of sorted values that are all there.
func quantileOf(sorted []float64, share float64) float64 {
	if len(sorted) == 0 || math.IsNaN(share) {
		return math.NaN()
	}
	at := min(max(share, 0), 1) * float64(len(sorted)-1)
	below := int(at)
	above := min(below+1, len(sorted)-1)
	return between(sorted[below], sorted[above], at-float64(below))
}

// between is the point at a share of the way from one value to another: the halves keep the sum of two huge values finite, and equal ends keep it exact.
func between(from, to, share float64) float64 {
	if from == to {
		return from
	}
	return from*(1-share) + to*share
}

// medianOf is the median of values that are all there. It changes their order: Theil-Sen asks for the median of thousands of slopes, and selecting takes a tenth of
// the time of sorting.
func medianOf(values []float64) float64 {
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	selectNth(values, n/2)
	high := values[n/2]
	if n%2 == 1 {
		return high
	}
	return between(slices.Max(values[:n/2]), high, 0.5)
}

// selectNth moves the value that sorting would put at k there, smaller ones before it (Hoare, Algorithm 65: Find, 1961, with a pivot of three).
func selectNth(values []float64, k int) {
	low, high := 0, len(values)-1
	for low < high {
		pivot := middle(values[low], values[(low+high)/2], values[high])
		i, j := low, high
		for i <= j {
			for values[i] < pivot {
				i++
			}
			for values[j] > pivot {
				j--
			}
			if i <= j {
				values[i], values[j] = values[j], values[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return
		}
	}
}

func middle(a, b, c float64) float64 { return max(min(a, b), min(max(a, b), c)) }
