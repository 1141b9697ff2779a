package statistics_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gregaria/loadtest/internal/statistics"
)

// TestRegress: the intervals hold the truth as often as they say.
func TestRegress(t *testing.T) {
	t.Parallel()
	truth := []float64{2, 0, -1}
	held, all := 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		columns, y := make([][]float64, len(truth)), make([]float64, 30)
		for i := range y {
			for j, b := range truth {
				x := 50 + 10*r.NormFloat64()
				columns[j] = append(columns[j], x)
				y[i] += b * x
			}
			y[i] += 5 * r.NormFloat64()
		}
		each, known := statistics.Regress(columns, y)
		if !known {
			t.Fatal("Regress knows nothing")
		}
		for j, b := range truth {
			all++
			if each[j].Low <= b && b <= each[j].High {
				held++
			}
		}
	}
	if share := float64(held) / float64(all); share < 0.93 || share > 0.99 {
		t.Errorf("%.3f of the intervals hold the truth, want 0.95 to 0.98", share)
	}
}

func TestRegressOfTooLittle(t *testing.T) {
	t.Parallel()
	x := make([]float64, 30)
	double := make([]float64, 30)
	for i := range x {
		x[i], double[i] = float64(i), 2*float64(i)
	}
	if _, known := statistics.Regress([][]float64{x, double}, x); known {
		t.Error("columns that are the same but for a factor are told apart")
	}
	if _, known := statistics.Regress([][]float64{x[:10]}, x[:10]); known {
		t.Error("ten values are enough for a coefficient, want eleven")
	}
	if _, known := statistics.Regress(nil, x); known {
		t.Error("nothing explains something")
	}
	if each, known := statistics.Regress([][]float64{x}, double); !known || math.Abs(each[0].Value-2) > 1e-9 || each[0].High-each[0].Low > 1e-6 {
		t.Errorf("a line without noise = %v, %v, want 2", each, known)
	}
}

// TestRegressOfRareAndAbsent: an absent value takes its row with it, and a thing that hardly comes is told beside one that comes all the time.
func TestRegressOfRareAndAbsent(t *testing.T) {
	t.Parallel()
	often, rare, y := make([]float64, 30), make([]float64, 30), make([]float64, 30)
	for i := range y {
		often[i] = 1e6 + float64(i*i%7)
		if i%10 == 0 {
			rare[i] = 1
		}
		y[i] = often[i]/1000 + 3*rare[i]
	}
	y[4], often[5], rare[6] = math.NaN(), math.NaN(), math.Inf(1)
	each, known := statistics.Regress([][]float64{often, rare}, y)
	if !known || math.Abs(each[0].Value-0.001) > 1e-6 || math.Abs(each[1].Value-3) > 1e-6 {
		t.Errorf("Regress = %v, %v, want 0.001 and 3", each, known)
	}
	if often[0] != 1e6 {
		t.Error("Regress changes its columns")
	}
	if _, known := statistics.Regress([][]float64{often, make([]float64, 30)}, y); known {
		t.Error("what never comes has a coefficient")
	}
}

// TestLeastSquares: coefficients, and what they leave.
func TestLeastSquares(t *testing.T) {
	t.Parallel()
	a, b := []float64{1, 2, 3, 4, math.NaN()}, []float64{1, 1, 0, 0, 1}
	c, left := statistics.LeastSquares([][]float64{a, b}, []float64{5, 7, 6, 8, 100})
	if len(c) != 2 || math.Abs(c[0]-2) > 1e-9 || math.Abs(c[1]-3) > 1e-9 || left > 1e-9 {
		t.Errorf("coefficients = %v, left = %v, want 2 and 3, and nothing", c, left)
	}
	if c, left = statistics.LeastSquares([][]float64{{1, 1}}, []float64{1, 3}); len(c) != 1 || math.Abs(c[0]-2) > 1e-9 || math.Abs(left-2) > 1e-9 {
		t.Errorf("coefficients = %v, left = %v, want 2, and 2", c, left)
	}
	for _, columns := range [][][]float64{nil, {a, a}, {{0, 0, 0, 0, 0}}, {{1}, {2}}} {
		if c, _ := statistics.LeastSquares(columns, b[:max(1, len(append(columns, nil)[0]))]); c != nil {
			t.Errorf("coefficients of %v = %v, want none", columns, c)
		}
	}
}
