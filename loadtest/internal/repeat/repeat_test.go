package repeat_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/conclusion"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording/recordingtest"
	"gregaria/loadtest/internal/repeat"
)

// ended is a run as it ended.
func ended(word string, code int, complete bool) repeat.Run {
	return repeat.Run{Verdict: analysis.Verdict{Word: word, Code: code, Line: fmt.Sprintf("why %d", code)}, Complete: complete}
}

// TestVerdict is that over all runs: each has to pass, and one that was not to its end is the last.
func TestVerdict(t *testing.T) {
	t.Parallel()
	passed, failed, broke := ended("PASSED", 0, true), ended("FAILED", 1, true), ended("FAILED", 6, true)
	cut := analysis.Verdict{Word: "INCOMPLETE", Code: 130, Line: "interrupted by SIGINT"}
	for _, c := range []struct {
		why  string
		runs []repeat.Run
		cut  *analysis.Verdict
		want string
	}{
		{"all passed", []repeat.Run{passed, passed, passed}, nil, "PASSED 0 all 3 runs passed"},
		{"one has failed requests", []repeat.Run{passed, failed, passed}, nil, "FAILED 1 1 of 3 runs failed, run 2: why 1"},
		{"a check outweighs them", []repeat.Run{failed, passed, broke}, nil, "FAILED 6 2 of 3 runs failed; run 3: why 6"},
		{"the first of the worst is told", []repeat.Run{broke, failed, broke}, nil, "FAILED 6 3 of 3 runs failed; run 1: why 6"},
		{"a worker died in the second", []repeat.Run{broke, ended("INCOMPLETE", 4, false)}, nil, "INCOMPLETE 4 run 2 of 3: why 4; complete: 1"},
		{"--abort-on-fail in the second", []repeat.Run{passed, ended("FAILED", 6, false)}, nil, "FAILED 6 run 2 of 3: why 6"},
		{"Ctrl-C in the third", []repeat.Run{passed, passed, ended("INCOMPLETE", 130, false)}, nil, "INCOMPLETE 130 run 3 of 3: why 130; complete: 2"},
		{"Ctrl-C between the second and the third", []repeat.Run{passed, broke}, &cut, "INCOMPLETE 130 run 3 of 3: interrupted by SIGINT; complete: 2"},
	} {
		test := repeat.Test{Planned: 3, Runs: c.runs, Cut: c.cut}
		if v := test.Verdict(); fmt.Sprint(v.Word, " ", v.Code, " ", v.Line) != c.want || !test.Over() {
			t.Errorf("%s: %+v, over: %v, want %s, and over", c.why, v, test.Over(), c.want)
		}
	}
	for _, only := range []repeat.Run{passed, broke, ended("INCOMPLETE", 4, false)} {
		if test := (repeat.Test{Planned: 1, Runs: []repeat.Run{only}}); test.Verdict() != only.Verdict {
			t.Errorf("of one run: %+v, want that of the run, %+v", test.Verdict(), only.Verdict)
		}
	}
	if test := (repeat.Test{Planned: 3, Runs: []repeat.Run{broke, failed}}); test.Over() {
		t.Error("a test is over after two of three runs that only failed")
	}
}

// recorded are runs of recorded files, the last of which was not to its end.
func recorded(t *testing.T, dir string, medians ...float64) []repeat.Run {
	t.Helper()
	for i, median := range medians {
		load := recordingtest.Load{Began: 1_790_000_000 + int64(3600*i), Seconds: 60, Ramp: 5, Users: 20, Endpoints: 2, Rate: 60, Seed: uint64(i) + uint64(median), Median: median}
		if _, err := load.Write(dir); err != nil {
			t.Fatal(err)
		}
	}
	read, err := conclusion.Read([]string{dir}, 0)
	if err != nil {
		t.Fatal(err)
	}
	var runs []repeat.Run
	for i, r := range read {
		runs = append(runs, repeat.Run{Run: r, Complete: i < len(read)-1, Verdict: analysis.Verdict{Word: "PASSED"}, Summary: filepath.Join(dir, "summary.json")})
	}
	runs[len(runs)-1].Verdict.Word = "INCOMPLETE"
	return runs
}

