package plan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

func TestChecks(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "checks.yaml")
	if err := os.WriteFile(file, []byte("- rps > 5\n- \"GET /a: p99 < 1s\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		reason string
		change func(s *plan.Settings)
		says   string // "" where it is fine
	}{
		{"a check", func(s *plan.Settings) { s.Checks = []string{"p95 < 1s"} }, ""},
		{"a slip", func(s *plan.Settings) { s.Checks = []string{"p95 < 1"} }, `--check "p95 < 1": p95 is a time`},
		{"no file", func(s *plan.Settings) { s.ChecksFile = file + "x" }, "--checks: read the checks"},
		{"a host with a monitor", func(s *plan.Settings) {
			s.Checks, s.Monitors = []string{"cpu_percent@api < 90"}, []string{"http://api:9647"}
		}, ""},
		{"a host without one", func(s *plan.Settings) {
			s.Checks, s.Monitors = []string{"cpu_percent@apo < 90"}, []string{"http://api:9647"}
		}, "did you mean api?"},
		{"a series", func(s *plan.Settings) {
			s.Checks, s.Scrape = []string{`in_flight{a="b"} < 5`}, []string{"http://api/metrics"}
		}, ""},
		{"a series that nobody reads", func(s *plan.Settings) { s.Checks = []string{"in_flight{} < 5"} }, "--check of in_flight{} is of what a server says of itself: say with --scrape where"},
		{"nothing to compare with", func(s *plan.Settings) { s.Checks = []string{"p95 <= baseline * 1.10"} }, "compares with an earlier run: say with --baseline which"},
		{"nothing that compares", func(s *plan.Settings) {
			s.Checks, s.Baseline = []string{"p95 < 1s"}, []string{"results"}
		}, ""},
		{"both", func(s *plan.Settings) {
			s.Checks, s.Baseline = []string{"p95 <= baseline"}, []string{"results"}
		}, ""},
		{"a difference from nothing", func(s *plan.Settings) { s.Effect = new(0.1) }, "--effect=10% says which difference from --baseline counts"},
		{"a difference that counts", func(s *plan.Settings) { s.Effect, s.Baseline = new(0.1), []string{"results"} }, ""},
		{"nothing to abort on", func(s *plan.Settings) { s.AbortOnFail = true }, "and there is none: give --check"},
		{"a warm-up", func(s *plan.Settings) { s.WarmUp = 30 }, ""},
		{"a warm-up without an end", func(s *plan.Settings) { s.WarmUp = 300 }, "--warm-up 5m leaves nothing of a load of 5m"},
		{"a negative warm-up", func(s *plan.Settings) { s.WarmUp = -1 }, "leaves nothing"},
	} {
		_, err := plan.New(settings(test.change))
		if test.says == "" && err != nil || test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says) || fault.KindOf(err, 0) != fault.Usage) {
			t.Errorf("%s: New = %v, want %q", test.reason, err, test.says)
		}
	}
	p, err := plan.New(settings(func(s *plan.Settings) {
		s.ChecksFile, s.Checks, s.WarmUp = file, []string{"p95 < 1s"}, 1.5
	}))
	if err != nil || len(p.Checks) != 3 || p.Checks[1].Endpoint != "GET /a" || p.Checks[2].Text != "p95 < 1s" || p.WarmUp.Seconds() != 1.5 {
		t.Errorf("New = %+v, %v, want the checks of the file and then the others", p.Checks, err)
	}
}
