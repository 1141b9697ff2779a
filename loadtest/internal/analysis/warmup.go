package analysis

import (
	"math"

	"gregaria/loadtest/internal/statistics"
)

// MSER-5 (White, Cobb and Spratt, "A comparison of five steady-state truncation heuristics for simulation", 2000): of means of 5 values each, cut so many from
// the front that the standard error of the mean of the rest is smallest.
const (
	mserBatch = 5
	// mserLeast is how many batches a level needs: with fewer every cut is chance.
	mserLeast = 4
	// mserErrors and mserShare are by how many standard errors, and by what share, that which is cut must differ from the rest. The rule itself cuts now
	// and then where there is noise alone.
	mserErrors = 3
	mserShare  = 0.02
)

// afterWarmUp cuts the warm-up from each level, and what Options.WarmUp leaves out.
func (v *view) afterWarmUp(levels []Phase, options Options) []Phase {
	var phases []Phase
	begin := v.run.Began + int64(options.WarmUp)
	for _, p := range levels {
		if p.Kind != Steady {
			phases = append(phases, p)
			continue
		}
		from := min(p.To+1, max(p.From, begin))
		from += int64(max(mser(v.cut(v.requests, from, p.To)), mser(v.cut(v.p95, from, p.To))))
		if from > p.From {
			phases = append(phases, Phase{WarmUp, p.From, from - 1})
		}
		if from <= p.To {
			phases = append(phases, Phase{Steady, from, p.To})
		}
	}
	return phases
}

// mser returns how many seconds to cut, at most half.
func mser(values []float64) int {
	means := batches(values, mserBatch)
	n := len(means)
	if n < mserLeast || len(present(means)) < n/2 {
		return 0
	}
	held := statistics.Median(means)
	for i := n - 1; i >= 0; i-- { // a batch without values has those of the one after it
		if math.IsNaN(means[i]) {
			means[i] = held
		}
		held = means[i]
	}
	best, least := 0, math.Inf(1)
	sum, squares := 0.0, 0.0
	for d := n - 1; d >= 0; d-- {
		sum += means[d]
		squares += means[d] * means[d]
		rest := float64(n - d)
		if d > n/2 {
			continue
		}
		if z := (squares - sum*sum/rest) / (rest * rest); z <= least {
			best, least = d, z
		}
	}
	if best == 0 || !differs(means[:best], means[best:]) {
		return 0
	}
	return best * mserBatch
}

// differs says whether what is cut is beyond the noise of the rest.
func differs(cut, rest []float64) bool {
	level := statistics.Mean(rest)
	distance := math.Abs(statistics.Mean(cut) - level)
	noise := math.Sqrt(variance(rest) * (1/float64(len(cut)) + 1/float64(len(rest))))
	return distance > mserShare*math.Abs(level) && (math.IsNaN(noise) || distance > mserErrors*noise)
}
