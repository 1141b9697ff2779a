package terminal_test

import (
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/terminal"
)

// TestCompared is what the end of a run says of its baseline, and nothing where there is none.
func TestCompared(t *testing.T) {
	t.Parallel()
	change := analysis.Interval{Value: 0.25, Low: 0.2, High: 0.3}
	base, now := 80.0, 100.0
	worse := analysis.Compared{Kind: analysis.AllRequests, Name: "all requests", Measure: "p95", Unit: "ms", Base: &base, New: &now, Change: &change, Outcome: analysis.Worse, Word: "slower"}
	method := analysis.Method{Unit: analysis.OfSeconds, Confidence: 0.95, Text: "one run each: noise between runs is unknown. The intervals are of seconds"}
	for _, c := range []struct {
		why  string
		c    *analysis.Comparison
		want string
	}{
		{"none", nil, ""},
		{
			"slower", &analysis.Comparison{Effect: 0.05, Base: []string{"main/1"}, Method: method, Outcome: analysis.Worse, Rows: []analysis.Compared{worse}},
			"\x1b[31mworse\x1b[0m  Worse: p95 of all requests +25 % (+20 to +30), now 100 ms.\nnote   One run each: noise between runs is unknown.\n",
		},
		{"the same", &analysis.Comparison{Effect: 0.05, Method: method, Outcome: analysis.Same}, "\x1b[32mfine\x1b[0m  No difference larger than 5 % in all requests.\nnote  One run"},
		{
			"another load", &analysis.Comparison{Base: []string{"main/1"}, Outcome: analysis.NotCompared, Differences: []analysis.Difference{{What: "users", Base: "20", New: "30"}}},
			"\x1b[33mwarning\x1b[0m  Not compared with main/1: users: 20 and 30.\n",
		},
	} {
		text := terminal.Text(nil, &analysis.Findings{Comparison: c.c}, terminal.Options{Colour: true})
		_, section, found := strings.Cut(text, "Compared with the baseline\x1b[0m\n")
		if found != (c.c != nil) || !strings.HasPrefix(section, c.want) {
			t.Errorf("%s: %q, want %q", c.why, text, c.want)
		}
	}
}
