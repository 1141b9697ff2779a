package comparison

import (
	"strings"
	"testing"
)

// TestCorrect has a difference that is beyond chance by itself, p 0.02, and not among five measures or three endpoints.
func TestCorrect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why  string
		unit Unit
		kind Kind
		want Outcome
		text string
	}{
		{"measures of one run", Seconds, All, CannotTell, "may be chance among 3 measures"},
		{"resources of one run", Seconds, Resource, CannotTell, "may be chance among 3 resources"},
		{"endpoints of one run", Seconds, Endpoint, CannotTell, "may be chance among 3 endpoints"},
		{"measures of runs", Runs, All, Worse, ""},
		{"endpoints of runs", Runs, Endpoint, CannotTell, "may be chance among 3 endpoints: 5 runs on each side can tell of so many"},
	} {
		var rows []Row
		for _, p := range []float64{0.02, 0.5, 0.5} {
			row := Row{Kind: c.kind, Measure: "p95", P: &p, Outcome: Same}
			if p == 0.02 {
				row.Outcome, row.Word = Worse, "slower"
			}
			rows = append(rows, row)
		}
		(&comparer{method: Method{Unit: c.unit, Confidence: 0.95}}).correct(rows)
		if rows[0].Outcome != c.want || !strings.Contains(rows[0].Why, c.text) || rows[1].Outcome != Same {
			t.Errorf("%s: %s, %q and %s, want %s, %q", c.why, rows[0].Outcome, rows[0].Why, rows[1].Outcome, c.want, c.text)
		}
	}
}
