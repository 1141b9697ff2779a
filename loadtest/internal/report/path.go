package report

import (
	"math"
	"strconv"
)

// mostPoints is how many points a line is drawn with at most.
const mostPoints = 1000

// A point is the value of a position. Gap says that values are absent between it and the one before: the line breaks.
type point struct {
	at  int
	v   float64
	gap bool
}

// stride is how many positions two values of a series are apart as a rule: more than 1 where the monitor has a longer interval. What is not on a beat, such as a count of
// all connections, which comes when it is ready, is now 3 and now 4 apart: then it is the longer one.
func stride(values []float64) int {
	counts, last := map[int]int{}, -1
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		if last >= 0 {
			counts[i-last]++
		}
		last = i
	}
	best := 1
	for d, n := range counts {
		if n > counts[best] || n == counts[best] && d < best {
			best = d
		}
	}
	if next := counts[best+1]; best > 1 && 10*next >= counts[best] {
		best++
	}
	return best
}

// thin leaves at most so many points of a series: the smallest and the largest value of each window, in their order, so that no peak is lost.
func thin(values []float64, most int) []point {
	window := 1
	if len(values) > most {
		window = (2*len(values) + most - 1) / most
	}
	reach := stride(values)*3/2 + 1
	var points []point
	low, high, gap, last := point{at: -1}, point{at: -1}, false, -1
	flush := func() {
		if low.at < 0 {
			return
		}
		first, second := low, high
		if second.at < first.at {
			first, second = second, first
		}
		first.gap, gap = gap, false
		points = append(points, first)
		if second.at != first.at {
			points = append(points, second)
		}
		low.at, high.at = -1, -1
	}
	for i, v := range values {
		if i%window == 0 {
			flush()
		}
		if math.IsNaN(v) {
			continue
		}
		if last >= 0 && i-last >= reach {
			flush()
			gap = true
		}
		last = i
		if low.at < 0 || v < low.v {
			low = point{at: i, v: v}
		}
		if high.at < 0 || v > high.v {
			high = point{at: i, v: v}
		}
	}
	flush()
	return points
}

// A pen writes the data of an SVG path in small numbers: each step relative to the one before, points on a straight level left out.
type pen struct {
	d    []byte
	x, y int
}

func (p *pen) move(x, y int) {
	p.d = append(p.d, 'M')
	p.d = strconv.AppendInt(p.d, int64(x), 10)
	p.number(y)
	p.d = append(p.d, 'l')
	p.x, p.y = x, y
}

func (p *pen) line(x, y int) {
	if last := p.d[len(p.d)-1]; last != 'l' && x-p.x >= 0 {
		p.d = append(p.d, ' ')
	}
	p.d = strconv.AppendInt(p.d, int64(x-p.x), 10)
	p.number(y - p.y)
	p.x, p.y = x, y
}

// number writes a second number: its sign parts it from the first.
func (p *pen) number(n int) {
	if n >= 0 {
		p.d = append(p.d, ' ')
	}
	p.d = strconv.AppendInt(p.d, int64(n), 10)
}

// draw returns the path of a line, and that of the area below it. A value with absent neighbours is a dot.
func draw(points []point, s scale) (line, area string) {
	var l, a pen
	for i := 0; i < len(points); {
		end := i + 1
		for end < len(points) && !points[end].gap {
			end++
		}
		run(&l, points[i:end], s)
		a.move(points[i].at, height)
		runArea(&a, points[i:end], s)
		i = end
	}
	return string(l.d), string(a.d)
}

// run draws points without a gap.
func run(p *pen, points []point, s scale) {
	p.move(points[0].at, s.y(points[0].v))
	rest(p, points, s)
	if len(points) == 1 {
		p.line(points[0].at, p.y) // subtle: a line of no length with round ends is a dot
	}
}

func runArea(p *pen, points []point, s scale) {
	p.line(points[0].at, s.y(points[0].v))
	rest(p, points, s)
	p.line(points[len(points)-1].at, height)
	p.d = append(p.d, 'z')
}

// rest draws all points but the first.
func rest(p *pen, points []point, s scale) {
	for i := 1; i < len(points); i++ {
		y := s.y(points[i].v)
		if y == p.y && i+1 < len(points) && s.y(points[i+1].v) == y {
			continue
		}
		p.line(points[i].at, y)
	}
}
