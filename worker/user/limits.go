package user

import (
	"sync/atomic"
	"time"
)

// Limits are what tests set to make runs short and equal: one for all users of a process. Nil means none.
type Limits struct {
	maxWait time.Duration // below 0: none
	counted bool
	left    atomic.Int64 // task executions that may still begin
}

// NewLimits returns limits under which a wait between tasks lasts at most maxWait (below 0: no such limit) and no task
// begins after iterations executions of tasks in the process (0: no such limit). It is nil if there is no limit.
func NewLimits(maxWait time.Duration, iterations int) *Limits {
	if maxWait < 0 && iterations <= 0 {
		return nil
	}
	l := &Limits{maxWait: maxWait, counted: iterations > 0}
	l.left.Store(int64(iterations))
	return l
}

// Wait returns how long a wait between tasks, drawn as d, lasts.
func (l *Limits) Wait(d time.Duration) time.Duration {
	if l == nil || l.maxWait < 0 {
		return d
	}
	return min(d, l.maxWait)
}

// Begin counts one execution of a task and says whether it may begin. Entering a nested set is an execution too.
func (l *Limits) Begin() bool { return l == nil || !l.counted || l.left.Add(-1) >= 0 }

// Spent says whether a task has had to wait for the limit: users do nothing more until they are asked to stop.
func (l *Limits) Spent() bool { return l != nil && l.counted && l.left.Load() < 0 }
