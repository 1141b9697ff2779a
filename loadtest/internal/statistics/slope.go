package statistics

import (
	"math"
	"slices"
)

// MaxPoints is of how many points an interval of a slope is drawn; more are made into so many bins, as in TheilSen. 400 times 1,770 slopes take 6 ms.
const MaxPoints = 60

// Slope is the slope of the line of Theil and Sen with its 95 % interval, which is that of the stationary bootstrap of what the line leaves: noise whose neighbours are
// alike, as memory's is, makes the interval as wide as it has to be. It is not known below four different x.
func Slope(x, y []float64, seed uint64) (slope Interval, known bool) {
	p := pairsOf(x, y).bins(MaxPoints)
	if len(p.x) < 4 || p.x[3] == p.x[0] {
		return Interval{}, false
	}
	memory := make([]float64, p.pairs())
	value, known := p.slope(memory)
	if !known {
		return Interval{}, false
	}
	left := p.left(value, p.intercept(value))
	block := BlockLength(left)
	wider := widening(len(left), block)
	drawn := points{p.x, make([]float64, len(left))}
	var slopes []float64
	Bootstrap{Block: block, Seed: seed}.Each(len(left), func(index []int) {
		for i, from := range index {
			drawn.y[i] = left[from]
		}
		if s, known := drawn.slope(memory); known {
			slopes = append(slopes, s*wider)
		}
	})
	slices.Sort(slopes)
	// Noise that is not even about its middle draws slopes that are: the ends are kept on their sides of the value.
	slope = Interval{value, value + min(0, quantileOf(slopes, 0.025)), value + max(0, quantileOf(slopes, 0.975))}
	return slope, finite(slope.Low) && finite(slope.High)
}

// widening is what the quantiles of resamples are multiplied with, because one short series shows less noise than there is. What a fit of two numbers leaves is too
// small by n/(n-2). And long blocks are few: the critical value 1.96 has to grow with the share b of a block in the series (Kiefer and Vogelsang, A New Asymptotic
// Theory for Heteroskedasticity-Autocorrelation Robust Tests, 2005, table 1, Bartlett's kernel; its width is twice the mean length of random blocks).
func widening(n int, block float64) float64 {
	b := min(1, 2*block/float64(n))
	critical := 1.9600 + 2.9694*b + 0.4160*b*b - 0.5324*b*b*b
	return critical / 1.96 * math.Sqrt(float64(n)/float64(n-2))
}
