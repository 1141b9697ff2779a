package output_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/output"
)

// TestAddRuns is the table of all runs on the page of a job, behind what is there.
func TestAddRuns(t *testing.T) {
	t.Parallel()
	step := filepath.Join(t.TempDir(), "step.md")
	if err := os.WriteFile(step, []byte("before\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	runs := output.Runs{
		Verdict: analysis.Verdict{Word: "FAILED", Code: 6, Line: "1 of 2 runs failed, run 2: p95 < 1s | *no*"},
		Header:  []string{"run", "p95", ""}, Rows: [][]string{{"1  a", "98 ms", "PASSED"}, {"2  b|c", "2000 ms", "FAILED"}},
		Comparison: &analysis.Comparison{Base: []string{"main"}, Outcome: analysis.Same, Effect: 0.05},
	}
	if err := output.AddRuns(step, runs); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(step)
	if err != nil {
		t.Fatal(err)
	}
	page, cells := rendered(t, text)
	if want := []string{"run", "p95", "", "1  a", "98 ms", "PASSED", "2  b|c", "2000 ms", "FAILED"}; !slices.Equal(cells[1:], want[1:]) {
		t.Errorf("cells = %q, want %q", cells, want)
	}
	for _, want := range []string{"<p>before</p>", "<h2>All runs</h2>", "run 2: p95 &lt; 1s | *no*", "<h3>Compared with main</h3>"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	if err := output.AddRuns(filepath.Join(step, "none"), runs); fault.KindOf(err, 0) != fault.Output {
		t.Errorf("AddRuns(a file that cannot be) = %v, want a fault of output", err)
	}
}
