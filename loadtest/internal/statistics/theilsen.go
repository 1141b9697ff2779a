package statistics

import "slices"

// MaxExact is up to how many points the slopes of all pairs are taken: 45,000 slopes in 0.5 ms. More points are first made into so many bins.
const MaxExact = 300

// A Line is a fit: y = Intercept + Slope * x.
type Line struct{ Slope, Intercept float64 }

// At is the line's value.
func (l Line) At(x float64) float64 { return l.Intercept + l.Slope*x }

// TheilSen is the line whose slope is the median of the slopes of all pairs of points, and whose intercept is the median of what is left (Sen, Estimates of the
// Regression Coefficient Based on Kendall's Tau, 1968). Up to 29 % of the points may be anything without that the line follows them. It is not known below two different x.
//
// More than MaxExact points are made into MaxExact bins of neighbours, each the median of its x and of its y: every point counts, which thinning would throw away, the
// same input gives the same line, which random pairs would not, and a bin's median is as robust as the slope.
func TheilSen(x, y []float64) (line Line, known bool) {
	p := pairsOf(x, y).bins(MaxExact)
	slope, known := p.slope(nil)
	if !known {
		return Line{}, false
	}
	return Line{slope, medianOf(p.left(slope))}, true
}

// points are pairs that are both there, by x.
type points struct{ x, y []float64 }

// pairsOf leaves out pairs that are not whole.
func pairsOf(x, y []float64) points {
	type pair struct{ x, y float64 }
	pairs := make([]pair, 0, len(x))
	for i := range min(len(x), len(y)) {
		if finite(x[i]) && finite(y[i]) {
			pairs = append(pairs, pair{x[i], y[i]})
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		switch {
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		}
		return 0
	})
	p := points{make([]float64, len(pairs)), make([]float64, len(pairs))}
	for i, pair := range pairs {
		p.x[i], p.y[i] = pair.x, pair.y
	}
	return p
}

// bins makes more than most points into most medians of neighbours.
func (p points) bins(most int) points {
	n := len(p.x)
	if n <= most {
		return p
	}
	binned := points{make([]float64, most), make([]float64, most)}
	for i := range most {
		from, to := i*n/most, (i+1)*n/most
		binned.x[i], binned.y[i] = Median(p.x[from:to]), Median(p.y[from:to])
	}
	return binned
}

// slope is the median of the slopes of all pairs. It takes memory for them where that is large enough.
func (p points) slope(memory []float64) (slope float64, known bool) {
	slope = medianOf(p.slopes(memory[:0]))
	return slope, finite(slope)
}

// slopes adds those of all pairs.
func (p points) slopes(to []float64) []float64 {
	for i := range p.x {
		for j := i + 1; j < len(p.x); j++ {
			if run := p.x[j] - p.x[i]; run > 0 {
				to = append(to, (p.y[j]-p.y[i])/run)
			}
		}
	}
	return to
}

// left is y without a slope.
func (p points) left(slope float64) []float64 {
	left := make([]float64, len(p.x))
	for i, x := range p.x {
		left[i] = p.y[i] - slope*x
	}
	return left
}

// pairs is how many slopes there are at most.
func (p points) pairs() int { return len(p.x) * max(0, len(p.x)-1) / 2 }
