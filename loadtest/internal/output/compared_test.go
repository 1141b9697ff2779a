package output_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/output"
)

// TestMarkdownCompared is the table beside the baseline, with names that mean something in Markdown, and of many endpoints not all.
func TestMarkdownCompared(t *testing.T) {
	t.Parallel()
	f := made()
	change := analysis.Interval{Value: 0.25, Low: 0.2, High: 0.3}
	row := func(kind analysis.ComparedKind, name string, outcome analysis.Outcome) analysis.Compared {
		base, now := 80.0, 100.0
		return analysis.Compared{Kind: kind, Type: "GET", Name: name, Measure: "p95", Unit: "ms", Base: &base, New: &now, Change: &change, Outcome: outcome, Word: string(outcome)}
	}
	f.Comparison = &analysis.Comparison{Effect: 0.05, Base: []string{"results/a*b"}, Outcome: analysis.Worse, Method: analysis.Method{Confidence: 0.95, Text: "one run each"}}
	for i := range 100 {
		f.Comparison.Rows = append(f.Comparison.Rows, row(analysis.EndpointRow, fmt.Sprintf("/plain/%d", i), analysis.CannotTell))
	}
	f.Comparison.Rows = append(f.Comparison.Rows, row(analysis.EndpointRow, "/a|b", analysis.Worse))
	text := string(output.Markdown(f, 1<<20))
	_, cells := rendered(t, []byte(text))
	for _, want := range []string{"GET /a|b", "GET /plain/59", "+25 %", "+20 to +30", "95 % interval"} {
		if !slices.Contains(cells, want) {
			t.Errorf("no cell %q", want)
		}
	}
	for _, want := range []string{"### Compared with results/a\\*b\n", "\n40 other rows of endpoints, "} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%.2000s", want, text)
		}
	}
	if slices.Contains(cells, "GET /plain/60") {
		t.Error("all endpoints are shown, want the first 60 and what is worse")
	}
}
