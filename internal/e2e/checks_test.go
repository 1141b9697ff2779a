//go:build e2e

package e2e

import (
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

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
