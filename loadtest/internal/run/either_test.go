package run_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/run"
)

// unable is why the stand-in worker does not run the locustfile.
const unable = "l.py:1: import of zmq: this worker has no such module (and 1 more: worker --check "

// TestEitherWorkers: Locust's own workers run what ours cannot, as many of them, and that is said at once and at the end.
func TestEitherWorkers(t *testing.T) {
	t.Setenv("STANDIN_WORKER", "cannot")
	b := newBench(t, time.Second)
	b.plan.EitherWorkers = true
	b.Run = run.New(b.plan, b.dir, b.view)
	if err := b.Do(t.Context(), t.Context()); err != nil {
		t.Fatal(err)
	}
	if log := b.log(t); strings.Contains(log, "\nworker |") {
		t.Errorf("log = %s\nwant no worker in Go", log)
	}
	for _, notes := range [][]string{b.view.notes, b.Summary().Run.Notes} {
		if !slices.ContainsFunc(notes, func(note string) bool {
			return strings.HasPrefix(note, "workers in Go cannot run this locustfile: "+unable) && strings.Contains(note, "; so 2 workers of Locust itself run it, in Python: a request costs about 10")
		}) {
			t.Errorf("notes = %q, want why Python runs it, and what that costs", notes)
		}
	}
}

// TestWorkersInGoAlone: who named them, or wants what only they see, is told what is in the way.
func TestWorkersInGoAlone(t *testing.T) {
	t.Setenv("STANDIN_WORKER", "cannot")
	b := newBench(t, time.Second)
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Usage, "; --workers=auto and --workers=python have it run on workers of Locust itself")
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Usage, unable)

	b = newBench(t, time.Second)
	b.plan.EitherWorkers, b.plan.NeedGo = true, []string{"--job", "--request-log"}
	b.Run = run.New(b.plan, b.dir, b.view)
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Usage, "so workers in Go cannot run it, and Locust's own know nothing of --job, --request-log: change the locustfile, or leave --job, --request-log out")
}
