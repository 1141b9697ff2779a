package report

import (
	"testing"

	"gregaria/loadtest/internal/analysis"
)

// TestHighestCard: the highest load within the checks, where a run can tell it.
func TestHighestCard(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		why  string
		load *analysis.HighestLoad
		want card
	}{
		{"one load", nil, card{}},
		{"between two", &analysis.HighestLoad{Users: 112, BrokenAt: 118}, card{"112", "users within the checks", ""}},
		{"not within the run", &analysis.HighestLoad{Users: 200}, card{">= 200", "users within the checks", ""}},
		{"none", &analysis.HighestLoad{BrokenAt: 5}, card{"none", "load within the checks", "bad"}},
	} {
		m := maker{f: &analysis.Findings{HighestLoad: test.load}}
		if got := m.highest(); got != test.want {
			t.Errorf("%s: highest = %+v, want %+v", test.why, got, test.want)
		}
	}
}
