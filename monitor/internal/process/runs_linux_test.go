package process

import (
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestRuns: a process that has not run is not read anew; one that has run for some microseconds is.
func TestRuns(t *testing.T) {
	t.Parallel()
	child := exec.CommandContext(t.Context(), "cat")
	input, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer child.Wait()
	defer input.Close()
	echo := func() {
		t.Helper()
		if _, err := input.Write([]byte{'x'}); err != nil {
			t.Fatal(err)
		}
		if _, err := output.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
	}
	echo()
	w := New(Choice{PID: child.Process.Pid}, "/proc")
	w.Look()
	if len(w.Members()) != 1 {
		t.Fatalf("Members = %v", w.Members())
	}
	p := w.Members()[0]
	atRest(t, w, p)
	before := p.Runs
	for range 3 {
		w.Look()
	}
	if p.Runs != before {
		t.Errorf("Runs = %d at rest, want %d as before", p.Runs, before)
	}
	for range 3 {
		before, user, system := p.Runs, p.Stat.User, p.Stat.System
		echo()
		atRest(t, w, p)
		if p.Runs == before {
			t.Errorf("Runs = %d, want more after it has run (its CPU time was %d and %d ticks, and is %d and %d)", p.Runs, user, system, p.Stat.User, p.Stat.System)
		}
	}
}

// atRest looks until the process is asleep: after its answer it still has to go to its next read.
func atRest(t *testing.T, w *Watch, p *Process) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		before := p.Runs
		w.Look()
		if stat, _ := statOf("/proc", p.PID); stat.State == 'S' && p.Runs == before {
			return
		}
	}
	t.Fatal("the process does not come to rest")
}

// TestParentOfASleeper: a process gets another parent when its own ends, and need not run for that.
func TestParentOfASleeper(t *testing.T) {
	t.Parallel()
	pid, _ := start(t, "sh", "-c", `sh -c 'sleep 60 & echo $!; wait' & wait; sleep 60`)
	w := New(Choice{PID: pid}, "/proc")
	eventually(t, w, "a child and a grandchild", func(tree *Tree) bool { return len(tree.PIDs) == 3 })
	sleeper := w.Members()[slices.IndexFunc(w.Members(), func(p *Process) bool { return p.Parent != nil && p.Parent.PID != pid })]
	defer kill(t, sleeper.PID)
	parent := sleeper.Parent.PID
	atRest(t, w, sleeper)
	runs := sleeper.Runs
	kill(t, parent)
	eventually(t, w, "the parent has ended", func(tree *Tree) bool { return !slices.Contains(tree.PIDs, parent) })
	if sleeper.Runs != runs {
		t.Skip("the sleeper has run meanwhile")
	}
	if sleeper.Stat.Parent == parent || sleeper.Parent != nil {
		t.Errorf("the parent of %d is %d (%v), which has ended", sleeper.PID, sleeper.Stat.Parent, sleeper.Parent)
	}
}

// TestFineClock: a clock that there is not, and one of ticks, are of no use.
func TestFineClock(t *testing.T) {
	t.Parallel()
	for clock, want := range map[time.Duration]bool{0: false, 10 * time.Millisecond: false, 7 * time.Second: false, 123456789: true, 1: true} {
		if got := isFine(clock); got != want {
			t.Errorf("isFine(%v) = %v, want %v", clock, got, want)
		}
	}
	if a := newArrivals("/proc"); !a.live {
		t.Error("the kernel's own clock counts as none")
	}
}

// TestClockOfAnEndedProcess: there is none.
func TestClockOfAnEndedProcess(t *testing.T) {
	t.Parallel()
	if own, used := processClock(os.Getpid()), (unix.Rusage{}); unix.Getrusage(unix.RUSAGE_SELF, &used) != nil || own <= 0 ||
		own > time.Duration(used.Utime.Nano()+used.Stime.Nano())+time.Second {
		t.Errorf("processClock = %v of this process, want about %v", own, time.Duration(used.Utime.Nano()+used.Stime.Nano()))
	}
	child := exec.CommandContext(t.Context(), "true")
	if err := child.Run(); err != nil {
		t.Fatal(err)
	}
	if got := processClock(child.Process.Pid); got != 0 {
		t.Errorf("processClock = %v of a process that has ended, want none", got)
	}
}
