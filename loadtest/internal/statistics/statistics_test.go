package statistics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gregaria/loadtest/internal/statistics"
)

// made is a series of n values: a line, and noise each of which keeps a share of the one before (an AR(1) process).
func made(r *rand.Rand, n int, slope, noise, keeps float64) (x, y []float64) {
	x, y = make([]float64, n), make([]float64, n)
	last := 0.0
	for i := range n {
		last = keeps*last + math.Sqrt(1-keeps*keeps)*r.NormFloat64()
		x[i], y[i] = float64(i), 100+slope*float64(i)+noise*last
	}
	return x, y
}

func near(a, b, tolerance float64) bool {
	return math.Abs(a-b) <= tolerance*max(1, math.Abs(a), math.Abs(b)) || (math.IsNaN(a) && math.IsNaN(b))
}

func TestMedianAndQuantile(t *testing.T) {
	t.Parallel()
	absent := math.NaN()
	for _, c := range []struct {
		why    string
		values []float64
		share  float64
		want   float64
	}{
		{"nothing has no median", nil, 0.5, absent},
		{"what is absent is nothing", []float64{absent, math.Inf(1)}, 0.5, absent},
		{"one value is all its quantiles", []float64{7}, 0.99, 7},
		{"an odd number has one in the middle", []float64{9, 1, 5}, 0.5, 5},
		{"an even number has the mean of two", []float64{4, 1, 3, 2}, 0.5, 2.5},
		{"absent values do not count", []float64{absent, 4, 1, absent, 3, 2}, 0.5, 2.5},
		{"between two values in proportion, as NumPy", []float64{1, 2, 3, 4}, 0.95, 3.85},
		{"the ends", []float64{3, 1, 2}, 1, 3},
		{"beyond the ends are the ends", []float64{3, 1, 2}, -1, 1},
		{"huge values do not overflow", []float64{math.MaxFloat64, math.MaxFloat64}, 0.5, math.MaxFloat64},
	} {
		if got := statistics.Quantile(c.values, c.share); !near(got, c.want, 1e-12) {
			t.Errorf("%s: Quantile(%v, %v) = %v, want %v", c.why, c.values, c.share, got, c.want)
		}
		if c.share != 0.5 {
			continue
		}
		if got := statistics.Median(c.values); !near(got, c.want, 1e-12) {
			t.Errorf("%s: Median(%v) = %v, want %v", c.why, c.values, got, c.want)
		}
	}
}

// TestMedianIsTheQuantile holds the selection against the sorting.
func TestMedianIsTheQuantile(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		values := make([]float64, 1+r.IntN(60))
		for i := range values {
			values[i] = float64(r.IntN(20)) // many are equal
		}
		before := append([]float64(nil), values...)
		if got, want := statistics.Median(values), statistics.Quantile(values, 0.5); got != want {
			t.Fatalf("Median(%v) = %v, want %v", values, got, want)
		}
		for i := range values {
			if values[i] != before[i] {
				t.Fatalf("Median changed its input: %v, was %v", values, before)
			}
		}
	}
}

func TestHolm(t *testing.T) {
	t.Parallel()
	absent := math.NaN()
	// The example of R's p.adjust(c(0.01, 0.02, 0.03, 0.04), "holm") and its like.
	for _, c := range []struct{ ps, want []float64 }{
		{nil, nil},
		{[]float64{0.04, 0.01, 0.03, 0.02}, []float64{0.06, 0.04, 0.06, 0.06}},
		{[]float64{0.01, absent, 0.04}, []float64{0.02, absent, 0.04}},
		{[]float64{0.9, 0.8}, []float64{1, 1}},
		{[]float64{0.02, 0.02}, []float64{0.04, 0.04}},
	} {
		got := statistics.Holm(c.ps)
		if len(got) != len(c.want) {
			t.Fatalf("Holm(%v) = %v, want %v", c.ps, got, c.want)
		}
		for i := range got {
			if !near(got[i], c.want[i], 1e-12) {
				t.Errorf("Holm(%v) = %v, want %v", c.ps, got, c.want)
				break
			}
		}
	}
}

func TestPeriod(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 1))
	saw := func(n, period int, noise float64) []float64 {
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(i%period)/float64(period) + noise*r.NormFloat64()
		}
		return values
	}
	for _, period := range []int{5, 12, 30} {
		for range 20 {
			if got, known := statistics.Period(saw(120, period, 0.1)); !known || got < period-1 || got > period+1 {
				t.Errorf("Period of a saw-tooth of %d = %d, %v", period, got, known)
			}
		}
	}
	pairs := saw(150, 10, 0)
	for i := range pairs {
		pairs[i] += 0.35 * float64(i%20/10) // each second tooth stands higher
	}
	if got, known := statistics.Period(pairs); !known || got != 20 {
		t.Errorf("Period of teeth of 10 in pairs = %d, %v, want 20", got, known)
	}
	if got, known := statistics.Period(saw(60, 30, 0)); known {
		t.Errorf("Period of two periods = %d, want none: it may be chance", got)
	}
	if got, known := statistics.Period(make([]float64, 100)); known {
		t.Errorf("Period of a constant = %d, want none", got)
	}
	found := 0
	for range 200 {
		_, noise := made(r, 120, 0, 1, 0)
		if _, known := statistics.Period(noise); known {
			found++
		}
	}
	if found > 10 {
		t.Errorf("a period was found in %d of 200 series of noise, want at most 10", found)
	}
}

func TestAutocorrelation(t *testing.T) {
	t.Parallel()
	_, y := made(rand.New(rand.NewPCG(4, 1)), 4000, 0, 1, 0.6)
	for lag, want := range []float64{1, 0.6, 0.36} {
		if got := statistics.Autocorrelation(y, lag); math.Abs(got-want) > 0.06 {
			t.Errorf("Autocorrelation(AR(1) of 0.6, %d) = %.2f, want %.2f", lag, got, want)
		}
	}
	for _, lag := range []int{-1, 4000} {
		if got := statistics.Autocorrelation(y, lag); !math.IsNaN(got) {
			t.Errorf("Autocorrelation(4000 values, %d) = %v, want none", lag, got)
		}
	}
}
