//go:build e2e

package e2e

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// TestChecks: what becomes of checks of real runs, in exit code, verdict, JSON, JUnit and the summary of GitHub Actions. The target fails one story in ten.
func TestChecks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		why    string
		checks []string
		code   int
		says   string
		failed int // cases in JUnit
	}{
		{"all hold, and one allows the failures", []string{"fail_ratio < 90% over all", "p95 < 30s", "rps > 0.1"}, exitcode.OK, "PASSED: all 3 checks passed; ", 0},
		{"one does not hold", []string{"p95 < 1ms", "fail_ratio < 90%"}, exitcode.Checks, "FAILED: 1 of 2 checks failed: p95 < 1ms, and it is ", 1},
		{"one cannot be evaluated", []string{"GET /helth: p95 < 1s", "fail_ratio < 90%"}, exitcode.Checks, `could not be evaluated: no request "GET /helth" was made; did you mean GET /health?`, 1},
		{"none speaks of the failures", []string{"p95 < 30s"}, exitcode.Failed, " requests failed, ", 1},
	} {
		t.Run(test.why, func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, flaky())
			step := filepath.Join(t.TempDir(), "step.md")
			flags := []string{"-f", repository(t, "locustfile.py"), "--host=" + server.URL(), "--users=20", "--spawn-rate=20", "--duration=8"}
			for _, check := range test.checks {
				flags = append(flags, "--check="+check)
			}
			l := startLoadtestIn(t, nil, []string{"GITHUB_STEP_SUMMARY=" + step}, flags...)
			l.wantExit(t, test.code, 2*time.Minute)
			l.wantVerdict(t, test.says)
			if server.Served().Failed == 0 {
				t.Error("no request failed, so this shows less than it should")
			}
			l.wantChecks(t, test.code, len(test.checks), test.failed)
			if summary, err := os.ReadFile(step); err != nil || !strings.Contains(string(summary), "\n### Checks\n") || !strings.Contains(string(summary), "`"+test.checks[0]+"`") {
				t.Errorf("the summary of the step = %.300s, %v, want the checks", summary, err)
			}
		})
	}
}

// wantChecks wants JSON and JUnit to say what the exit code says.
func (l *loadtest) wantChecks(t *testing.T, code, checks, failed int) {
	t.Helper()
	var summary struct {
		Verdict struct {
			Code int `json:"exit_code"`
		} `json:"verdict"`
		Checks []struct {
			Outcome  string
			Evidence []struct {
				File, Column string
			}
		} `json:"checks"`
	}
	if err := json.Unmarshal(l.read(t, "summary_*.json"), &summary); err != nil {
		t.Fatal(err)
	}
	if summary.Verdict.Code != code || len(summary.Checks) != checks {
		t.Errorf("the JSON = %+v, want exit code %d and %d checks", summary, code, checks)
	}
	for _, c := range summary.Checks {
		if (len(c.Evidence) == 0) != (c.Outcome == "not evaluated") {
			t.Errorf("the check %+v has no evidence, or too much", c)
		}
		for _, e := range c.Evidence {
			l.read(t, e.File)
		}
	}
	var junit struct {
		Failures int `xml:"failures,attr"`
	}
	if err := xml.Unmarshal(l.read(t, "junit_*.xml"), &junit); err != nil || junit.Failures != failed {
		t.Errorf("JUnit = %+v, %v, want %d failures", junit, err, failed)
	}
	l.read(t, "summary_*.md")
}

// TestAbortOnFail: a run of five minutes ends in its first seconds when a check can no longer pass, with its results, and as failed.
func TestAbortOnFail(t *testing.T) {
	t.Parallel()
	server := startTarget(t, flaky())
	l := startLoadtest(t, "--host", server.URL(), "--users=20", "--spawn-rate=20", "--duration=5m", "--check=fail_ratio < 90%", "--check=failures < 5 over all", "--abort-on-fail")
	l.wantExit(t, exitcode.Checks, 2*time.Minute)
	l.wantVerdict(t, " of 300 s: failures < 5 over all can no longer pass: ")
	l.wantVerdict(t, "FAILED")
	if served := server.Served(); served.Failed < 5 {
		t.Errorf("%d requests failed, so the run was ended too early", served.Failed)
	}
	parseStats(t, l.read(t, "stats_*_stats.csv")).wantServed(t, "CSV", server.Served())
}
