package collector

import (
	"testing"
	"time"

	"gregaria/monitor/internal/process"
)

// waker wakes up as often as it is asked, and can take memory. It answers with its voluntary switches.
const waker = `
import resource, sys
kept = []
for line in sys.stdin:
    if line == "grow\n": kept.append(bytearray(64 << 20))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw, flush=True)
`

// TestStatusOfWhoHardlyRuns: where rows follow quickly, the status of a process that only wakes up is read now and then, and what it says is not lost; that of one
// that has done something is read in that row.
func TestStatusOfWhoHardlyRuns(t *testing.T) {
	t.Parallel()
	s := startScript(t, waker)
	w := process.New(process.Choice{PID: s.pid}, "/proc")
	collector, err := openProcess(Settings{Proc: "/proc", Watch: w})
	if err != nil {
		t.Fatal(err)
	}
	c := collector.(*processes)
	first := s.ask(t, "start")[0]
	switched := 0.0
	row := func() float64 {
		t.Helper()
		w.Look()
		began := c.switches
		cells, err := collect(c)
		if err != nil {
			t.Fatal(err)
		}
		if rate, ok := cells[processVoluntary].Value(); ok {
			switched += rate * c.switches.last.Sub(began.last).Seconds()
		}
		rss, _ := cells[processRSS].Value()
		return rss
	}
	row()
	row() // the first look reads no clock
	m := c.members[w.Members()[0]]
	if m.Clock() == 0 {
		t.Skip("this kernel has no clock of processes")
	}
	reads, rows, runs, last := 0, 0, m.Runs, m.last.memoryAt
	now := first
	for began := time.Now(); time.Since(began) < 2*statusEvery; rows++ {
		now = s.ask(t, "wake")[0]
		time.Sleep(20 * time.Millisecond)
		row()
		if m.last.memoryAt != last {
			reads, last = reads+1, m.last.memoryAt
		}
	}
	if ran := m.Runs - runs; ran < rows*3/4 {
		t.Errorf("it was seen to have run in %d of %d rows", ran, rows)
	}
	if reads < 2 || reads > rows/4 {
		t.Errorf("its status was read in %d of %d rows, want 2 or more, and in few", reads, rows)
	}
	time.Sleep(20 * time.Millisecond)
	row()
	row() // it has not run since the row before: what was left is counted
	if counted := now - first; switched < counted-3 || switched > counted+8 {
		t.Errorf("%v voluntary switches were counted, want %v", switched, counted)
	}
	before := row()
	s.ask(t, "grow")
	if after := row(); after < before+60 {
		t.Errorf("RSS = %v MB after 64 MB more than %v, want them in the row", after, before)
	}
}
