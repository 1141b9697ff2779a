package statistics

import (
	"math"
	"math/rand/v2"
)

// Resamples is how many a Bootstrap takes unless told otherwise: the standard error of 400 is known to 4 %.
const Resamples = 400

// A Bootstrap draws series anew out of blocks of themselves, so that what neighbours have in common stays. It is the stationary bootstrap: a block begins anywhere,
// goes on with the first value after the last, and its length is random with a mean (Politis and Romano, The Stationary Bootstrap, 1994).
type Bootstrap struct {
	// Block is the mean length of a block; 1 is the bootstrap of independent values (Efron).
	Block float64
	// Resamples is how many are drawn, Resamples the constant if it is 0.
	Resamples int
	// Seed begins the generator. The same seed draws the same.
	Seed uint64
}

// Each gives each resample of n values in a row as places of values, 0 to n-1. The slice is used again.
func (b Bootstrap) Each(n int, with func(index []int)) {
	if n <= 0 {
		return
	}
	resamples := b.Resamples
	if resamples <= 0 {
		resamples = Resamples
	}
	r := rand.New(rand.NewPCG(b.Seed, uint64(n))) //nolint:gosec // chance that can be repeated is what is wanted
	index := make([]int, n)
	next := 1 / max(1, b.Block)
	for range resamples {
		at := 0
		for i := range index {
			if i == 0 || r.Float64() < next {
				at = r.IntN(n)
			} else if at++; at == n {
				at = 0
			}
			index[i] = at
		}
		with(index)
	}
}

// Critical is how many standard errors the end of a 95 % interval is away, of n values drawn in blocks: 1.96 for many, and more where a block is a large share b of them
// (Kiefer and Vogelsang, A New Asymptotic Theory for Heteroskedasticity-Autocorrelation Robust Tests, 2005, table 1, Bartlett's kernel; its width is twice the mean length
// of random blocks).
func Critical(n int, block float64) float64 {
	b := min(1, 2*max(1, block)/float64(max(1, n)))
	return 1.9600 + 2.9694*b + 0.4160*b*b - 0.5324*b*b*b
}

// BlockLength is the mean length of blocks that suits values: the longer, the further they depend on each other. It is the rule of Politis and White (Automatic
// Block-Length Selection for the Dependent Bootstrap, 2004), as Patton, Politis and White corrected it (2009), at least 1 and at most a third of the values.
func BlockLength(values []float64) float64 {
	n := float64(len(values))
	if n < 9 {
		return 1
	}
	near := correlations(values, len(values)/2)
	if near == nil {
		return 1
	}
	// m is after which lag the next ones are all as small as chance makes them; M is how many count.
	insignificant, needed := 2*math.Sqrt(math.Log10(n)/n), max(5, int(math.Ceil(math.Sqrt(math.Log10(n)))))
	m, quiet := len(near)-1, 0
	for lag := 1; lag < len(near); lag++ {
		if math.Abs(near[lag]) >= insignificant {
			quiet = 0
		} else if quiet++; quiet == needed {
			m = lag - needed
			break
		}
	}
	most := min(2*max(m, 1), len(near)-1)
	spectrum, slope := near[0], 0.0 // in units of the variance: the ratio below has none
	for lag := 1; lag <= most; lag++ {
		weight := min(1, 2*(1-float64(lag)/float64(most)))
		spectrum += 2 * weight * near[lag]
		slope += 2 * weight * float64(lag) * near[lag]
	}
	if spectrum <= 0 {
		return 1
	}
	length := math.Cbrt(slope * slope / (spectrum * spectrum) * n)
	return min(max(length, 1), min(3*math.Sqrt(n), n/3))
}
