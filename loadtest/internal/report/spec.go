package report

import (
	"math"

	"gregaria/loadtest/internal/analysis"
)

// A spec says what one chart shows. All charts of the page are lists of these: loadcharts.go and hostcharts.go.
type spec struct {
	title, unit string
	// caption is what a reader should know of the numbers, in a few words.
	caption string
	// top is what the value axis reaches at least: 100 of percentages. 0: what the values need.
	top float64
	// floating lets the axis begin above zero.
	floating bool
	// always shows the chart even where it says little.
	always bool
	// calm is the spread of the values, in the unit, and of a floating axis as a share of the largest value, up to which they have nothing to say while they are below half of limit.
	calm, limit float64
	// noise is the same in the unit, where calm is a share of the values: those of a floating axis.
	noise float64
	// peaks says that a single second counts, and is no noise.
	peaks bool
	lines []line
}

// A line is one series of a chart.
type line struct {
	name string
	// class is the colour in style.css: c1 to c6, or bad.
	class string
	// area fills what is below the line.
	area bool
	// base says that it is of a run that is compared with; thin that there are several runs.
	base, thin bool
	series     analysis.Series
	// by is what the column's values are divided by for the chart: 100 makes cores of percent. 0 is 1.
	by float64
	// rule is how the values were made where they are not the column's own.
	rule string
}

// values are those that the chart shows, on the axis.
func (l *line) values(a axis) []float64 {
	values := a.cut(l.series.Values)
	if l.by == 0 || l.by == 1 {
		return values
	}
	scaled := make([]float64, len(values))
	for i, v := range values {
		scaled[i] = v / l.by
	}
	return scaled
}

// look is its class: the colour, and whether it is of a base or one of several.
func (l *line) look() string {
	class := l.class
	if l.base {
		class += " base"
	}
	if l.thin {
		class += " thin"
	}
	return class
}

// known leaves out the lines without values on the axis.
func (s *spec) known(a axis) {
	var there []line
	for _, l := range s.lines {
		if (analysis.Series{Values: a.cut(l.series.Values)}).Known() {
			there = append(there, l)
		}
	}
	s.lines = there
}

// bounds are the smallest and the largest of values, NaN where there is none.
func bounds(values []float64) (low, high float64) {
	low, high = math.NaN(), math.NaN()
	for _, v := range values {
		if math.IsNaN(v) {
			continue
		}
		if !(v >= low) {
			low = v
		}
		if !(v <= high) {
			high = v
		}
	}
	return low, high
}
