package comparison

import (
	"fmt"
	"math"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/statistics"
)

// allRequests is what rows of all requests are of.
const allRequests = "all requests"

// crosses is why most differences cannot be told; a table shows it by its interval.
const crosses = "the interval reaches from inside the effect to outside of it"

// row compares the sides in one measure. correct comes after it, for those of which there are several.
func (c *comparer) row(m measure) Row {
	row := Row{Kind: m.kind, Type: m.of.kind, Name: m.name, Measure: m.measure, Unit: m.unit, Outcome: CannotTell, Word: string(CannotTell)}
	if m.kind == All {
		row.Name = allRequests
	}
	base, ofStats := values(m, c.base)
	next, ofNext := values(m, c.next)
	row.Base, row.New = pointer(m.shown(statistics.Median(base))), pointer(m.shown(statistics.Median(next)))
	if row.Base == nil || row.New == nil {
		row.Why = "one side has no number"
		return row
	}
	g, why := c.gap(m, base, next, ofStats || ofNext)
	if why != "" {
		row.Why = why
		return row
	}
	row.Change, row.Effect = m.change(g.Interval), c.counted(m, *row.Base)
	p := min(1, g.more, g.less)
	row.P = &p
	c.judge(&row, m, g)
	return row
}

// gap is between the sides, or why there is none.
func (c *comparer) gap(m measure, base, next []float64, stats bool) (g gap, why string) {
	if c.method.Unit == Runs {
		if g = c.gapOfRuns(m, base, next); !whole(g) {
			return gap{}, "a run has no number"
		}
		return g, ""
	}
	g, known := c.gapOfSeconds(m, base, next)
	if !known {
		return gap{}, c.tooLittle(stats)
	}
	return g, ""
}

// tooLittle says why there is no interval of seconds.
func (c *comparer) tooLittle(stats bool) string {
	switch {
	case stats:
		return "without a timings.csv on both sides, three runs on each are the least"
	case min(c.base.seconds, c.next.seconds) < leastBlocks*blockSeconds:
		return fmt.Sprintf("%d and %d s of steady load: %d s are the least", c.base.seconds, c.next.seconds, leastBlocks*blockSeconds)
	}
	return "there are too few requests"
}

// values are the measure of each run. Where its seconds are not known, Locust's own of the whole run are taken.
func values(m measure, s *sample) (all []float64, ofStats bool) {
	for i, r := range s.runs {
		v := math.NaN()
		if estimate := m.estimate(s, s.of(i)); estimate != nil {
			v = estimate.value
		} else if from := m.of.in(r.Run); m.stats != nil && from != nil {
			if ms, known := m.stats(from.Stats); known {
				v, ofStats = ms, true
			}
		}
		all = append(all, v)
	}
	return all, ofStats
}

// judge makes an outcome of a gap.
func (c *comparer) judge(row *Row, m measure, g gap) {
	low, high := c.bounds(m, *row.Base)
	alpha := alpha(c.method)
	switch {
	case g.more <= alpha:
		row.Outcome, row.Word = direction(!m.lowIsWorse), m.up
	case g.less <= alpha:
		row.Outcome, row.Word = direction(m.lowIsWorse), m.down
	case g.Low >= low && g.High <= high:
		row.Outcome, row.Word = Same, c.same(m, *row.Base)
	default:
		row.Why = crosses
	}
}

func direction(worse bool) Outcome {
	if worse {
		return Worse
	}
	return Better
}

// same is the claim that the interval lies inside the effect.
func (c *comparer) same(m measure, base float64) string {
	if m.points {
		return fmt.Sprintf("no difference larger than %s points", trim(100*c.effect*pointsOfEffect, 2))
	}
	if m.least > c.effect*base {
		return "no difference larger than " + withUnit(m.least, m.unit)
	}
	return fmt.Sprintf("no difference larger than %s %%", trim(100*c.effect, 2))
}

// correct takes back what is not beyond chance among so many: the endpoints in one measure are a family of Holm's. So are the measures of all requests, and resources, where
// seconds are compared: one run of each side has luck and bad luck of its own. Runs have seen that, and five of them could show nothing among ten measures.
func (c *comparer) correct(rows []Row) {
	families := map[string][]int{}
	for i, row := range rows {
		switch {
		case row.P == nil:
		case row.Kind == Endpoint:
			families[row.Measure] = append(families[row.Measure], i)
		case c.method.Unit != Runs:
			families[string(row.Kind)] = append(families[string(row.Kind)], i)
		}
	}
	for _, family := range families {
		ps := make([]float64, 0, len(family))
		for _, i := range family {
			ps = append(ps, *rows[i].P)
		}
		for k, p := range statistics.Holm(ps) {
			row := &rows[family[k]]
			row.P = &p
			if (row.Outcome == Worse || row.Outcome == Better) && p > alpha(c.method) {
				row.Outcome, row.Word = CannotTell, string(CannotTell)
				row.Why = c.tooMany(row.Kind, len(family))
			}
		}
	}
}

// tooMany says why a difference that one would have by itself is none among several.
func (c *comparer) tooMany(kind Kind, family int) string {
	if c.method.Unit != Runs {
		what := map[Kind]string{Endpoint: "endpoints", All: "measures", Resource: "resources"}[kind]
		return fmt.Sprintf("it would be a difference by itself, and may be chance among %d %s", family, what)
	}
	needed := 4
	for statistics.Above(make([]float64, needed), high(needed), 0)*float64(family) > 0.025 {
		needed++
	}
	return fmt.Sprintf("it would be a difference by itself, and may be chance among %d endpoints: %d runs on each side can tell of so many", family, needed)
}

// high are values above all of others.
func high(n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = 1
	}
	return values
}

// change is a gap as people read it: relative, or in points.
func (m measure) change(g statistics.Interval) *analysis.Interval {
	if m.points {
		return &analysis.Interval{Value: 100 * g.Value, Low: 100 * g.Low, High: 100 * g.High}
	}
	return &analysis.Interval{Value: math.Expm1(g.Value), Low: math.Expm1(g.Low), High: math.Expm1(g.High)}
}

// counted are the bounds of what is no difference, as people read a change.
func (c *comparer) counted(m measure, base float64) *analysis.Bounds {
	low, high := c.bounds(m, base)
	ends := m.change(statistics.Interval{Low: low, High: high})
	return &analysis.Bounds{Low: ends.Low, High: ends.High}
}

// shown is a value in the unit of the row.
func (m measure) shown(v float64) float64 {
	if m.points {
		return 100 * v
	}
	return v
}

func whole(g gap) bool {
	return !math.IsNaN(g.Value+g.Low+g.High) && !math.IsInf(g.Low, 0) && !math.IsInf(g.High, 0)
}

func pointer(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
