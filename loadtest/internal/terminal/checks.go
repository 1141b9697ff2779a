package terminal

import (
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/glyph"
	"gregaria/loadtest/internal/threshold"
)

// checks is what was asked for and what was measured, in the order in which it was asked.
func checks(f *analysis.Findings, o Options) string {
	var entries []entry
	for i := range f.Checks {
		c := &f.Checks[i]
		text := glyph.Clean(c.Text)
		if measured := glyph.Clean(c.Measured); measured != "" {
			text += ": " + measured
		}
		if why := glyph.Clean(c.Why); why != "" {
			text += " (" + why + ")"
		}
		p := red
		if c.Outcome == analysis.Passed {
			p = green
		}
		entries = append(entries, entry{glyph.Clean(string(c.Outcome)), p, text})
	}
	return list(o, true, entries)
}

// missedBy says which numbers of the table a check that failed speaks of: "p95 < 800ms" of all requests, "POST /story: p99 < 2s" of an endpoint by
// its type and name, or its name.
func missedBy(all []analysis.Check) func(e *analysis.Endpoint, what string) bool {
	failed := map[[2]string]bool{}
	for i := range all {
		if all[i].Outcome != analysis.Failed {
			continue
		}
		parsed, err := threshold.Parse([]string{all[i].Text})
		if err != nil { // a title stands before it, or it is of another kind: no number is coloured
			continue
		}
		for _, c := range parsed {
			failed[[2]string{c.Endpoint, c.Measure.String()}] = true
		}
	}
	return func(e *analysis.Endpoint, what string) bool {
		if isTotal(e) {
			return failed[[2]string{"", what}]
		}
		return failed[[2]string{e.Name, what}] || failed[[2]string{timing.Called(e.Type, e.Name), what}]
	}
}
