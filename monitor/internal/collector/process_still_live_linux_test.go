package collector

import (
	"testing"
	"time"

	"gregaria/monitor/internal/process"
)

// small is a process that stands still until it is asked to do something that takes microseconds.
const small = `
import os, sys, threading
kept = []
for line in sys.stdin:
    if line == "open\n": kept.append(os.open("/dev/null", os.O_RDONLY))
    if line == "thread\n":
        started = threading.Event()
        threading.Thread(target=lambda: (started.set(), threading.Event().wait()), daemon=True).start(); started.wait()
    if line == "close\n": os.close(kept.pop())
    print(1, flush=True)
`

// TestSmallThings: a row sees what a process did that used next to no CPU time.
func TestSmallThings(t *testing.T) {
	t.Parallel()
	s := startScript(t, small)
	w := process.New(process.Choice{PID: s.pid}, "/proc")
	c, err := openProcess(Settings{Proc: "/proc", Watch: w})
	if err != nil {
		t.Fatal(err)
	}
	s.ask(t, "start")
	row := func() (open, threads float64) {
		t.Helper()
		time.Sleep(20 * time.Millisecond) // it goes to its next read
		w.Look()
		cells, err := collect(c)
		if err != nil {
			t.Fatal(err)
		}
		open, ok := cells[processOpen].Value()
		threads, alsoOK := cells[processThreads].Value()
		if !ok || !alsoOK {
			t.Fatalf("Collect = %s", named(cells))
		}
		return open, threads
	}
	open, threads := row()
	for _, x := range []struct {
		do            string
		open, threads float64
	}{{"nothing", 0, 0}, {"open", 1, 0}, {"nothing", 0, 0}, {"open", 1, 0}, {"close", -1, 0}, {"thread", 0, 1}, {"nothing", 0, 0}} {
		if x.do != "nothing" {
			s.ask(t, x.do)
		}
		open, threads = open+x.open, threads+x.threads
		if gotOpen, gotThreads := row(); gotOpen != open || gotThreads != threads {
			t.Errorf("%s: %v open files and %v threads, want %v and %v", x.do, gotOpen, gotThreads, open, threads)
		}
	}
}
