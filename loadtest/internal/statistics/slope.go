package statistics

import (
	"math"
	"slices"
)

// MaxPoints is of how many points an interval of a slope is drawn; more are made into so many bins, as in TheilSen: it is 400 times the median of 780 slopes.
const MaxPoints = 40

// A Piece is a part of a series that has a level of its own.
type Piece struct{ X, Y []float64 }

// Slope is the slope of the line of Theil and Sen with its 95 % interval, which is that of the stationary bootstrap of what the line leaves: noise whose neighbours are
// alike, as memory's is, makes the interval as wide as it has to be. It is not known below four points, or with one x.
func Slope(x, y []float64, seed uint64) (slope Interval, known bool) {
	return SlopeWithin([]Piece{{x, y}}, seed)
}

// SlopeWithin is the slope that all pieces have in common, whatever the level of each: the median of the slopes of all pairs of points of one piece. Series that jump
// where something else has changed, such as memory with the number of users, are cut there.
func SlopeWithin(pieces []Piece, seed uint64) (slope Interval, known bool) {
	parts, n := binned(pieces)
	room := 0
	for _, p := range parts {
		room += p.pairs()
	}
	memory := make([]float64, 0, room)
	value, known := commonSlope(parts, memory)
	if n < 4 || !known {
		return Interval{}, false
	}
	left := make([]float64, 0, n)
	for _, p := range parts {
		off := p.left(value)
		level := Median(off)
		for _, v := range off {
			left = append(left, v-level)
		}
	}
	return interval(parts, value, left, memory, seed)
}

// binned makes MaxPoints points of all pieces, of each as many as it has of all.
func binned(pieces []Piece) (parts []points, n int) {
	all := 0
	for _, piece := range pieces {
		p := pairsOf(piece.X, piece.Y)
		parts, all = append(parts, p), all+len(p.x)
	}
	for i, p := range parts {
		if all > MaxPoints {
			p = p.bins(max(2, len(p.x)*MaxPoints/all))
		}
		parts[i], n = p, n+len(p.x)
	}
	return parts, n
}

func commonSlope(parts []points, memory []float64) (slope float64, known bool) {
	slopes := memory[:0]
	for _, p := range parts {
		slopes = p.slopes(slopes)
	}
	slope = medianOf(slopes)
	return slope, finite(slope)
}

// interval draws what the slope has left anew.
func interval(parts []points, value float64, left, memory []float64, seed uint64) (slope Interval, known bool) {
	if !slices.ContainsFunc(left, func(v float64) bool { return v != 0 }) {
		return Interval{value, value, value}, true // a line without noise; also a constant
	}
	block := BlockLength(left)
	wider := widening(len(left), block)
	drawn, room := make([]points, len(parts)), make([]float64, len(left))
	for i, p := range parts {
		drawn[i] = points{p.x, room[:len(p.x)]}
		room = room[len(p.x):]
	}
	var slopes []float64
	Bootstrap{Block: block, Seed: seed}.Each(len(left), func(index []int) {
		for _, p := range drawn {
			for i := range p.y {
				p.y[i] = left[index[i]]
			}
			index = index[len(p.y):]
		}
		if s, known := commonSlope(drawn, memory); known {
			slopes = append(slopes, s*wider)
		}
	})
	slices.Sort(slopes)
	// Noise that is not even about its middle draws slopes that are: the ends are kept on their sides of the value.
	slope = Interval{value, value + min(0, quantileOf(slopes, 0.025)), value + max(0, quantileOf(slopes, 0.975))}
	return slope, finite(slope.Low) && finite(slope.High)
}

// widening is what the quantiles of resamples are multiplied with, because one short series shows less noise than there is: what a fit of two numbers leaves is too small
// by n/(n-2), and long blocks are few (Critical).
func widening(n int, block float64) float64 {
	return Critical(n, block) / 1.96 * math.Sqrt(float64(n)/float64(n-2))
}
