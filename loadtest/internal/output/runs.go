package output

import (
	"bytes"
	"fmt"
	"strings"

	"gregaria/loadtest/internal/analysis"
)

// Runs are those of a test that was repeated.
type Runs struct {
	Verdict analysis.Verdict
	// Header and Rows are a table of them. Rows are as long as Header.
	Header []string
	Rows   [][]string
	// Comparison is that with the baseline, nil without one.
	Comparison *analysis.Comparison
}

// AddRuns puts the table behind what the step has said of each run.
func AddRuns(stepSummary string, r Runs) error {
	return add(stepSummary, func(int) []byte { return r.markdown() })
}

func (r Runs) markdown() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "## All runs\n\n%s **%s**: %s\n\n|", mark(r.Verdict.Code == 0), escape(r.Verdict.Word), escape(r.Verdict.Line))
	for _, title := range r.Header {
		fmt.Fprintf(&b, " %s |", cell(title))
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|", len(r.Header)-1) + "\n")
	for _, row := range r.Rows {
		b.WriteByte('|')
		for _, text := range row {
			fmt.Fprintf(&b, " %s |", cell(text))
		}
		b.WriteByte('\n')
	}
	compared(&b, r.Comparison)
	return b.Bytes()
}
