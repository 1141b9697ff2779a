// Package statistics has the estimates that make a verdict out of noisy series: robust, with intervals, and without a clock or chance: the same input gives the same
// answer. A value that is NaN or infinite is one that is absent.
package statistics

import "math"

// An Interval is an estimate with its interval, of 95 % unless a function says otherwise.
type Interval struct{ Value, Low, High float64 }

// Finite are the values that are there, in their order.
func Finite(values []float64) []float64 {
	there := make([]float64, 0, len(values))
	for _, v := range values {
		if finite(v) {
			there = append(there, v)
		}
	}
	return there
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// Mean is the arithmetic mean of the values that are there, NaN without any.
func Mean(values []float64) float64 {
	sum, n := 0.0, 0.0
	for _, v := range values {
		if finite(v) {
			sum, n = sum+v, n+1
		}
	}
	return sum / n
}
