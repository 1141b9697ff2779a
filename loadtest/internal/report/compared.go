package report

import (
	"math"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
)

// mostCompared is how many rows the table has, but for those with a difference: the JSON has all.
const mostCompared = 200

// compared is the part that says what differs from other runs: sentences, and a row for each number.
type compared struct {
	Title, Against string
	Said           []said
	Rows           []comparedRow
	Left           int
	Ticks          []tick
	// Confidence is that of the intervals, Effect what counts as no difference.
	Confidence, Effect string
}

// A said is a sentence with its level.
type said struct{ Level, Text string }

// A comparedRow is one number of both sides. Name is "" where it is that of the row above.
type comparedRow struct {
	Kind, Measure, Base, New, Change, Interval, Word, Class string
	Name                                                    route
	Picture                                                 *whisker
}

// A whisker is a change as a picture, in percent of its width: what counts as no difference, a line with its ends, and a dot. An end that is cut off is not in Ends.
type whisker struct {
	Effect       segment
	From, To, At float64
	Zero         float64
	Ends         []float64
	Class, Words string
}

type segment struct{ From, Width float64 }

func comparedOf(c *analysis.Comparison, title string) *compared {
	if c == nil {
		return nil
	}
	part := &compared{Title: title, Against: shorten(comparison.Names(c.Base), nameLength), Effect: with(number(100*c.Effect), "%"), Confidence: with(number(100*c.Method.Confidence), "%")}
	for _, s := range comparison.Points(c) {
		part.Said = append(part.Said, said{tone(s.Outcome), shorten(s.Text, 4*errorLength)})
	}
	rows, left := comparison.Shown(c, mostCompared)
	reach := reachOf(rows, c.Effect)
	part.Left = left
	var last route
	for i := range rows {
		r := &rows[i]
		cells := comparison.Cells(r)
		row := comparedRow{
			Name: route(shorten(comparison.Who(r), nameLength)), Measure: cells[0], Base: cells[1], New: cells[2], Change: cells[3], Interval: cells[4], Word: cells[5],
			Class: class(r.Outcome), Picture: picture(r, c.Effect, reach),
		}
		if row.Measure == string(row.Name) {
			row.Measure = ""
		}
		if row.Name == last {
			row.Name = ""
		} else {
			last, row.Kind = row.Name, "first"
		}
		part.Rows = append(part.Rows, row)
	}
	part.Ticks = changeTicks(reach)
	return part
}

// tone is the mark of a sentence.
func tone(o analysis.Outcome) string {
	switch o {
	case analysis.Worse:
		return string(analysis.Bad)
	case analysis.Better, analysis.Same:
		return string(analysis.Good)
	case analysis.NotCompared:
		return string(analysis.Warn)
	}
	return string(analysis.Note)
}

// class is the colour of a row.
func class(o analysis.Outcome) string {
	switch o {
	case analysis.Worse:
		return "bad"
	case analysis.Better:
		return "good"
	}
	return "mute"
}

// relative is a change on the one scale of all pictures: that of a ratio of failures, in points, is so much larger as its effect is smaller.
func relative(r *analysis.Compared, effect, change float64) float64 {
	if comparison.InPoints(r) {
		return change / r.Effect.High * effect
	}
	return change
}

// reachOf is how far the pictures reach to each side: so far that all dots are in them, and most intervals.
func reachOf(rows []analysis.Compared, effect float64) float64 {
	dots, ends := 0.0, 0.0
	for i := range rows {
		if c := rows[i].Change; c != nil {
			dots = math.Max(dots, math.Abs(relative(&rows[i], effect, c.Value)))
			ends = math.Max(ends, math.Max(math.Abs(relative(&rows[i], effect, c.Low)), math.Abs(relative(&rows[i], effect, c.High))))
		}
	}
	return math.Max(3*effect, math.Min(1.1*ends, math.Max(1.3*dots, 6*effect)))
}

// placeOf is where a change stands, in percent of the width.
func placeOf(change, reach float64) float64 {
	return round2(50 + 50*math.Max(-1, math.Min(1, change/reach)))
}

// picture draws the change of a row; nil where none is known.
func picture(r *analysis.Compared, effect, reach float64) *whisker {
	if r.Change == nil {
		return nil
	}
	at := func(change float64) float64 { return placeOf(relative(r, effect, change), reach) }
	cells := comparison.Cells(r)
	p := &whisker{From: at(r.Change.Low), To: at(r.Change.High), At: at(r.Change.Value), Zero: at(0), Class: class(r.Outcome), Words: cells[3] + ", " + cells[4] + ": " + string(r.Outcome)}
	p.Effect = segment{at(r.Effect.Low), round2(at(r.Effect.High) - at(r.Effect.Low))}
	for _, end := range []float64{p.From, p.To} {
		if end > 0 && end < 100 {
			p.Ends = append(p.Ends, end)
		}
	}
	return p
}

// changeTicks are the labels above the pictures.
func changeTicks(reach float64) []tick {
	step := niceStep(100 * reach / 2)
	if step > 100*reach {
		step /= 2
	}
	var ticks []tick
	for _, percent := range []float64{-step, 0, step} {
		ticks = append(ticks, tick{At: placeOf(percent/100, reach), Text: signed(percent) + "%", Anchor: "middle"})
	}
	return ticks
}
