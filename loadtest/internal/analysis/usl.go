package analysis

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gregaria/loadtest/internal/statistics"
)

// The rules for a fit of the Universal Scalability Law (Gunther, "Guerrilla Capacity Planning", 2007).
const (
	uslLoads    = 6    // so many distinct loads at least
	uslDistinct = 0.05 // two loads are distinct where users differ by more than this share
	uslSpan     = 4    // the largest load is so many times the smallest
	uslR2       = 0.9  // a fit below it is none
	uslErrors   = 0.05 // above this share of failed requests throughput is not work done
	uslSamples  = 200  // resamples of the bootstrap
	uslRounds   = 8    // of reweighting
)

// whyBent says that the loads have a knee, and the law has none.
const whyBent = "two straight lines describe these loads better than the law: throughput grows with the users, then stays"

// fitUSL fits the law to the loads, or says why it does not.
func fitUSL(loads []load) (fit *USL, why string) {
	levels, why := uslLevels(loads)
	if why != "" {
		return nil, why
	}
	users, most := make([]float64, len(levels)), make([]float64, len(levels))
	weights := make([]float64, len(levels))
	for i, l := range levels {
		users[i], most[i] = l.Users, l.Throughput
		weights[i] = float64(l.Seconds) / math.Max(1, math.Max(l.Throughput, nanZero(variance(l.seconds))))
	}
	lambda, alpha, beta := solveUSL(users, most, weights)
	r2 := determination(users, most, weights, lambda, alpha, beta)
	if !(r2 >= uslR2) {
		return nil, fmt.Sprintf("the law does not describe these loads: R2 = %.2f, below %.1f", r2, uslR2)
	}
	if bent(levels, weights) < (1-r2)*spreadOf(most, weights) {
		return nil, whyBent
	}
	fit = &USL{R2: r2}
	fit.Lambda, fit.Alpha, fit.Beta = bootstrapUSL(levels, users, weights, [3]float64{lambda, alpha, beta})
	if fit.Beta.Low > 0 && alpha < 1 {
		fit.Peak = math.Sqrt((1 - alpha) / beta)
	}
	if most := levels[len(levels)-1].Users; fit.Peak > 0 && fallUsers*fit.Peak < most && !fell(levels, fit.Peak) {
		return nil, fmt.Sprintf("the law would have throughput fall from %.0f users on, and it did not", fit.Peak)
	}
	return fit, ""
}

// The rules for a fall.
const (
	// fallUsers is how many times the users of the peak the highest load must be for a fall to be seen, and how near to the peak loads are at it.
	fallUsers = 1.25
	// fallShare is by how much throughput must be lower than at the peak, and fallErrors by how many standard errors.
	fallShare  = 0.03
	fallErrors = 3
)

// fell says whether throughput of the loads beyond a peak is lower than at it.
func fell(levels []load, peak float64) bool {
	var near, beyond []float64
	for _, l := range levels {
		switch {
		case l.Users > fallUsers*peak:
			beyond = append(beyond, l.seconds...)
		case l.Users > peak/fallUsers:
			near = append(near, l.seconds...)
		}
	}
	if near == nil {
		near = slices.MinFunc(levels, func(a, b load) int {
			return cmp.Compare(math.Abs(math.Log(a.Users/peak)), math.Abs(math.Log(b.Users/peak)))
		}).seconds
	}
	drop, noise := statistics.Mean(near)-statistics.Mean(beyond), math.Hypot(meanError(near), meanError(beyond))
	return drop > fallShare*statistics.Mean(near) && drop > fallErrors*noise
}

// meanError is the standard error of a mean of counts: at least that of Poisson's.
func meanError(seconds []float64) float64 {
	return math.Sqrt(math.Max(nanZero(variance(seconds)), statistics.Mean(seconds)) / float64(len(seconds)))
}

// uslLevels are the loads that a fit may use, those of nearly the same users as one.
func uslLevels(loads []load) (levels []load, why string) {
	var requests, failures float64
	for _, l := range loads {
		requests += l.requests
		failures += l.failures
		if l.slow {
			levels = append(levels, l)
		}
	}
	if requests > 0 && failures > uslErrors*requests {
		return nil, fmt.Sprintf("%.0f %% of the requests failed: throughput is not work done", 100*failures/requests)
	}
	slices.SortStableFunc(levels, func(a, b load) int { return cmp.Compare(a.Users, b.Users) })
	levels = distinct(levels)
	if len(levels) < uslLoads {
		were := map[bool]string{true: "was", false: "were"}[len(levels) == 1]
		return nil, fmt.Sprintf("%s %s steady or rose slowly, and a fit needs %d: ramp more slowly, or in steps", counted(float64(len(levels)), "load"), were, uslLoads)
	}
	if span := levels[len(levels)-1].Users / levels[0].Users; span < uslSpan {
		return nil, fmt.Sprintf("the largest load is %.1f times the smallest, and a fit needs %d times", span, uslSpan)
	}
	return levels, ""
}

