package terminal

import (
	"strings"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/glyph"
)

// Runs is what a person reads when a test that was repeated is over: a table of its runs, whose last rows are of all, how they compare with a baseline, nil for none,
// and the files.
func Runs(header []string, rows [][]string, sums int, c *analysis.Comparison, files []string, o Options) string {
	t := table{left: 1, header: header, sums: sums}
	for _, row := range rows {
		var cells []cell
		for i, text := range row {
			p := plain
			switch {
			case i < len(row)-1 || text == "":
			case text == "PASSED":
				p = green
			default:
				p = red
			}
			cells = append(cells, cell{glyph.Clean(text), p})
		}
		t.rows = append(t.rows, cells)
	}
	var out strings.Builder
	out.WriteString(o.paint(bold, "All runs (steady phase)") + "\n" + t.text(o))
	if c != nil {
		out.WriteString("\n" + o.paint(bold, "Compared with the baseline") + "\n" + compared(c, o))
	}
	out.WriteString("\n" + o.paint(bold, "Files") + "\n")
	for _, file := range files {
		out.WriteString(glyph.Clean(file) + "\n")
	}
	return out.String()
}
