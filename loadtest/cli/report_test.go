package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/cli"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/recording"
)

// TestReport: a report made again says what the run said, unless it is asked for something else, and then it says that.
func TestReport(t *testing.T) {
	t.Parallel()
	dir := written(t, 20, 40)
	histories, err := filepath.Glob(filepath.Join(dir, "stats_*_stats_history.csv"))
	if err != nil || len(histories) != 1 {
		t.Fatal(histories, err)
	}
	stamp := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(histories[0]), "stats_"), "_stats_history.csv")
	facts := filepath.Join(dir, "run_"+stamp+".json")
	began, ended := 1_790_000_000.0, 1_790_000_129.0
	fails, passes := recording.Check{Text: "p95 < 1ms"}, recording.Check{Text: "p95 < 30s"}
	died := analysis.Verdict{Word: "INCOMPLETE", Code: 4, Line: "the master died"}
	aborted := analysis.Verdict{Word: "FAILED", Code: 6, Line: "the run was ended after 41 of 300 s: p95 < 30s can no longer pass"}
	const theirs, others = "The checks are those of the run.\n", "the checks are those of this report: those of the run itself (1) are left out"
	for _, test := range []struct {
		why   string
		facts *recording.Facts
		args  []string
		code  int
		says  string
	}{
		{"no run_TS.json: requests failed", nil, nil, exitcode.Failed, "FAILED: 24 of 15309 requests failed"},
		{"the locustfile accepts that", &recording.Facts{}, nil, exitcode.OK, ", which the locustfile accepts"},
		{"the locustfile does not accept that", &recording.Facts{LocustCode: 1}, nil, exitcode.Failed, "FAILED: 24 of 15309 requests failed"},
		{"a check of the run that failed", &recording.Facts{Checks: []recording.Check{fails}}, nil, exitcode.Checks, "the check failed: p95 < 1ms, and it is "},
		{"it says whose check that is", &recording.Facts{Checks: []recording.Check{fails}}, nil, exitcode.Checks, theirs},
		{"others are asked for", &recording.Facts{Checks: []recording.Check{fails}}, []string{"--check=p95 < 30s"}, exitcode.OK, others},
		{"the warm-up of the run", &recording.Facts{WarmUp: 100.5, Checks: []recording.Check{passes}}, nil, exitcode.OK, "warm-up 0:04-1:41, steady 1:41-2:10"},
		{"another one", &recording.Facts{WarmUp: 60}, []string{"--warm-up=30s"}, exitcode.OK, "the warm-up is 30s in this report; in the run itself it was 1m"},
		{"no warm-up", &recording.Facts{WarmUp: 60}, []string{"--warm-up=0"}, exitcode.OK, "the warm-up is 0s in this report"},
		{"a run that died", &recording.Facts{Early: &died}, nil, exitcode.Died, "INCOMPLETE: the master died"},
		{"it stays that with other checks", &recording.Facts{Early: &died}, []string{"--check=p95 < 30s"}, exitcode.Died, "INCOMPLETE: the master died"},
		{"loadtest was killed", &recording.Facts{Ended: -1}, nil, exitcode.Died, "loadtest itself did not come to the end of the run"},
		{"a check ended it", &recording.Facts{Early: &aborted, Checks: []recording.Check{{Text: "p95 < 30s", Hopeless: "of 10 requests"}}}, nil, exitcode.Checks, "FAILED: the run was ended after 41 of 300 s: "},
		{"a check ended it, and others are asked for", &recording.Facts{Early: &aborted, Checks: []recording.Check{{Text: "p95 < 30s", Hopeless: "of 10 requests"}}}, []string{"--check=rps > 1"}, exitcode.OK, "; " + aborted.Line},
		{"its baseline has gone", &recording.Facts{Checks: []recording.Check{{Text: "p95 <= baseline"}}, Baseline: []string{"/nowhere/run_20260101_000000.json"}}, nil, exitcode.Checks, "the baseline of the run: --baseline: no run at /nowhere"},
		{"its baseline, by another effect", &recording.Facts{Baseline: histories, Effect: 0.5}, nil, exitcode.OK, "larger than 50 %"},
		{"the effect of the report", &recording.Facts{Baseline: histories, Effect: 0.5}, []string{"--effect=30%"}, exitcode.OK, "larger than 30 %"},
		{"its baseline", &recording.Facts{Checks: []recording.Check{{Text: "p95 <= baseline"}}, Baseline: histories}, nil, exitcode.OK, "PASSED: the check passed"},
	} {
		_ = os.Remove(facts)
		if test.facts != nil {
			known := *test.facts
			known.Began, known.Ended = began, ended+min(0, known.Ended)*ended
			if err := known.Write(facts); err != nil {
				t.Fatal(err)
			}
		}
		var stdout, stderr bytes.Buffer
		code := cli.Main(append([]string{"report", dir}, test.args...), &stdout, &stderr)
		if code != test.code || !strings.Contains(stdout.String(), test.says) {
			t.Errorf("%s: exit code %d, want %d and %q\n%s%s", test.why, code, test.code, test.says, stdout.String(), stderr.String())
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, "summary_"+stamp+".json"))
		var f analysis.Findings
		if err != nil || json.Unmarshal(data, &f) != nil || f.Verdict.Code != code {
			t.Errorf("%s: the JSON = %+v, %v, want exit code %d", test.why, f.Verdict, err, code)
		}
		for _, c := range f.Checks {
			if strings.HasPrefix(c.Why, "the run was ended") != (test.facts != nil && test.facts.Early == &aborted && len(test.args) == 0) {
				t.Errorf("%s: the check is %+v", test.why, c)
			}
		}
	}
}