// distinct joins neighbours of nearly the same users.
func distinct(sorted []load) []load {
	var all []load
	for _, l := range sorted {
		last := len(all) - 1
		if last < 0 || l.Users > (1+uslDistinct)*all[last].Users {
			l.seconds = slices.Clone(l.seconds)
			all = append(all, l)
			continue
		}
		a := &all[last]
		n, m := float64(a.Seconds), float64(l.Seconds)
		a.Throughput = (n*a.Throughput + m*l.Throughput) / (n + m)
		a.Seconds += l.Seconds
		a.seconds = append(a.seconds, l.seconds...)
	}
	return all
}

// solveUSL finds lambda, alpha and beta, none negative. N/X = (1 + alpha (N-1) + beta N (N-1)) / lambda is linear in 1/lambda, alpha/lambda and beta/lambda;
// weighting anew by what the fit says makes its least squares those of X.
func solveUSL(users, throughput, weights []float64) (lambda, alpha, beta float64) {
	fitted := slices.Clone(throughput)
	for range uslRounds {
		var rows [][3]float64
		var y, w []float64
		for i, n := range users {
			if throughput[i] <= 0 || fitted[i] <= 0 {
				continue
			}
			rows = append(rows, [3]float64{1, n - 1, n * (n - 1)})
			y = append(y, n/throughput[i])
			slope := fitted[i] * throughput[i] / n // dX / d(N/X)
			w = append(w, weights[i]*slope*slope)
		}
		c := nonNegative(rows, y, w)
		if c[0] <= 0 {
			return lambda, alpha, beta
		}
		lambda, alpha, beta = 1/c[0], c[1]/c[0], c[2]/c[0]
		for i, n := range users {
			fitted[i] = law(n, lambda, alpha, beta)
		}
	}
	return lambda, alpha, beta
}

// law is X(N).
func law(n, lambda, alpha, beta float64) float64 {
	return lambda * n / (1 + alpha*(n-1) + beta*n*(n-1))
}

// bent is what the best line with a bend leaves of the loads, weighted: the law has no such bend, and would see a fall where throughput only stays.
func bent(levels []load, weights []float64) float64 {
	least := math.Inf(1)
	for _, knee := range levels {
		var zz, zx, xx float64
		for i, l := range levels {
			z := math.Min(l.Users, knee.Users)
			zz, zx, xx = zz+weights[i]*z*z, zx+weights[i]*z*l.Throughput, xx+weights[i]*l.Throughput*l.Throughput
		}
		least = math.Min(least, xx-zx*zx/zz)
	}
	return least
}

// spreadOf is the weighted sum of squares about the mean.
func spreadOf(values, weights []float64) float64 {
	sum, total, all := 0.0, 0.0, 0.0
	for i, w := range weights {
		sum, total = sum+w*values[i], total+w
	}
	for i, w := range weights {
		all += w * (values[i] - sum/total) * (values[i] - sum/total)
	}
	return all
}

// determination is R2, weighted.
func determination(users, throughput, weights []float64, lambda, alpha, beta float64) float64 {
	rest := 0.0
	for i, n := range users {
		d := throughput[i] - law(n, lambda, alpha, beta)
		rest += weights[i] * d * d
	}
	return 1 - rest/spreadOf(throughput, weights)
}

// bootstrapUSL has the 95 % intervals: each level's seconds are drawn anew.
func bootstrapUSL(levels []load, users, weights []float64, fit [3]float64) (lambda, alpha, beta Interval) {
	r := rand.New(rand.NewPCG(1, 2)) // the same run has the same report
	var samples [3][]float64
	drawn := make([]float64, len(levels))
	for range uslSamples {
		for i, l := range levels {
			noise := 0.0
			for range l.seconds {
				noise += l.seconds[r.IntN(len(l.seconds))]
			}
			drawn[i] = l.Throughput + noise/float64(len(l.seconds)) - statistics.Mean(l.seconds)
		}
		a, b, c := solveUSL(users, drawn, weights)
		for k, x := range []float64{a, b, c} {
			samples[k] = append(samples[k], x)
		}
	}
	interval := func(k int) Interval {
		return Interval{fit[k], math.Min(fit[k], statistics.Quantile(samples[k], 0.025)), math.Max(fit[k], statistics.Quantile(samples[k], 0.975))}
	}
	return interval(0), interval(1), interval(2)
}

// nanZero is 0 for what is not known.
func nanZero(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}
