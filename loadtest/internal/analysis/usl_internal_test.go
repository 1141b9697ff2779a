package analysis

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gregaria/loadtest/internal/statistics"
)

// onCurve are loads on a curve of the law, each of 20 s of counts with noise of Poisson's kind, or without any.
func onCurve(users []float64, lambda, alpha, beta float64, noise *rand.Rand) (loads []load) {
	for _, n := range users {
		x := law(n, lambda, alpha, beta)
		l := load{slow: true}
		for range 20 {
			second := x
			if noise != nil {
				second += math.Sqrt(x) * noise.NormFloat64()
			}
			l.seconds = append(l.seconds, second)
			l.requests += second
		}
		l.Point = Point{Users: n, Throughput: statistics.Mean(l.seconds), Seconds: 20, Kind: string(Steady)}
		loads = append(loads, l)
	}
	return loads
}

// TestUSLOnCurves: what made a curve is found again, exactly without noise, and within the interval with it.
func TestUSLOnCurves(t *testing.T) {
	t.Parallel()
	users := []float64{1, 2, 4, 8, 16, 32, 48, 64}
	for _, c := range []struct{ lambda, alpha, beta float64 }{
		{10, 0.05, 0.001}, {100, 0.02, 0.0005}, {5, 0.1, 0}, {995.6, 0.0267, 0.000769}, // the last: Gunther's own example, NUMA benchmark
	} {
		fit, why := fitUSL(onCurve(users, c.lambda, c.alpha, c.beta, nil))
		if fit == nil {
			t.Errorf("%v: no fit: %s", c, why)
			continue
		}
		for _, x := range []struct {
			name      string
			got, want float64
		}{{"lambda", fit.Lambda.Value, c.lambda}, {"alpha", fit.Alpha.Value, c.alpha}, {"beta", fit.Beta.Value, c.beta}} {
			if math.Abs(x.got-x.want) > 1e-6*math.Max(1, x.want) {
				t.Errorf("%v: %s = %v, want %v", c, x.name, x.got, x.want)
			}
		}
		if peak := math.Sqrt((1 - c.alpha) / c.beta); c.beta > 0 && math.Abs(fit.Peak-peak) > 1e-3*peak {
			t.Errorf("%v: peak at %v users, want %v", c, fit.Peak, peak)
		}
		if c.beta == 0 && fit.Peak != 0 {
			t.Errorf("%v: a peak at %v users, and throughput does not fall", c, fit.Peak)
		}
	}
}

// TestUSLIntervals: of 80 curves with noise the intervals hold what made them about 95 times in 100.
func TestUSLIntervals(t *testing.T) {
	t.Parallel()
	held, fits := 0, 0
	for seed := range uint64(80) {
		r := rand.New(rand.NewPCG(seed, 1))
		fit, _ := fitUSL(onCurve([]float64{2, 4, 8, 16, 32, 64, 128}, 20, 0.03, 0.0004, r))
		if fit == nil {
			continue
		}
		fits++
		if fit.Alpha.Low <= 0.03 && 0.03 <= fit.Alpha.High {
			held++
		}
	}
	if fits < 60 { // the others show no fall beyond noise
		t.Errorf("%d of 80 were fitted", fits)
	}
	if share := float64(held) / float64(fits); share < 0.88 || share > 0.99 {
		t.Errorf("%d of %d intervals hold the contention, want about 95 %%", held, fits)
	}
}

// TestUSLIsRefused: where the rules say so, with the reason.
func TestUSLIsRefused(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	bentLoads := onCurve([]float64{5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60}, 1, 0, 0, r)
	for i := range bentLoads {
		if most := 30.0; bentLoads[i].Throughput > most {
			bentLoads[i].Throughput = most
		}
	}
	failing := onCurve([]float64{1, 2, 4, 8, 16, 32}, 10, 0.05, 0.001, nil)
	failing[5].failures = failing[5].requests
	fast := onCurve([]float64{1, 2, 4, 8, 16, 32}, 10, 0.05, 0.001, nil)
	fast[2].slow = false
	noise := onCurve([]float64{1, 2, 4, 8, 16, 32}, 10, 0.05, 0.001, nil)
	for i := range noise {
		noise[i].Throughput *= []float64{3, 0.2}[i%2]
	}
	for reason, loads := range map[string][]load{
		"5 loads were steady":     onCurve([]float64{1, 2, 4, 8, 16}, 10, 0.05, 0.001, nil),
		"5 loads were steady or":  fast,
		"3.0 times the smallest":  onCurve([]float64{10, 12, 15, 18, 22, 30}, 10, 0.05, 0.001, nil),
		"% of the requests fail":  failing,
		"two straight lines":      bentLoads,
		"does not describe these": noise,
	} {
		if fit, why := fitUSL(loads); fit != nil || !strings.Contains(why, reason) {
			t.Errorf("fit %v, why %q, want none because of %q", fit, why, reason)
		}
	}
}

// TestNoiseIsNoFall: of loads with a plateau, and noise of Poisson's kind, hardly one is said to fall.
func TestNoiseIsNoFall(t *testing.T) {
	t.Parallel()
	falls := 0
	for seed := range uint64(200) {
		loads := onCurve([]float64{10, 20, 40, 60, 80}, 1, 0, 0, rand.New(rand.NewPCG(seed, 9)))
		for i := range loads {
			for k := range loads[i].seconds {
				loads[i].seconds[k] *= math.Min(1, 40/loads[i].Users)
			}
		}
		if fell(loads, 45) {
			falls++
		}
	}
	if falls > 4 {
		t.Errorf("%d of 200 plateaus are said to fall", falls)
	}
	if !fell(onCurve([]float64{10, 20, 40, 80, 120}, 10, 0.02, 0.0008, rand.New(rand.NewPCG(1, 1))), 35) {
		t.Error("a fall by a third is not seen")
	}
}
