package progress

import (
	"math"
	"strings"

	"gregaria/loadtest/internal/statistics"
)

// most is how many points a trace keeps: more than any screen has columns for.
const most = 512

// A trace is a series from the beginning of the load on. When it has too many points, two of them become one, their average.
type trace struct {
	points []float64 // NaN where nothing was known
	each   int       // how many values a point is the average of; 0 is 1
	open   []float64 // values of the point that is not whole
}

// add puts a value at the end.
func (t *trace) add(v Value) {
	x := v.Number
	if !v.Known {
		x = math.NaN()
	}
	t.each = max(1, t.each)
	if t.open = append(t.open, x); len(t.open) < t.each {
		return
	}
	t.points = append(t.points, statistics.Mean(t.open))
	t.open = t.open[:0]
	if len(t.points) < most {
		return
	}
	for i := range most / 2 {
		t.points[i] = statistics.Mean(t.points[2*i : 2*i+2])
	}
	t.points = t.points[:most/2]
	t.each *= 2
}

// spread is the trace in at most width points, each the average of about as many.
func (t *trace) spread(width int) []float64 {
	if width < 1 {
		return nil
	}
	n := len(t.points)
	if n <= width {
		return t.points
	}
	spread := make([]float64, width)
	for i := range spread {
		spread[i] = statistics.Mean(t.points[i*n/width : (i+1)*n/width])
	}
	return spread
}

// levels are the letters of a sparkline, from nothing to the top.
func levels(unicode bool) []rune {
	if unicode {
		return []rune("▁▂▃▄▅▆▇█")
	}
	return []rune("_.-:=+*#")
}

// spark draws a trace in at most width columns. top is the value of the highest letter, 0 for the highest that there is. What is not known is a gap.
func (t *trace) spark(width int, top float64, unicode bool) string {
	points, letters := t.spread(width), levels(unicode)
	if top == 0 {
		for _, v := range points {
			if !math.IsNaN(v) {
				top = max(top, v)
			}
		}
	}
	var out strings.Builder
	for _, v := range points {
		switch {
		case math.IsNaN(v):
			out.WriteByte(' ')
		case top <= 0:
			out.WriteRune(letters[0])
		default:
			n := int(math.Ceil(v/top*float64(len(letters)))) - 1
			out.WriteRune(letters[max(0, min(n, len(letters)-1))])
		}
	}
	return out.String()
}

// bar draws how much of a whole is there, in width columns.
func bar(width int, share float64, unicode bool) string {
	full, empty := "█", "░"
	if !unicode {
		full, empty = "#", "."
	}
	n := min(width, max(0, int(math.Round(share*float64(width)))))
	return strings.Repeat(full, n) + strings.Repeat(empty, width-n)
}
