package run_test

import (
	"strings"
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/run"
	"gregaria/loadtest/internal/threshold"
)

// checking is a run that asks a server what it says of itself, with checks of that.
func checking(t *testing.T, server string, checks ...string) bench {
	t.Helper()
	b := newBench(t, time.Second)
	parsed, err := threshold.Parse(checks)
	if err != nil {
		t.Fatal(err)
	}
	b.plan.Scrape, b.plan.Checks = []string{server}, parsed
	b.Run = run.New(b.plan, b.dir, b.view)
	return b
}

// TestSeriesOfChecks: what a server shows is known before the run, what checks speak of is recorded, and what cannot be known is said.
func TestSeriesOfChecks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ why, server, check, says, recorded string }{
		{"shown", "http://api/metrics", "in_flight{} < 5", "", "SERIES=+in_flight(_sum|_count)?\n"},
		{"not yet", "http://api/metrics", "errors_total{} < 5", "no server of --scrape shows errors_total yet: a check fails if none does during the load", "SERIES=+errors_total(_sum|_count)?\n"},
		{"not known", "http://api/gone", "in_fligth{} < 5", "the names of series in checks could not be verified: --scrape: http://api/gone: connection refused", ""},
		{"no series", "http://api/gone", "p95 < 1s", "", "SERIES=\n"},
	} {
		b := checking(t, c.server, c.check)
		if err := b.Do(t.Context(), t.Context()); err != nil {
			t.Fatalf("%s: %v", c.why, err)
		}
		said := strings.Join(b.view.notes, "\n")
		if has := strings.Contains(said, "series") || strings.Contains(said, "shows"); c.says == "" && has || !strings.Contains(said, c.says) || !strings.Contains(strings.Join(b.Summary().Run.Notes, "\n"), c.says) {
			t.Errorf("%s: notes %q, want %q", c.why, said, c.says)
		}
		if log := b.log(t); !strings.Contains(log, c.recorded) {
			t.Errorf("%s: log = %s\nwant %q", c.why, log, c.recorded)
		}
	}
	b := checking(t, "http://api/metrics", "in_fligth{} < 5")
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Usage, `--check "in_fligth{} < 5": no server of --scrape shows a series in_fligth; did you mean in_flight?`)
}
