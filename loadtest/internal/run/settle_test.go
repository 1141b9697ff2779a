package run_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/run"
)

// settling is what the step is called.
const settling = "let the server settle"

// TestSettles: the monitor alone runs on, for as long as planned after the last user.
func TestSettles(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Second)
	b.plan.Settle = 4 * time.Second
	b.Run = run.New(b.plan, b.dir, b.view)
	begun := time.Now()
	if err := b.Do(t.Context(), t.Context()); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begun); took < 5*time.Second {
		t.Errorf("Do() took %v, want 1 s of load and 4 s after it", took)
	}
	over := 0
	for _, s := range b.view.statuses {
		if s.Over {
			over++
		} else if over > 0 {
			t.Errorf("a status of the load comes after those of the settling: %+v", s)
		}
	}
	if over < 2 {
		t.Errorf("%d times it is shown what the server does in 4 s without load, want each second", over)
	}
	if !regexp.MustCompile(`(?s)last report sent.*statistics written.*let the server settle.*monitor \| closed`).MatchString(b.log(t)) {
		t.Errorf("log = %s\nwant the monitor to run on when workers and master are gone", b.log(t))
	}
}

// TestSettlingIsInterrupted: the load was complete, and so is the run; what is not known is said.
func TestSettlingIsInterrupted(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Second)
	b.plan.Settle = time.Minute
	ctx, cancel := context.WithCancelCause(t.Context())
	b.view.onStep = func(name string) {
		if strings.HasPrefix(name, settling) {
			time.AfterFunc(100*time.Millisecond, func() { cancel(fault.New(fault.Interrupted, "interrupted by SIGINT")) })
		}
	}
	b.Run = run.New(b.plan, b.dir, b.view)
	begun := time.Now()
	if err := b.Do(ctx, t.Context()); err != nil {
		t.Errorf("Do() = %v, want a complete run", err)
	}
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("Do() took %v, want it at once", took)
	}
	s := b.Summary()
	if notes := strings.Join(s.Run.Notes, "\n"); !strings.Contains(notes, "settling was ended after ") || !strings.Contains(notes, " of 60 s: what the server keeps") || len(s.Missing) > 0 {
		t.Errorf("notes = %q, missing %q, want that settling was cut short, and all files", notes, s.Missing)
	}
}

// TestNothingToSettle: a run that was interrupted has no end that was planned.
func TestNothingToSettle(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Minute)
	b.plan.Settle = time.Minute
	b.Run = run.New(b.plan, b.dir, b.view)
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		<-b.view.loading
		cancel(fault.New(fault.Interrupted, "interrupted by SIGINT"))
	}()
	wantKind(t, b.Do(ctx, t.Context()), fault.Interrupted, "SIGINT")
	if slices.ContainsFunc(b.view.steps, func(name string) bool { return strings.HasPrefix(name, settling) }) {
		t.Errorf("steps = %q, want no settling", b.view.steps)
	}
}
