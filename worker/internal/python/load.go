package python

import (
	"sync/atomic"
	"time"
)

// load measures for how long an isolate has had work: from when a thread wants the lock until no thread has or wants it. The
// clock is read only where that changes, so that it costs nothing where the lock never rests.
type load struct {
	wanting atomic.Int32 // threads that have the lock or wait for it
	// sum has each end of a time of work added and each beginning taken away, on the clock of the isolate: in any order they
	// come to the same.
	sum  atomic.Int64
	last atomic.Int64 // what Busy has said
}

func (l *load) enter(iso *Isolate) {
	if l.wanting.Add(1) == 1 {
		l.sum.Add(-int64(iso.clock()))
	}
}

func (l *load) leave(iso *Isolate) {
	if l.wanting.Add(-1) == 0 {
		l.sum.Add(int64(iso.clock()))
	}
}

// Busy is for how long in all there has been Python to run: while it grows as fast as the time, the isolate is at its limit.
// It may be called by any goroutine.
func (iso *Isolate) Busy() time.Duration {
	l := &iso.load
	now, last := int64(iso.clock()), l.last.Load()
	sum := l.sum.Load()
	if sum < 0 { // work goes on
		sum += now
	}
	if sum < last || sum > now { // between a count and its time
		return time.Duration(last)
	}
	l.last.CompareAndSwap(last, sum)
	return time.Duration(sum)
}
