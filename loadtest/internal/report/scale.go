package report

import "math"

// height is the height of a plot in the units of its paths: ten to a pixel are more than an eye sees.
const height = 500

// A scale is a value axis, from Base to Top in steps of 1, 2 or 5.
type scale struct{ Base, Top, Step float64 }

// newScale fits an axis. top is what it reaches at least, 0 where only the values say. A floating axis begins near the smallest value where all are
// far from zero: what grows by 1 % of itself is a flat line otherwise.
func newScale(low, high, top float64, floating bool) scale {
	if math.IsNaN(high) || math.IsInf(high, 0) {
		low, high = 0, 1
	}
	const near = 0.6 // of the largest value
	base := math.Min(0, low)
	if floating && low > near*high && high > low {
		base = low - (high-low)/4
	}
	reach := math.Max(high, top)
	if reach <= base {
		reach = base + 1
	}
	const intervals = 4
	step := niceStep((reach - base) / intervals)
	s := scale{Base: math.Floor(base/step) * step, Step: step}
	s.Top = math.Ceil(reach/step-1e-9) * step
	return s
}

// niceStep is the smallest of 1, 2 and 5 times a power of ten that is not below a step.
func niceStep(step float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(step)))
	for _, m := range []float64{1, 2, 5} {
		if step <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// y is where a value stands in the plot, from above.
func (s scale) y(v float64) int {
	return int(math.Round(height * (1 - (v-s.Base)/(s.Top-s.Base))))
}

// ticks are the labels of the axis, At in percent from above.
func (s scale) ticks() []tick {
	var ticks []tick
	n := int(math.Round((s.Top - s.Base) / s.Step))
	for i := 0; i <= n; i++ {
		v := s.Base + float64(i)*s.Step
		ticks = append(ticks, tick{At: round2(100 * (1 - float64(i)/float64(n))), Text: number(math.Round(v/s.Step) * s.Step)})
	}
	return ticks
}
