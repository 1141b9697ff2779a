package conclusion_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/conclusion"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/results"
	"gregaria/loadtest/internal/threshold"
)

// TestUnread: a run whose files tell of no load has all results all the same, and they say why nothing is in them.
func TestUnread(t *testing.T) {
	t.Parallel()
	checks, err := threshold.Parse([]string{"p95 < 1s", "failures < 5 over all"})
	if err != nil {
		t.Fatal(err)
	}
	files := results.Files{Prefix: filepath.Join(t.TempDir(), "stats_20260921_140000")}
	o := conclusion.Options{Checks: checks}
	run, f := conclusion.Unread(recording.Facts{Began: 1_790_000_000.5, Ended: 1_790_000_060, Info: analysis.Info{Host: "http://api", Users: 5}}, files, o, errors.New("nothing tells of a load"))
	f.Verdict = analysis.Verdict{Word: "INCOMPLETE", Code: 5, Line: "the results cannot be read: nothing tells of a load"}
	if err := conclusion.Write(run, &f, files, o, func(err error) { t.Error(err) }); err != nil {
		t.Fatal(err)
	}
	var junit struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
	}
	if err := xml.Unmarshal(read(t, files.JUnit()), &junit); err != nil || junit.Tests != 3 || junit.Failures != 2 || junit.Errors != 1 {
		t.Errorf("JUnit = %+v, %v, want both checks failed, and an error", junit, err)
	}
	var summary analysis.Findings
	if err := json.Unmarshal(read(t, files.Summary()), &summary); err != nil || summary.Verdict.Code != 5 || len(summary.Checks) != 2 || summary.Checks[0].Outcome != analysis.NotEvaluated {
		t.Errorf("JSON = %+v, %v", summary, err)
	}
	for _, path := range []string{files.Page(), files.Markdown()} {
		if text := string(read(t, path)); !strings.Contains(strings.ToUpper(text), "INCOMPLETE") || !strings.Contains(text, "nothing tells of a load") {
			t.Errorf("%s does not say that the run is incomplete, and why", path)
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestRememberWhatIsMissing: a later report cannot pass a run whose files are not all there.
func TestRememberWhatIsMissing(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]bool{exitcode.OK: false, exitcode.Failed: false, exitcode.Checks: false, exitcode.Output: true} {
		path := filepath.Join(t.TempDir(), "run_1.json")
		if err := conclusion.Remember(recording.Facts{Began: 1_790_000_000}, path, nil, nil, analysis.Verdict{Code: code, Line: "not all results were written"}); err != nil {
			t.Fatal(err)
		}
		if known, err := recording.ReadFacts(results.Files{Run: path}); err != nil || (known.Early != nil) != want {
			t.Errorf("of a run that ends with %d run_TS.json has a verdict: %v (%v), want %v", code, known.Early, err, want)
		}
	}
}

// TestRemember: what the end of a run could tell is in run_TS.json, and makes the same checks and the same cause again.
func TestRemember(t *testing.T) {
	t.Parallel()
	checks, err := threshold.ParseFile([]byte("- p95 < 1s\n- {check: failures < 5, over: all, name: hardly any}\n"))
	if err != nil {
		t.Fatal(err)
	}
	facts := recording.Facts{Began: 1_790_000_000, Ended: 1_790_000_060, WarmUp: 1.5}
	for _, c := range checks {
		facts.Checks = append(facts.Checks, recording.Check{Text: c.Text, Title: c.Title})
	}
	path := filepath.Join(t.TempDir(), "run_1.json")
	cause := fault.New(fault.Check, "ended: %w", &threshold.HopelessError{Check: checks[1], Why: "10 have failed"})
	v := analysis.Verdict{Word: "FAILED", Code: 6, Line: "ended"}
	if err := conclusion.Remember(facts, path, []comparison.Run{{File: "a/run_2.json"}}, cause, v); err != nil {
		t.Fatal(err)
	}
	known, err := recording.ReadFacts(results.Files{Run: path})
	if err != nil || known.Early == nil || *known.Early != v || known.WarmUp != 1.5 || len(known.Baseline) != 1 || !filepath.IsAbs(known.Baseline[0]) {
		t.Fatalf("run_TS.json = %+v, %v", known, err)
	}
	again, err := conclusion.Checks(known)
	if err != nil || len(again) != 2 || again[1].Over != threshold.All || again[1].Title != "hardly any" || again[0] != checks[0] {
		t.Fatalf("Checks = %+v, %v, want %+v", again, err, checks)
	}
	results := []analysis.Check{{Text: "p95 < 1s", Outcome: analysis.Passed}, {Text: "hardly any: failures < 5 over all", Outcome: analysis.Passed}}
	threshold.Mark(results, conclusion.Hopeless(known, again))
	if results[0].Outcome != analysis.Passed || results[1].Outcome != analysis.Failed || !strings.Contains(results[1].Why, "10 have failed") {
		t.Errorf("Mark = %+v, want the second failed", results)
	}
	if conclusion.Hopeless(recording.Facts{Checks: facts.Checks}, again) != nil {
		t.Error("a run that no check has ended has one that did")
	}
	if err := conclusion.Remember(facts, filepath.Join(path, "x"), nil, nil, v); fault.KindOf(err, 0) != fault.Output {
		t.Errorf("Remember into a file = %v, want a fault of output", err)
	}
}
