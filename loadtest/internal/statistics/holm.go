package statistics

import (
	"math"
	"slices"
)

// Holm corrects the p of several tests for their number: to call those below 0.05 found is wrong of any with a chance of at most 0.05, whatever the tests have in common
// (Holm, A Simple Sequentially Rejective Multiple Test Procedure, 1979). The order stays. A test that is absent stays so, and is not counted.
func Holm(ps []float64) []float64 {
	order := make([]int, 0, len(ps))
	corrected := make([]float64, len(ps))
	for i, p := range ps {
		if corrected[i] = math.NaN(); finite(p) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case ps[i] < ps[j]:
			return -1
		case ps[i] > ps[j]:
			return 1
		}
		return 0
	})
	worst := 0.0
	for rank, i := range order {
		worst = max(worst, min(1, ps[i]*float64(len(order)-rank)))
		corrected[i] = worst
	}
	return corrected
}

// Normal is the chance of a value of the standard normal distribution below z.
func Normal(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }
