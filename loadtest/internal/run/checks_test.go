package run_test

import (
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/run"
	"gregaria/loadtest/internal/threshold"
)

// TestAbortOnFail: the load ends when a check can no longer pass, and only if that was asked for. The stand-ins tell of 41 requests and a CPU of 50 %.
func TestAbortOnFail(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		check string
		abort bool
		says  string
	}{
		{"requests < 40 over all", true, " of 60 s: requests < 40 over all can no longer pass: there are 41 already"},
		{"cpu_percent max < 50 over all", true, "cpu_percent max < 50 over all can no longer pass: it was 50"},
		{"requests < 50 over all", true, ""},
		{"requests < 40 over all", false, ""},
	} {
		t.Run(test.check, func(t *testing.T) {
			t.Parallel()
			load := time.Minute
			if test.says == "" {
				load = 2500 * time.Millisecond
			}
			b := newBench(t, load)
			checks, err := threshold.Parse([]string{test.check})
			if err != nil {
				t.Fatal(err)
			}
			b.plan.Checks, b.plan.AbortOnFail = checks, test.abort
			b.Run = run.New(b.plan, b.dir, b.view)
			err = b.Do(t.Context(), t.Context())
			if test.says == "" {
				if err != nil {
					t.Errorf("Do() = %v, want the whole load", err)
				}
				return
			}
			wantKind(t, err, fault.Check, test.says)
		})
	}
}
