package report

import (
	"strconv"

	"gregaria/loadtest/internal/analysis"
)

// An axis is the time axis that all charts share. Position i is the second start+i; first is the index of start in the run's series.
type axis struct {
	start    int64
	first, n int
}

func newAxis(run *analysis.Run) axis {
	before := max(2, min(10, int(run.Ended-run.Began)/20)) // seconds before the load: what the machine did at rest
	first := max(0, min(int(run.Began-run.Start)-before, run.Seconds-1))
	return axis{start: run.Start + int64(first), first: first, n: max(0, run.Seconds-first)}
}

// cut is a series on the axis.
func (a axis) cut(values []float64) []float64 {
	if a.first >= len(values) {
		return nil
	}
	return values[a.first:min(len(values), a.first+a.n)]
}

// percent is where a second stands, in percent of the width.
func (a axis) percent(second int64) float64 {
	if a.n < 2 {
		return 0
	}
	return round2(100 * float64(second-a.start) / float64(a.n-1))
}

// last is the position of the right edge.
func (a axis) last() int { return max(1, a.n-1) }

// A tick is a label at a place of an axis, in percent of it.
type tick struct {
	At     float64
	Text   string
	Anchor string
}

// timeSteps are what two labels of a time axis are apart, in seconds.
func timeSteps() []int64 {
	return []int64{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400}
}

// times are the labels of the time axis where a plot has so many pixels. They stand on whole steps of the local time, or of that since zero.
func (a axis) times(c clock, width float64) []tick {
	const apart = 1.5 // of a label's width: the last one stands before its place
	step, layout := int64(86400), "15:04"
	for _, s := range timeSteps() {
		text := "15:04"
		if s < 60 && c.zero == 0 || c.zero > 0 && a.n > 3600 {
			text = "15:04:05"
		}
		if width*float64(s)/float64(a.n) >= apart*characterPX*float64(len(text)) {
			step, layout = s, text
			break
		}
	}
	offset := int64(c.offset(a.start))
	var ticks []tick
	for second := (a.start+offset+step-1)/step*step - offset; second < a.start+int64(a.n); second += step {
		text := c.time(second)
		if c.zero == 0 {
			text = c.at(second).Format(layout)
		}
		ticks = append(ticks, edge(tick{At: a.percent(second), Text: text}))
	}
	return ticks
}

// edge anchors a label so that it does not stand over the right edge. On the left the value axis leaves room.
func edge(t tick) tick {
	const margin = 3
	t.Anchor = "middle"
	if t.At > 100-margin {
		t.Anchor = "end"
	}
	return t
}

// spanText is how long a window of seconds is, in words of a caption.
func spanText(seconds int) string {
	if seconds == 1 {
		return "second"
	}
	return strconv.Itoa(seconds) + " s"
}
