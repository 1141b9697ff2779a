package output

import (
	"bytes"
	"fmt"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
)

// mostCompared is how many rows of a comparison are shown, but for those with a difference.
const mostCompared = 60

// compared is the comparison with the baseline: what it comes to, and its rows.
func compared(b *bytes.Buffer, c *analysis.Comparison) {
	if c == nil {
		return
	}
	fmt.Fprintf(b, "\n### Compared with %s\n\n", escape(comparison.Names(c.Base)))
	for _, said := range comparison.Brief(c) {
		fmt.Fprintf(b, "- %s\n", escape(said.Text))
	}
	rows, left := comparison.Shown(c, mostCompared)
	if len(rows) == 0 {
		return
	}
	b.WriteString("\n|")
	for _, title := range comparison.Header(c) {
		fmt.Fprintf(b, " %s |", cell(title))
	}
	b.WriteString("\n|---|---|--:|--:|--:|--:|---|\n")
	for i := range rows {
		fmt.Fprintf(b, "| %s |", codeCell(comparison.Who(&rows[i])))
		for _, text := range comparison.Cells(&rows[i]) {
			fmt.Fprintf(b, " %s |", cell(text))
		}
		b.WriteByte('\n')
	}
	if left > 0 {
		fmt.Fprintf(b, "\n%d other rows of endpoints, without a difference that can be told, are in the JSON file.\n", left)
	}
}
