package comparison

import (
	"math"
	"slices"

	"gregaria/loadtest/internal/statistics"
)

// A Spread is how far runs of one program are apart in one measure. What is not known is nil.
type Spread struct {
	Kind    Kind   `json:"kind"`
	Type    string `json:"type,omitempty"`
	Name    string `json:"name"`
	Measure string `json:"measure"`
	Unit    string `json:"unit"`
	// Values are those of the runs, in their order; Low and High the least and the largest of them.
	Values []*float64 `json:"values"`
	Median *float64   `json:"median"`
	Low    *float64   `json:"low"`
	High   *float64   `json:"high"`
	// Spread is High less Low as a share of Median; of a ratio of failures in points.
	Spread *float64 `json:"spread"`
}

// SpreadOf are the measures that a comparison of these runs would have, of all requests, of resources, of endpoints.
func SpreadOf(runs []Run) []Spread {
	if len(runs) == 0 {
		return []Spread{}
	}
	s := sampleOf(runs)
	c := comparer{base: s, next: s}
	all := []Spread{}
	for _, m := range c.measures() {
		known, _ := values(m, s)
		row := Spread{Kind: m.kind, Type: m.of.kind, Name: m.name, Measure: m.measure, Unit: m.unit}
		if m.kind == All {
			row.Name = allRequests
		}
		for i, v := range known {
			known[i] = m.shown(v)
			row.Values = append(row.Values, pointer(known[i]))
		}
		known = slices.DeleteFunc(known, math.IsNaN)
		if len(known) > 0 {
			low, high, median := slices.Min(known), slices.Max(known), statistics.Median(known)
			row.Low, row.High, row.Median = &low, &high, &median
			row.Spread = pointer((high - low) / median)
			if m.points {
				row.Spread = pointer(high - low)
			}
		}
		all = append(all, row)
	}
	return all
}

// Cell is a value of a spread as a table has it.
func (s *Spread) Cell(v *float64) string {
	if v == nil {
		return ""
	}
	return withUnit(*v, s.Unit)
}

// Apart is the spread as a table has it.
func (s *Spread) Apart() string {
	switch {
	case s.Spread == nil:
		return ""
	case InPoints(&Row{Measure: s.Measure}):
		return trim(*s.Spread, 2) + " points"
	}
	return trim(100**s.Spread, 1) + " %"
}