// TestTable has a row for each run, numbers of those that were to their end, and what they come to.
func TestTable(t *testing.T) {
	t.Parallel()
	test := repeat.Test{Planned: 5, Runs: recorded(t, t.TempDir(), 40, 50, 60, 900)}
	table := test.Table()
	p95 := slices.Index(table.Header, "p95")
	if p95 < 0 || table.Sums != 2 || len(table.Rows) != 4+2 {
		t.Fatalf("%+v, want p95, four runs and two sums", table)
	}
	for i, row := range table.Rows {
		if len(row) != len(table.Header) {
			t.Errorf("row %d has %d cells, want %d", i, len(row), len(table.Header))
		}
	}
	if last := table.Rows[3]; last[p95] != "" || last[len(last)-1] != "INCOMPLETE" || table.Rows[2][p95] == "" {
		t.Errorf("the runs that count and the one that does not are %q", table.Rows[2:4])
	}
	if median, second := table.Rows[4][p95], table.Rows[1][p95]; median != second || table.Rows[4][0] != "median" {
		t.Errorf("the median of p95 is %s, want that of the second run, %s", median, second)
	}
	if spread := table.Rows[5]; spread[0] != "spread" || !strings.HasSuffix(spread[p95], " %") || spread[p95] < "3" || spread[p95] > "5" {
		t.Errorf("spread = %q, want 40 %% or so of p95", spread)
	}
	one := repeat.Test{Planned: 5, Runs: test.Runs[:1]}
	if table := one.Table(); table.Sums != 0 || len(table.Rows) != 1 {
		t.Errorf("of one run there is %+v, want no sums", table)
	}
	none := repeat.Test{Planned: 5, Runs: test.Runs[3:]}
	if table := none.Table(); len(table.Rows) != 1 || len(table.Header) != 2 {
		t.Errorf("of no run to its end there is %+v", table)
	}
}

// TestFile: what is written stands for the complete runs wherever runs are named, and is there before all are over.
func TestFile(t *testing.T) {
	t.Parallel()
	dir, base := t.TempDir(), t.TempDir()
	runs := recorded(t, dir, 60, 61, 62, 900)
	test := repeat.Test{Planned: 4, Runs: runs[:2], Bases: comparisonRuns(recorded(t, base, 40, 41, 42))}
	path := filepath.Join(dir, "repeat_20261130_140000.json")
	for _, c := range []struct {
		runs    []repeat.Run
		over    bool
		named   int
		compare analysis.Outcome
	}{{runs[:2], false, 2, ""}, {runs, true, 3, analysis.Worse}} {
		test.Runs = c.runs
		if err := test.Write(path); err != nil {
			t.Fatal(err)
		}
		var file struct {
			Schema, Planned int
			Runs            []struct{ Complete bool }
			Verdict         *analysis.Verdict
			Spread          []comparison.Spread
			Comparison      *analysis.Comparison
		}
		data, err := os.ReadFile(path)
		if err != nil || json.Unmarshal(data, &file) != nil {
			t.Fatalf("%v:\n%s", err, data)
		}
		if file.Schema != 1 || file.Planned != 4 || len(file.Runs) != len(c.runs) || (file.Verdict != nil) != c.over || len(file.Spread) == 0 || len(file.Spread[0].Values) != c.named {
			t.Errorf("of %d runs it is\n%.600s", len(c.runs), data)
		}
		if outcome := file.Comparison; (outcome != nil) != c.over || outcome != nil && (outcome.Outcome != c.compare || outcome.Method.Unit != analysis.OfRuns) {
			t.Errorf("of %d runs it is compared: %+v, want %s", len(c.runs), outcome, c.compare)
		}
		if named, err := conclusion.Read([]string{path}, 0); err != nil || len(named) != c.named {
			t.Errorf("the file names %d runs, %v, want %d", len(named), err, c.named)
		}
	}
	page := filepath.Join(dir, "repeat_20261130_140000.html")
	for says, c := range map[string]*analysis.Comparison{"3 and 3 runs": test.Comparison(), "How far they are apart": nil, "3 runs of one test": {Outcome: analysis.NotCompared}} {
		if written, err := test.WritePage(page, c, time.UTC); err != nil || !written {
			t.Errorf("%q: no page: %v", says, err)
		}
		if html, err := os.ReadFile(page); err != nil || !strings.Contains(string(html), says) {
			t.Errorf("the page is %.100s, %v, want %q in it", html, err, says)
		}
	}
	if written, err := (&repeat.Test{Planned: 2, Runs: runs[:1]}).WritePage(filepath.Join(dir, "one.html"), nil, time.UTC); written || err != nil {
		t.Errorf("of one run there is a page: %v, %v", written, err)
	}
	if err := test.Write(filepath.Join(path, "x.json")); fault.KindOf(err, 0) != fault.Output {
		t.Errorf("Write(where nothing can be) = %v, want a fault of output", err)
	}
	for text, says := range map[string]string{
		"{":                         "is no JSON of loadtest --repeat",
		`{"schema": 2}`:             "schema 2, not 1",
		`{"schema": 1, "runs": []}`: "tells of no run that is complete",
		`{"schema": 1, "runs": [{"run":"20200101_000000","complete":true}]}`: "no run 20200101_000000 in ",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := conclusion.Read([]string{path}, 0); fault.KindOf(err, 0) != fault.Usage || !strings.Contains(err.Error(), says) {
			t.Errorf("of %s: %v, want %q", text, err, says)
		}
	}
}

func comparisonRuns(runs []repeat.Run) (all []comparison.Run) {
	for _, r := range runs {
		all = append(all, r.Run)
	}
	return all
}
