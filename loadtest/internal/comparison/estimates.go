package comparison

import (
	"math"

	"gregaria/loadtest/internal/analysis"
)

// A load is an endpoint, or all requests where both are empty.
type load struct{ kind, name string }

// in is the load of a run; nil where it has none of that name.
func (l load) in(run *analysis.Run) *analysis.Load {
	if l == (load{}) {
		return &run.Total
	}
	for i := range run.Endpoints {
		if e := &run.Endpoints[i]; e.Type == l.kind && e.Name == l.name {
			return e
		}
	}
	return nil
}

// fraction is a sum over another sum, each of values of the seconds; an absent value of either leaves the second out.
func (s *sample) fraction(cells []cell, above, below func(run *analysis.Run, second int) float64) *estimate {
	tops, bottoms := make([]float64, len(cells)), make([]float64, len(cells))
	for i, c := range cells {
		for at := c.first; at < c.last; at++ {
			top, bottom := above(s.runs[c.run].Run, at), below(s.runs[c.run].Run, at)
			if !math.IsNaN(top) && !math.IsNaN(bottom) {
				tops[i], bottoms[i] = tops[i]+top, bottoms[i]+bottom
			}
		}
	}
	of := func(weight []float64) float64 {
		top, bottom := 0.0, 0.0
		for i := range cells {
			w := weightOf(weight, i)
			top, bottom = top+w*tops[i], bottom+w*bottoms[i]
		}
		if bottom == 0 {
			return math.NaN()
		}
		return top / bottom
	}
	return &estimate{of(nil), func() (values []float64) {
		for _, weight := range s.drawn() {
			values = append(values, of(weight))
		}
		return values
	}}
}

func weightOf(weight []float64, i int) float64 {
	if weight == nil {
		return 1
	}
	return weight[i]
}

// value is that of a series in a second, NaN beyond its ends.
func value(s analysis.Series, second int) float64 {
	if second >= len(s.Values) {
		return math.NaN()
	}
	return s.Values[second]
}

// one counts seconds.
func one(*analysis.Run, int) float64 { return 1 }

// requests and failures are those of a load in a second; an endpoint that a run has not was not asked.
func (l load) requests(run *analysis.Run, second int) float64 {
	if from := l.in(run); from != nil {
		return value(from.Requests, second)
	}
	return math.NaN()
}

func (l load) failures(run *analysis.Run, second int) float64 {
	if from := l.in(run); from != nil {
		return value(from.Failures, second)
	}
	return math.NaN()
}
