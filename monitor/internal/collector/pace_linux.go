package collector

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// paceShare is how many times as long as a reading took is waited before the next: readings cost about a thousandth of a core at most.
const paceShare = 1000

// A pace spaces readings by what they cost: a thing that is dear is read rarely. Its zero value has read nothing yet.
type pace struct{ next time.Time }

// due says whether it is time for a reading.
func (p *pace) due() bool { return !time.Now().Before(p.next) }

// spent says what the last reading cost.
func (p *pace) spent(cost time.Duration) { p.next = time.Now().Add(paceShare * cost) }

// cpuCost calls a function and returns the CPU time that it took. Subtle: the time on the wall is several times that on a machine with
// busy cores, and readings must not become rare just then.
func cpuCost(call func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before := cpuClock()
	call()
	return cpuClock() - before
}

// cpuClock is the CPU time of the calling thread; 0 where the kernel does not say.
func cpuClock() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
