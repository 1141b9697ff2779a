package statistics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gregaria/loadtest/internal/statistics"
)

// TestShift has the intervals that R's wilcox.test(b, a, conf.int = TRUE, exact = TRUE) has for the same numbers.
func TestShift(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why       string
		a, b      []float64
		want      statistics.Interval
		sure      float64
		tolerance float64
	}{
		{"3 and 3 have 90 %", []float64{1, 2, 3}, []float64{11, 12, 13}, statistics.Interval{Value: 10, Low: 8, High: 12}, 0.9, 1e-9},
		{"4 and 4 have 97 %", []float64{1, 2, 3, 4}, []float64{11, 12, 13, 14}, statistics.Interval{Value: 10, Low: 7, High: 13}, 1 - 2.0/70, 1e-9},
		{"5 and 5 leave two out at each end", []float64{1, 2, 3, 4, 5}, []float64{11, 12, 13, 14, 15}, statistics.Interval{Value: 10, Low: 7, High: 13}, 1 - 8.0/252, 1e-9},
		{"one and one have no confidence", []float64{1}, []float64{3}, statistics.Interval{Value: 2, Low: 2, High: 2}, 0, 1e-9},
		{"absent values do not count", []float64{1, math.NaN()}, []float64{3}, statistics.Interval{Value: 2, Low: 2, High: 2}, 0, 1e-9},
	} {
		got, sure := statistics.Shift(c.a, c.b, 0.95)
		if got != c.want || !near(sure, c.sure, c.tolerance) {
			t.Errorf("%s: Shift(%v, %v) = %+v at %.4f, want %+v at %.4f", c.why, c.a, c.b, got, sure, c.want, c.sure)
		}
	}
	if got, sure := statistics.Shift(nil, []float64{1}, 0.95); !math.IsNaN(got.Value) || sure != 0 {
		t.Errorf("Shift of nothing = %+v at %v, want none", got, sure)
	}
}

// TestAbove holds the p against a count of all permutations.
func TestAbove(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 2))
	for range 50 {
		n, m := 2+r.IntN(4), 2+r.IntN(4)
		all := make([]float64, n+m)
		for i := range all {
			all[i] = r.Float64()
		}
		wrong := func(mask int) (count int) { // pairs in the wrong order where the mask has b
			for i := range all {
				for j := range all {
					if mask>>i&1 == 0 && mask>>j&1 == 1 && all[j] <= all[i] {
						count++
					}
				}
			}
			return count
		}
		given := (1<<m - 1) << n
		reached, total := 0, 0
		for mask := range 1 << (n + m) {
			if bits(mask) != m {
				continue
			}
			total++
			if wrong(mask) <= wrong(given) {
				reached++
			}
		}
		if got, want := statistics.Above(all[:n], all[n:], 0), float64(reached)/float64(total); !near(got, want, 1e-12) {
			t.Errorf("Above(%v, %v) = %v, want %v", all[:n], all[n:], got, want)
		}
	}
	if got := statistics.Above([]float64{1, 1}, []float64{1, 1}, 0); got != 1 {
		t.Errorf("Above of equal values = %v, want 1", got)
	}
	if got := statistics.Above(nil, []float64{1}, 0); got != 1 {
		t.Errorf("Above of nothing = %v, want 1", got)
	}
}

func bits(mask int) (n int) {
	for ; mask > 0; mask &= mask - 1 {
		n++
	}
	return n
}

// TestShiftCoverage counts how often the interval holds the truth, and that it follows the values' units.
func TestShiftCoverage(t *testing.T) {
	t.Parallel()
	const times = 1000
	r := rand.New(rand.NewPCG(3, 3))
	for _, k := range []int{3, 4, 5, 8} {
		held, promised := 0, 0.0
		for range times {
			a, b, scaled := make([]float64, k), make([]float64, k), make([]float64, k)
			for i := range k {
				a[i], b[i] = r.NormFloat64(), 2+r.NormFloat64()
				scaled[i] = b[i] + 5
			}
			got, sure := statistics.Shift(a, b, 0.95)
			if promised = sure; got.Low <= 2 && 2 <= got.High {
				held++
			}
			if moved, _ := statistics.Shift(a, scaled, 0.95); !near(moved.Low, got.Low+5, 1e-9) || !near(moved.High, got.High+5, 1e-9) || !near(moved.Value, got.Value+5, 1e-9) {
				t.Fatalf("Shift of values 5 higher = %+v, want %+v and 5", moved, got)
			}
		}
		share := float64(held) / times
		t.Logf("%d and %d values: the interval holds the shift %.1f %% of the time, %.1f %% promised", k, k, 100*share, 100*promised)
		if share < promised-0.025 || share > 0.995 {
			t.Errorf("%d and %d values: the interval holds the shift %.1f %% of the time, want %.1f %%", k, k, 100*share, 100*promised)
		}
	}
}
