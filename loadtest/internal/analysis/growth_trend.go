package analysis

import (
	"math"

	"gregaria/loadtest/internal/statistics"
)

const (
	// envelopePeriods is over how many periods of a saw-tooth the minimum is taken: not each collection frees everything.
	envelopePeriods = 3
	// envelopeLeast is how many minima there have to be.
	envelopeLeast = 6
)

// A trend is how a suspect grew. Slopes are in its unit a minute.
type trend struct {
	known bool
	whole statistics.Interval
	// half is of the second half of each piece: NaN where it was not needed or there is none, and without ends where it has three points.
	half        statistics.Interval
	first, last float64
	level       float64
	// share is the slope that is a leak's for this level, and threshold, which is never less, the one that is a leak's in this time.
	share, threshold float64
	points           int
	unit             string
	// period is of the saw-tooth, in seconds, 0 without one; over is how many periods each minimum is of, 0 where there are too few.
	period, over int
	// falls says that it falls at once and rises slowly, with a period that is not known: the time is too short to see three of them.
	falls bool
	// tail is the growth in the last piece.
	tail float64
	// swing is how far four fifths of the values are apart but for the slope: what a server holds for the requests of the moment comes and goes, and for some minutes it may look like
	// a slope whose interval is narrow.
	swing float64
}

// trendOf measures a suspect in its windows.
func (run *Run) trendOf(s suspect, w windows) trend {
	values := w.values(run, s.series)
	t := trend{points: len(values), unit: s.unit}
	if len(values) == 0 {
		return t
	}
	t.level = statistics.Median(values)
	t.share = leakShare * math.Abs(t.level)
	t.threshold = t.share
	if w.seconds > 0 {
		t.threshold = max(t.threshold, s.grain*60/float64(w.seconds))
	}
	pieces := w.cut(run, s.series)
	if t.period, t.falls = toothOf(pieces); t.period > 0 {
		if pieces, t.over = envelope(pieces, t.period); t.over == 0 {
			return t.ends(values)
		}
	}
	t.whole, t.known = slopeAMinute(pieces)
	if !t.known {
		return t.ends(values)
	}
	if t.half.Value = math.NaN(); t.whole.High > t.threshold { // else it is no leak whatever the half says
		t.half = halfSlope(secondHalves(pieces))
	}
	return t.along(pieces, w)
}

// ends are the first and the last value, where there is no line.
func (t trend) ends(values []float64) trend {
	t.first, t.last = values[0], values[len(values)-1]
	return t
}

// along are the levels of the line at the begin of the first piece and at the end of the last.
func (t trend) along(pieces []statistics.Piece, w windows) trend {
	at := func(p statistics.Piece, x float64) float64 {
		off := make([]float64, len(p.Y))
		for i := range off {
			off[i] = p.Y[i] - t.whole.Value/60*(p.X[i]-x)
		}
		return statistics.Median(off)
	}
	first, last := pieces[0], pieces[len(pieces)-1]
	t.first, t.last = at(first, first.X[0]), at(last, last.X[len(last.X)-1])
	var off []float64
	for _, p := range pieces {
		middle := at(p, 0)
		for i := range p.Y {
			off = append(off, p.Y[i]-middle-t.whole.Value/60*p.X[i])
		}
	}
	t.swing = statistics.Quantile(off, 0.9) - statistics.Quantile(off, 0.1)
	end := w.pieces[len(w.pieces)-1]
	t.tail = t.whole.Value / 60 * float64(end.to-end.from)
	return t
}

