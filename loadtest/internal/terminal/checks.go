package terminal

import (
	"regexp"
	"strings"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/glyph"
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

// metric is the beginning of a check: whose, with a colon, and what, until the sign that compares.
var metric = regexp.MustCompile(`^(?:(.*): )?\s*([a-z0-9_. ]+?)\s*(?:[<>]|[=!]=)`)

// missedBy says which numbers of the table a check that failed speaks of: "p95 < 800ms" of all requests, "POST /story: p99 < 2s" of an endpoint by
// its type and name, or its name.
func missedBy(all []analysis.Check) func(e *analysis.Endpoint, what string) bool {
	failed := map[[2]string]bool{}
	for i := range all {
		if all[i].Outcome != analysis.Failed {
			continue
		}
		if found := metric.FindStringSubmatch(strings.TrimSpace(all[i].Text)); found != nil {
			failed[[2]string{found[1], found[2]}] = true
		}
	}
	return func(e *analysis.Endpoint, what string) bool {
		if isTotal(e) {
			return failed[[2]string{"", what}]
		}
		return failed[[2]string{e.Name, what}] || failed[[2]string{e.Type + " " + e.Name, what}]
	}
}
