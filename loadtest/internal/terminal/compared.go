package terminal

import (
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/glyph"
)

// compared is what differs from the baseline, in a few sentences. The table is in the report.
func compared(c *analysis.Comparison, o Options) string {
	if c == nil {
		return ""
	}
	var entries []entry
	for _, said := range comparison.Brief(c) {
		label, p := "note", plain
		switch said.Outcome {
		case analysis.Worse:
			label, p = "worse", red
		case analysis.Better:
			label, p = "better", green
		case analysis.Same:
			label, p = "fine", green
		case analysis.NotCompared:
			label, p = "warning", yellow
		}
		entries = append(entries, entry{label, p, glyph.Clean(said.Text)})
	}
	return list(o, true, entries)
}