// toothOf is the period of a saw-tooth in seconds, 0 without one: that of the longest piece, freed of its slope. Where it has none, falls says whether it looks like one.
func toothOf(pieces []statistics.Piece) (period int, falls bool) {
	longest := 0
	for i, p := range pieces {
		if len(p.Y) > len(pieces[longest].Y) {
			longest = i
		}
	}
	p := pieces[longest]
	line, known := statistics.TheilSen(p.X, p.Y)
	if !known {
		return 0, false
	}
	flat := make([]float64, len(p.Y))
	for i := range flat {
		flat[i] = p.Y[i] - line.At(p.X[i])
	}
	if period, known := statistics.Period(flat); known {
		return period, false
	}
	return 0, fallsAtOnce(flat, math.Abs(line.Slope)*float64(len(p.X)))
}

// fallsAtOnce reports whether one of the steps of a series is a fall that stands out: nearly half of all that it moves, and far outside its other steps, in a series whose
// neighbours are alike. Noise has such steps where neighbours are not alike, and none where they are. A fall that is small beside all growth does not explain that.
func fallsAtOnce(flat []float64, growth float64) bool {
	there := statistics.Finite(flat)
	if !(statistics.Autocorrelation(there, 1) >= 0.5) {
		return false
	}
	steps := make([]float64, 0, len(there))
	sizes := make([]float64, 0, len(there))
	for i := 1; i < len(there); i++ {
		steps = append(steps, there[i]-there[i-1])
		sizes = append(sizes, math.Abs(there[i]-there[i-1]))
	}
	fall, span := -statistics.Quantile(steps, 0), statistics.Quantile(there, 1)-statistics.Quantile(there, 0)
	return fall >= 0.4*max(span, growth) && fall >= 6*statistics.Median(sizes)
}

// envelope is the lower one of a saw-tooth: the minimum of each three periods, of two or one where there are too few. Over is 0 where there are too few of one.
func envelope(pieces []statistics.Piece, period int) (minima []statistics.Piece, over int) {
	for over = envelopePeriods; over > 0; over-- {
		n := 0
		minima = nil
		for _, p := range pieces {
			m := minimaOf(p, over*period)
			n += len(m.X)
			if len(m.X) > 1 {
				minima = append(minima, m)
			}
		}
		if n >= envelopeLeast && len(minima) > 0 {
			return minima, over
		}
	}
	return pieces, 0
}

// minimaOf are the smallest values of each so many seconds, at the second in which they are. A rest at the end is left out.
func minimaOf(p statistics.Piece, seconds int) (m statistics.Piece) {
	for from := 0; from+seconds <= len(p.Y); from += seconds {
		least := -1
		for i := from; i < from+seconds; i++ {
			if !math.IsNaN(p.Y[i]) && (least < 0 || p.Y[i] < p.Y[least]) {
				least = i
			}
		}
		if least >= 0 {
			m.X, m.Y = append(m.X, p.X[least]), append(m.Y, p.Y[least])
		}
	}
	return m
}

// secondHalves are those of each piece, by points: minima are few.
func secondHalves(pieces []statistics.Piece) []statistics.Piece {
	halves := make([]statistics.Piece, 0, len(pieces))
	for _, p := range pieces {
		from := len(p.X) / 2
		halves = append(halves, statistics.Piece{X: p.X[from:], Y: p.Y[from:]})
	}
	return halves
}

// slopeAMinute is what all pieces have in common.
func slopeAMinute(pieces []statistics.Piece) (slope statistics.Interval, known bool) {
	s, known := statistics.SlopeWithin(pieces, leakSeed)
	return statistics.Interval{Value: 60 * s.Value, Low: 60 * s.Low, High: 60 * s.High}, known
}

// halfSlope is slopeAMinute where it is known. Three minima of a saw-tooth have a slope, and an interval that could be anything.
func halfSlope(pieces []statistics.Piece) statistics.Interval {
	if slope, known := slopeAMinute(pieces); known {
		return slope
	}
	half := statistics.Interval{Value: math.NaN(), Low: math.Inf(-1), High: math.Inf(1)}
	for _, p := range pieces {
		if line, known := statistics.TheilSen(p.X, p.Y); known && len(p.X) > 2 {
			half.Value = 60 * line.Slope
		}
	}
	return half
}
