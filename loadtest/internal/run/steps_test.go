package run_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/run"
)

// stepped is a run of steps of a second.
func stepped(t *testing.T, steps ...int) bench {
	t.Helper()
	b := newBench(t, time.Duration(len(steps))*time.Second)
	b.plan.Steps, b.plan.StepDuration, b.plan.Users = steps, time.Second, slices.Max(steps)
	b.Run = run.New(b.plan, b.dir, b.view)
	return b
}

// TestSteps: one test of the master's, whose users change.
func TestSteps(t *testing.T) {
	t.Parallel()
	b := stepped(t, 2, 5, 3)
	begun := time.Now()
	if err := b.Do(t.Context(), t.Context()); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begun); took < 3*time.Second {
		t.Errorf("Do() took %v, want 3 s of load", took)
	}
	if log := b.log(t); !regexp.MustCompile(`(?s)swarm of 2 from ready.*step 2 of 3: 5 users for 1s.*swarm of 5 from running.*swarm of 3 from running`).MatchString(log) {
		t.Errorf("log = %s\nwant the steps, in one test", log)
	}
	for _, note := range []string{"step 1 of 3: 2 users for 1s", "step 2 of 3: 5 users for 1s", "step 3 of 3: 3 users for 1s"} {
		if !slices.Contains(b.view.notes, note) {
			t.Errorf("notes = %q, want %q", b.view.notes, note)
		}
	}
	if steps := b.Facts().Info.Steps; !slices.Equal(steps, []int{2, 5, 3}) {
		t.Errorf("Facts() has steps %v, want them", steps)
	}
	if s := b.Summary(); s.Run.Users != 5 || len(s.Run.Remarks) > 0 {
		t.Errorf("Summary() = %d users, remarks %q, want 5 and none", s.Run.Users, s.Run.Remarks)
	}
}

// TestStepsEndWithTheTest: nobody begins a test again that somebody has ended.
func TestStepsEndWithTheTest(t *testing.T) {
	t.Setenv("STANDIN_MASTER", "ends early")
	b := stepped(t, 2, 5)
	b.plan.StepDuration = 5 * time.Second
	b.Run = run.New(b.plan, b.dir, b.view)
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Interrupted, "the test was stopped in the web UI")
	if log := b.log(t); regexp.MustCompile(`swarm of 5`).MatchString(log) {
		t.Errorf("log = %s\nwant no second step", log)
	}
}

// TestStepsAndAShape: two that want to decide. A Locust whose page does not tell has begun the test already.
func TestStepsAndAShape(t *testing.T) {
	for _, shape := range []string{"shape", "shape of old"} {
		t.Setenv("STANDIN_MASTER", shape)
		b := stepped(t, 2, 5)
		wantKind(t, b.Do(t.Context(), t.Context()), fault.Usage, "the locustfile has a load shape, which decides itself how many users run and when: leave --steps out")
		if b.Loaded() {
			t.Errorf("%s: Loaded() = true, want a refusal", shape)
		}
	}
}
