package conclusion_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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
		if c := f.Comparison; c == nil || len(c.Rows) == 0 || c.Outcome == analysis.Worse || len(c.Base) != 1 || c.Base[0] != last.Files.Name() || c.Base[0] != c.New[0] {
			t.Errorf("compared with itself: %+v", c)
		}
		for i, f := range []analysis.Findings{f, conclusion.Of(run, last.Files, conclusion.Options{Checks: checks})} {
			written := last.Files
			written.Prefix = filepath.Join(t.TempDir(), filepath.Base(last.Files.Prefix))
			if err := conclusion.Write(run, &f, written, conclusion.Options{Bases: bases}, func(error) {}); err != nil {
				t.Fatal(err)
			}
			for path, says := range map[string]string{written.Summary(): `"comparison": {`, written.Markdown(): "\n### Compared with ", written.Page(): ` id="compared"`} {
				if text, err := os.ReadFile(path); err != nil || strings.Contains(string(text), says) != (i == 0) {
					t.Errorf("%s, %v: has %q: %v, want %v", path, err, says, i != 0, i == 0)
				}
			}
		}
		for given, want := range map[float64]float64{0: 0.05, 0.2: 0.2} {
			if f := conclusion.Of(run, last.Files, conclusion.Options{Bases: bases, Effect: given}); f.Comparison.Effect != want {
				t.Errorf("with --effect=%v differences of %v count, want %v", given, f.Comparison.Effect, want)
			}
		}
		run.Info.Users += 7
		f = conclusion.Of(run, last.Files, conclusion.Options{Checks: checks, Bases: bases})
		if c := f.Checks[0]; c.Outcome != analysis.NotEvaluated || !strings.Contains(c.Why, "another load: users: ") {
			t.Errorf("of more users: %+v, want it not evaluated", c)
		}
		if c := f.Comparison; c == nil || c.Outcome != analysis.NotCompared || len(c.Rows) > 0 || len(f.Endpoints) == 0 || f.Headline == "" {
			t.Errorf("of more users: compared %+v, want that it is not, and all else as ever", c)
		}
	}
	for _, name := range []string{"nowhere", filepath.Join("..", "conclusion"), "conclusion.go"} {
		if bases, err := conclusion.Baseline([]string{name}, 0); err == nil || fault.KindOf(err, 0) != fault.Usage || !strings.HasPrefix(err.Error(), "--baseline: ") || !strings.Contains(err.Error(), name) {
			t.Errorf("Baseline(%s) = %v, %v, want a fault of usage", name, bases, err)
		}
	}
}

// TestWarmUpOfFractions: of a second that is warm-up in part nothing is steady, in the run and in its baseline.
func TestWarmUpOfFractions(t *testing.T) {
	t.Parallel()
	found, err := recording.Choose(recorded, "")
	if err != nil {
		t.Fatal(err)
	}
	run, err := recording.Read(found.Files, analysis.Info{})
	if err != nil {
		t.Fatal(err)
	}
	const warmUp = 9500 * time.Millisecond
	bases, err := conclusion.Baseline([]string{recorded}, warmUp)
	if err != nil {
		t.Fatal(err)
	}
	f := conclusion.Of(run, found.Files, conclusion.Options{WarmUp: warmUp})
	for whose, phases := range map[string][]analysis.Phase{"the run": f.Phases, "its baseline": bases[0].Findings.Phases} {
		steady := slices.IndexFunc(phases, func(p analysis.Phase) bool { return p.Kind == analysis.Steady })
		if steady < 0 || phases[steady].From != run.Began+10 {
			t.Errorf("%s with --warm-up %s has the phases %+v from %d on, want it steady from the 10th second on", whose, warmUp, phases, run.Began)
		}
	}
}
