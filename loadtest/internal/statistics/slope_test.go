package statistics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gregaria/loadtest/internal/statistics"
)

func TestTheilSen(t *testing.T) {
	t.Parallel()
	absent := math.NaN()
	for _, c := range []struct {
		why       string
		x, y      []float64
		slope, at float64
		known     bool
	}{
		{"a line is found again", []float64{0, 1, 2, 3}, []float64{5, 7, 9, 11}, 2, 5, true},
		{"the order is no matter", []float64{3, 0, 2, 1}, []float64{11, 5, 9, 7}, 2, 5, true},
		{"two points are a line", []float64{1, 3}, []float64{1, 2}, 0.5, 0.5, true},
		{"points may be near", []float64{0, 0.25, 0.5}, []float64{0, 1, 2}, 4, 0, true},
		{"one outlier of five is passed by", []float64{0, 1, 2, 3, 4}, []float64{0, 1, 900, 3, 4}, 1, 0, true},
		{"pairs that are not whole are left out", []float64{0, absent, 2, 3}, []float64{0, 5, absent, 3}, 1, 0, true},
		{"one x has no slope", []float64{2, 2, 2}, []float64{1, 2, 3}, 0, 0, false},
		{"nothing has no slope", nil, nil, 0, 0, false},
		{"a constant is flat", []float64{0, 1, 2}, []float64{4, 4, 4}, 0, 4, true},
	} {
		got, known := statistics.TheilSen(c.x, c.y)
		if known != c.known || !near(got.Slope, c.slope, 1e-12) || !near(got.At(0), c.at, 1e-12) {
			t.Errorf("%s: TheilSen(%v, %v) = %+v, %v, want %v and %v, %v", c.why, c.x, c.y, got, known, c.slope, c.at, c.known)
		}
	}
}

// TestTheilSenOfMany holds the bins against the truth: an hour with a tenth of its values wild.
func TestTheilSenOfMany(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 1))
	x, y := made(r, 3600, 0.01, 2, 0.5)
	for i := range y {
		if r.IntN(10) == 0 {
			y[i] += 500
		}
	}
	if got, known := statistics.TheilSen(x, y); !known || math.Abs(got.Slope-0.01) > 0.001 {
		t.Errorf("slope = %v, %v, want 0.01", got.Slope, known)
	}
}

// TestSlopeFollowsItsUnits is what makes a slope one: seconds or minutes, MB or GB, and from which level on, are no matter.
func TestSlopeFollowsItsUnits(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(6, 1))
	for _, n := range []int{12, 60, 61, 500} {
		for range 10 {
			x, y := made(r, n, r.NormFloat64(), 5, 0.5)
			base, _ := statistics.Slope(x, y, 9)
			scale, shift, steps := 1+9*r.Float64(), 1000*r.NormFloat64(), 60.0
			other := make([]float64, n)
			later := make([]float64, n)
			for i := range y {
				other[i], later[i] = scale*y[i]+shift, steps*x[i]+1e6
			}
			got, _ := statistics.Slope(later, other, 9)
			by := scale / steps
			if !near(got.Value, base.Value*by, 1e-9) || !near(got.Low, base.Low*by, 1e-9) || !near(got.High, base.High*by, 1e-9) {
				t.Errorf("n %d: Slope of %.3g times the values over %g times the seconds = %+v, want %+v times %g", n, scale, steps, got, base, by)
			}
			line, _ := statistics.TheilSen(x, y)
			moved, _ := statistics.TheilSen(later, other)
			if !near(moved.Slope, line.Slope*by, 1e-9) || !near(moved.At(1e6), scale*line.At(0)+shift, 1e-6) {
				t.Errorf("n %d: TheilSen = %+v, want %+v in other units", n, moved, line)
			}
		}
	}
}

// TestSlopeWithin has three levels of users: the jumps between them are no growth, and the growth within each is found.
func TestSlopeWithin(t *testing.T) {
	t.Parallel()
	for _, truth := range []float64{0, 0.1} {
		var pieces []statistics.Piece
		var x, y []float64
		for i, level := range []float64{0, 100, 50} {
			at, values := made(rand.New(rand.NewPCG(12, uint64(i))), 60, truth, 1, 0.3)
			for j := range at {
				at[j] += float64(100 * i)
				values[j] += level
			}
			pieces = append(pieces, statistics.Piece{X: at, Y: values})
			x, y = append(x, at...), append(y, values...)
		}
		got, known := statistics.SlopeWithin(pieces, 1)
		if !known || math.Abs(got.Value-truth) > 0.01 || got.Low > truth || got.High < truth || got.High-got.Low > 0.04 {
			t.Errorf("SlopeWithin three levels = %+v, %v, want %v", got, known, truth)
		}
		if one, _ := statistics.Slope(x, y, 1); math.Abs(one.Value-truth) < 0.05 {
			t.Errorf("the test is too easy: one line through all levels has %+v too", one)
		}
	}
	if got, known := statistics.SlopeWithin(nil, 1); known {
		t.Errorf("SlopeWithin of nothing = %+v", got)
	}
}

func TestSlopeIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	x, y := made(rand.New(rand.NewPCG(7, 1)), 200, 0.1, 5, 0.5)
	first, known := statistics.Slope(x, y, 1)
	if again, _ := statistics.Slope(x, y, 1); !known || again != first {
		t.Errorf("Slope = %+v, then %+v", first, again)
	}
	if other, _ := statistics.Slope(x, y, 2); other.Low == first.Low || other.Value != first.Value {
		t.Errorf("with another seed = %+v, want the slope of %+v and another interval", other, first)
	}
}

// TestSlopeCoverage counts how often the 95 % interval holds the truth. Noise whose neighbours are very alike is where every bootstrap of one short series
// promises too much; leaks have further conditions for it.
func TestSlopeCoverage(t *testing.T) {
	t.Parallel()
	times := 200
	for _, c := range []struct {
		n            int
		keeps, least float64
	}{
		{30, 0, 0.90}, {60, 0, 0.90}, {300, 0, 0.90}, {60, 0.3, 0.85}, {300, 0.5, 0.90}, {3600, 0.9, 0.90}, {60, 0.7, 0.75},
	} {
		if testing.Short() && c.n != 30 {
			continue
		}
		r := rand.New(rand.NewPCG(8, uint64(c.n)))
		held := 0
		for i := range times {
			x, y := made(r, c.n, 0.2, 3, c.keeps)
			if s, known := statistics.Slope(x, y, uint64(i)); known && s.Low <= 0.2 && 0.2 <= s.High {
				held++
			}
		}
		share := float64(held) / float64(times)
		t.Logf("%d points, noise that keeps %.1f: the interval holds the slope %.1f %% of the time", c.n, c.keeps, 100*share)
		if share < c.least || share > 0.99 {
			t.Errorf("%d points, noise that keeps %.1f: the interval holds the slope %.1f %% of the time, want %.0f to 99 %%", c.n, c.keeps, 100*share, 100*c.least)
		}
	}
}

func TestBlockLengthFollowsTheNoise(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(10, 1))
	mean := func(keeps float64) (sum float64) {
		for range 50 {
			_, y := made(r, 400, 0, 1, keeps)
			sum += statistics.BlockLength(y) / 50
		}
		return sum
	}
	independent, alike := mean(0), mean(0.8)
	if independent > 5 || alike < 2*independent || alike > 60 {
		t.Errorf("blocks of %.1f for independent noise and %.1f for noise that keeps 0.8, want few and many", independent, alike)
	}
	if got := statistics.BlockLength(make([]float64, 50)); got != 1 {
		t.Errorf("BlockLength(constant) = %v, want 1", got)
	}
}

// TestBootstrapOfTheMean holds the resamples against the formula: the standard error of a mean is the deviation over the root of n.
func TestBootstrapOfTheMean(t *testing.T) {
	t.Parallel()
	_, y := made(rand.New(rand.NewPCG(11, 1)), 100, 0, 1, 0)
	spread := func(values []float64) float64 {
		mean, sum := statistics.Mean(values), 0.0
		for _, v := range values {
			sum += (v - mean) * (v - mean)
		}
		return math.Sqrt(sum / float64(len(values)))
	}
	for _, block := range []float64{0, 1, 10} {
		var means []float64
		statistics.Bootstrap{Block: block, Resamples: 2000, Seed: 1}.Each(len(y), func(index []int) {
			sum := 0.0
			for _, i := range index {
				sum += y[i]
			}
			means = append(means, sum/float64(len(index)))
		})
		if got, want := spread(means), spread(y)/10; len(means) != 2000 || got < 0.7*want || got > 1.3*want {
			t.Errorf("blocks of %v: the mean spreads by %.3f in %d resamples, want about %.3f", block, got, len(means), want)
		}
	}
}

// TestBootstrapKeepsNeighbours counts how often the next value is the next: all but one in a block.
func TestBootstrapKeepsNeighbours(t *testing.T) {
	t.Parallel()
	next, all := 0, 0
	statistics.Bootstrap{Block: 10, Resamples: 200, Seed: 1}.Each(120, func(index []int) {
		for i := 1; i < len(index); i++ {
			all++
			if index[i] == (index[i-1]+1)%120 {
				next++
			}
		}
	})
	if share := float64(next) / float64(all); share < 0.88 || share > 0.93 {
		t.Errorf("%.3f of the values are followed by their next, want 0.9 for blocks of 10", share)
	}
	statistics.Bootstrap{Block: 10}.Each(0, func([]int) { t.Error("a resample of nothing") })
}

func BenchmarkSlope(b *testing.B) {
	x, y := made(rand.New(rand.NewPCG(1, 1)), 3600, 0.1, 5, 0.5)
	for b.Loop() {
		statistics.Slope(x, y, 1)
	}
}

func BenchmarkTheilSen(b *testing.B) {
	x, y := made(rand.New(rand.NewPCG(1, 1)), 3600, 0.1, 5, 0.5)
	for b.Loop() {
		statistics.TheilSen(x, y)
	}
}
