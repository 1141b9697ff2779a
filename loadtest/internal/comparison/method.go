package comparison

import (
	"fmt"
	"math"

	"gregaria/loadtest/internal/statistics"
)

// A gap is how far the sides are apart in one measure: on the scale of logarithms, or in points.
type gap struct {
	statistics.Interval
	// more and less are the chances of it, if the new side were above by no more than the upper end of the effect, or below by no more than the lower.
	more, less float64
}

// methodOf says what varies by chance: runs where there are enough of them, else seconds.
func methodOf(base, next []Run) Method {
	n, m := len(base), len(next)
	switch {
	case n == 1 && m == 1:
		return Method{Unit: Seconds, Confidence: 0.95, Text: "one run each: noise between runs is unknown. The intervals are of the noise between seconds (stationary block bootstrap, blocks of 10 s)"}
	case n == 1 || m == 1:
		return Method{Unit: Seconds, Confidence: 0.95, Text: "one run on a side: noise between runs is unknown. The intervals are of the noise between seconds of all runs (stationary block bootstrap, blocks of 10 s)"}
	case n == 2 || m == 2:
		return Method{Unit: FewRuns, Confidence: 0.95, Text: fmt.Sprintf("%d and %d runs are few: the intervals are the wider of Student's t between runs and of the noise between seconds. Three on each side, or better five, are compared as runs", n, m)}
	}
	_, sure := statistics.Shift(make([]float64, n), make([]float64, m), 0.95)
	confidence := min(0.95, sure)
	text := fmt.Sprintf("%d and %d runs: the difference of their medians, with the interval of a permutation test of runs", n, m)
	if confidence < 0.95 {
		text += fmt.Sprintf("; so few have %s %% at most, four on each side have 95", trim(100*confidence, 0))
	}
	return Method{Unit: Runs, Confidence: confidence, Text: text}
}

// alpha is how sure a direction has to be: what the interval leaves at one end.
func alpha(m Method) float64 { return (1-m.Confidence)/2 + 1e-9 }

// A comparer compares measures of two sides.
type comparer struct {
	base, next *sample
	effect     float64
	method     Method
}

// bounds are the ends of what counts as no difference from a base, on the measure's scale.
func (c *comparer) bounds(m measure, base float64) (low, high float64) {
	if m.points {
		return -c.effect * pointsOfEffect, c.effect * pointsOfEffect
	}
	least := m.least / base
	return math.Log(1 - min(0.99, max(c.effect, least))), math.Log(1 + max(c.effect, least))
}

// pointsOfEffect makes the effect one of a ratio of failures, in points: 5 % are 0.5 points. Nobody calls 4 % more failures equal.
const pointsOfEffect = 0.1

// scale is where differences of a measure are taken.
func (m measure) scale(v float64) float64 {
	if m.points {
		return v
	}
	return math.Log(v)
}

// gapOfRuns compares run by run.
func (c *comparer) gapOfRuns(m measure, base, next []float64) gap {
	low, high := c.bounds(m, statistics.Median(base))
	a, b := scaled(m, base), scaled(m, next)
	g := gap{}
	g.Interval, _ = statistics.Shift(a, b, c.method.Confidence)
	g.more, g.less = statistics.Above(a, b, high), statistics.Above(b, a, -low)
	return g
}

// gapOfSeconds compares with the noise between seconds, and where each side has two runs or more with that between runs, whichever is larger. Known is false where there
// is too little of either.
func (c *comparer) gapOfSeconds(m measure, base, next []float64) (g gap, known bool) {
	left, right := m.estimate(c.base, c.base.cells), m.estimate(c.next, c.next.cells)
	if left == nil || right == nil {
		return gap{}, false
	}
	value := m.scale(right.value) - m.scale(left.value)
	own, other := c.base.spread(left, m.scale), c.next.spread(right, m.scale)
	deviation := math.Sqrt(own*own + other*other + c.resolution(m))
	if c.method.Unit == FewRuns {
		a, b := scaled(m, base), scaled(m, next)
		value = statistics.Mean(b) - statistics.Mean(a)
		deviation = max(deviation, betweenRuns(a, b))
	}
	if math.IsNaN(value) || math.IsInf(value, 0) || math.IsNaN(deviation) {
		return gap{}, false
	}
	low, high := c.bounds(m, statistics.Median(base))
	return gap{
		statistics.Interval{Value: value, Low: value - 1.96*deviation, High: value + 1.96*deviation},
		statistics.Normal((high - value) / deviation), statistics.Normal((value - low) / deviation),
	}, true
}

// resolution is what numbers themselves are rough by, as a variance: a bucket of a histogram with two significant digits is up to 1 % wide; of n requests without
// a failure, one in n may fail.
func (c *comparer) resolution(m measure) float64 {
	if !m.points {
		return 2 * 0.01 * 0.01 / 12
	}
	variance := 0.0
	for _, s := range []*sample{c.base, c.next} {
		n := s.fraction(s.cells, m.of.requests, one).value * float64(s.seconds)
		variance += 1 / (n * n)
	}
	return variance
}

// betweenRuns is the standard error of the difference of means of runs, so wide that 1.96 of it are Student's interval.
func betweenRuns(a, b []float64) float64 {
	freedom := len(a) + len(b) - 2
	squares := 0.0
	for _, side := range [][]float64{a, b} {
		mean := statistics.Mean(side)
		for _, v := range side {
			squares += (v - mean) * (v - mean)
		}
	}
	return math.Sqrt(squares/float64(freedom)*(1/float64(len(a))+1/float64(len(b)))) * student(freedom) / 1.96
}

// student is the 97.5 % point of Student's distribution: from 7 degrees of freedom on, within 0.01 of it.
func student(freedom int) float64 {
	if table := []float64{12.706, 4.303, 3.182, 2.776, 2.571, 2.447}; freedom <= len(table) {
		return table[max(freedom, 1)-1]
	}
	f := float64(freedom)
	return 1.96 + 2.4/f + 3/(f*f)
}

func scaled(m measure, values []float64) []float64 {
	all := make([]float64, len(values))
	for i, v := range values {
		all[i] = m.scale(v)
	}
	return all
}
