package conclusion_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/conclusion"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/threshold"
)

// recorded is a folder with the files of one run of loadtest.
const recorded = "../recording/testdata/loadtest"

// TestBaseline: a run is as good as itself, not better, and not comparable with another load.
func TestBaseline(t *testing.T) {
	t.Parallel()
	found, err := recording.Find(recorded)
	if err != nil {
		t.Fatal(err)
	}
	last := found[len(found)-1]
	for _, name := range []string{recorded, last.Files.Summary(), last.Files.Timings} {
		if _, err := os.Stat(name); err != nil {
			continue
		}
		bases, err := conclusion.Baseline([]string{name}, 0)
		if err != nil || len(bases) != 1 {
			t.Fatalf("Baseline(%s) = %d runs, %v, want one", name, len(bases), err)
		}
		checks, err := threshold.Parse([]string{"requests <= baseline over all", "requests <= baseline - 10% over all", "rps >= baseline * 0.9 over all"})
		if err != nil {
			t.Fatal(err)
		}
		run, err := recording.Read(last.Files, analysis.Info{})
		if err != nil {
			t.Fatal(err)
		}
		f := conclusion.Of(run, last.Files, conclusion.Options{Checks: checks, Bases: bases})
		for i, want := range []analysis.Outcome{analysis.Passed, analysis.Failed, analysis.Passed} {
			if f.Checks[i].Outcome != want {
				t.Errorf("%s: %+v, want %s", name, f.Checks[i], want)
			}
		}
		run.Info.Users += 7
		f = conclusion.Of(run, last.Files, conclusion.Options{Checks: checks, Bases: bases})
		if c := f.Checks[0]; c.Outcome != analysis.NotEvaluated || !strings.Contains(c.Why, "another load: users: ") {
			t.Errorf("of more users: %+v, want it not evaluated", c)
		}
	}
	for _, name := range []string{"nowhere", filepath.Join("..", "conclusion"), "conclusion.go"} {
		if bases, err := conclusion.Baseline([]string{name}, 0); err == nil || fault.KindOf(err, 0) != fault.Usage || !strings.Contains(err.Error(), "--baseline "+name+": ") {
			t.Errorf("Baseline(%s) = %v, %v, want a fault of usage", name, bases, err)
		}
	}
}
