package threshold

import (
	"fmt"
	"strings"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/statistics"
)

const (
	// slopeSeconds and slopeRows are how long a window has to be, and how many values it needs, for a slope to mean anything: those of leaks in docs/findings.md.
	slopeSeconds = 60
	slopeRows    = 12
	// slopeSeed begins the chance of the interval: each look at a run gives the same.
	slopeSeed = 1
)

// slope measures how a column grows: what the analysis says of it, or where that did not look, the slope over the longest level. What was cut as warm-up of response times is in both.
func (c Check) slope(run *analysis.Run, f *analysis.Findings) reading {
	if c.Measure.ofSeries() {
		return c.slopeOfSeries(run, f)
	}
	h, why := c.host(run)
	if why != "" {
		return absent("%s", why)
	}
	s, scale, why := c.source(h)
	if why != "" {
		return absent("%s", why)
	}
	for _, g := range f.Growth {
		if g.Host == h.Name && strings.EqualFold(g.Column, s.Column) {
			return c.grown(g, scale)
		}
	}
	return c.slopeOf(run, f, s, scale)
}

// slopeOf measures it over the longest level.
func (c Check) slopeOf(run *analysis.Run, f *analysis.Findings, s analysis.Series, scale float64) reading {
	levels := f.Levels()
	longest := levels[0]
	for _, span := range levels {
		if span.To-span.From > longest.To-longest.From {
			longest = span
		}
	}
	g := analysis.Growth{File: s.File, Column: s.Column, From: longest.From, To: longest.To, Outcome: analysis.TooShort}
	var x, y []float64
	for i, v := range run.Window(s, longest.From, longest.To) {
		x, y = append(x, float64(i)/60), append(y, v) // in minutes
	}
	if rows := len(statistics.Finite(y)); longest.To-longest.From+1 < slopeSeconds || rows < slopeRows {
		return absent("%d s of steady load with %d rows are too short to say how %s grows: %d s with %d rows are the least", longest.To-longest.From+1, rows, s.Column, slopeSeconds, slopeRows)
	}
	slope, known := statistics.Slope(x, y, slopeSeed)
	if !known {
		return absent("the slope of %s has no interval", s.Column)
	}
	g.Slope = analysis.Interval(slope)
	return c.reading(g, scale)
}

// grown is the reading of a growth that the analysis has found.
func (c Check) grown(g analysis.Growth, scale float64) reading {
	if g.Outcome != analysis.TooShort || g.Slope != (analysis.Interval{}) {
		return c.reading(g, scale)
	}
	text := "it is too short to say how " + g.Column + " grows"
	if g.Needed > 0 {
		text += fmt.Sprintf(": %d s of steady load would decide", g.Needed)
	}
	return absent("%s", text)
}

// reading is a slope with its interval. A limit within the interval is said: the run does not tell on which side of it the slope is.
func (c Check) reading(g analysis.Growth, scale float64) reading {
	d := c.Measure.dimension(c.Limit.Unit)
	low, high := g.Slope.Low*scale, g.Slope.High*scale
	r := reading{
		value:    g.Slope.Value * scale,
		beside:   fmt.Sprintf("95 %% interval %s to %s", d.shown(low, c.Limit.Unit), d.shown(high, c.Limit.Unit)),
		evidence: []analysis.Evidence{{File: g.File, Column: g.Column, From: g.From, To: g.To, Rule: "Theil-Sen slope with the interval of a block bootstrap"}},
	}
	if limit := c.base(); limit > low && limit < high {
		r.why = "the limit lies within the interval: a longer run would decide"
	}
	return r
}
