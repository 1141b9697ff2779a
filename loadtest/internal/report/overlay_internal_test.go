package report

import (
	"math"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
)

// TestOverlaidLinesBeginTogether: a run whose files begin earlier before its load, and end earlier after it, is drawn from the start of the load on; what it lacks is absent. A line of the same name has
// the colour and the unit of that of the page, and is below it.
func TestOverlaidLinesBeginTogether(t *testing.T) {
	t.Parallel()
	runOf := func(start, began int64, values ...float64) *analysis.Run {
		return &analysis.Run{Start: start, Began: began, Ended: start + int64(len(values)) - 1, Seconds: len(values), Users: analysis.Series{Values: values}}
	}
	own := runOf(1000, 1002, 0, 0, 1, 2, 3, 4)
	f := &analysis.Findings{}
	m := &maker{run: own, f: f, axis: axis{start: 1000, n: own.Seconds}}
	m.beside([]comparison.Run{{Run: runOf(5000, 5004, 0, 0, 0, 0, 10, 20)}}, true)
	specs := m.overlaid(func(of *maker) []spec {
		by, class := 1.0, "c1"
		if of != m {
			by, class = 2, "c2"
		}
		return []spec{{title: "Users", lines: []line{{name: "users", class: class, by: by, area: true, series: of.run.Users}}}}
	})
	if len(specs) != 1 || len(specs[0].lines) != 2 {
		t.Fatalf("%+v, want one chart with two lines", specs)
	}
	base, mine := specs[0].lines[0], specs[0].lines[1]
	if !base.base || mine.base || base.class != "c1" || base.by != 1 || base.area || !mine.area || base.thin || mine.thin {
		t.Errorf("the lines are %+v and %+v", base, mine)
	}
	want := []float64{0, 0, 10, 20, math.NaN(), math.NaN()}
	for i, v := range base.values(m.axis) {
		if v != want[i] && !(math.IsNaN(v) && math.IsNaN(want[i])) {
			t.Errorf("the base is %v, want %v", base.values(m.axis), want)
			break
		}
	}
	if got := mine.values(m.axis); len(got) != 6 || got[5] != 4 {
		t.Errorf("the run's own line is %v, want as it was", got)
	}
}
