package user

import (
	"sync/atomic"
	"time"
)

// A Schedule deals out the times at which tasks begin, whoever begins them: the master's --rate. All users of a worker have one.
type Schedule interface {
	// Next waits for the next time, and returns it: in the past if nobody was free then. It says false once one of the two
	// channels is closed.
	Next(stopping, done <-chan struct{}) (due time.Time, ok bool)
	// Ended tells that a task which Next let begin has ended.
	Ended(took time.Duration)
}

// Missed is the type of the rows of tasks that were due and never begun, which timings alone have (Request.Apart). Their name is
// that of the user class, or Rate.
const (
	Missed = "MISSED"
	Rate   = "--rate"
)

// A turn is a user's task in time: when it was due, and how late it is. Subtle: requests of a task may be recorded by goroutines
// that it has started, so they read nothing but late.
type turn struct {
	due   time.Time     // of the task that comes next; zero: it has no time
	plan  time.Time     // when the task that comes next, or runs, was to begin as its user's pacing has it now
	every time.Duration // the pacing; 0: none
	began time.Time     // when the task that runs began, where there is a Schedule
	asked bool          // the Schedule was asked for a turn
	late  atomic.Int64  // of the task that runs, see unscheduled
}

// What turn.late is, beside the lateness + 1 of a task that has recorded nothing yet.
const (
	unscheduled = 0
	recorded    = -1
)

// maxMissed bounds the tasks that one slip of a pacing can miss: beyond it the pacing was meant as none.
const maxMissed = 100_000

// clear says that no task with a time runs. A look is cheaper than a store, and most tasks have none.
func (t *turn) clear() {
	if t.late.Load() != unscheduled {
		t.late.Store(unscheduled)
	}
}

// Paced says when the user's next task is due, as its pacing has it, and how long after it the following one; the zero time says that
// the wait has no schedule. It is called when a wait has been worked out. Locust's pacing does not catch up: once the user is late it
// goes on from now, and what came due in between is never begun. Those tasks are recorded as Missed, late by the time until now
// (docs/decisions/0014-lateness.md).
func (e *Env) Paced(due time.Time, every time.Duration) {
	t := &e.turn
	t.due, t.plan, t.every = due, due, every
	if every <= 0 || due.IsZero() {
		t.every = 0
		return
	}
	if now := time.Now(); now.After(due) {
		t.plan = now
		e.missed(due.Add(every), now)
	}
}

// missed records the tasks that came due from one time on until another, both included.
func (e *Env) missed(due, until time.Time) {
	for range maxMissed {
		if due.After(until) {
			return
		}
		e.Recorder.Record(MissedTask(e.Class, until.Sub(due)))
		due = due.Add(e.turn.every)
	}
}

// MissedTask is what is recorded of a task that was due that long ago and was never begun.
func MissedTask(name string, late time.Duration) Request {
	return Request{Type: Missed, Name: name, ResponseTime: NoTime, Apart: true, Scheduled: true, Lateness: late}
}

// BeginTask begins a task: it waits for the task's time where the tasks have a Schedule, and notes how late the task is. It says
// false if the user is to begin nothing more.
func (e *Env) BeginTask() bool {
	t := &e.turn
	if e.Schedule != nil {
		t.asked = true
		e.Idle()
		due, ok := e.Schedule.Next(e.Stopping, e.Done.Done())
		if !ok {
			return false
		}
		t.began, t.due = time.Now(), due
	}
	if t.due.IsZero() {
		t.clear()
		return true
	}
	t.late.Store(int64(max(time.Since(t.due), 0)) + 1)
	t.due = time.Time{}
	return true
}

// AsksForTurns says of a user whose tasks have a Schedule whether it begins them by that, with BeginTask. A Class whose Run is a loop of
// its own need not.
func (e *Env) AsksForTurns() bool { return e.turn.asked }

// EndTask ends the task: what is recorded from now on belongs to none.
func (e *Env) EndTask() {
	t := &e.turn
	t.clear()
	if e.Schedule != nil && !t.began.IsZero() {
		e.Schedule.Ended(time.Since(t.began))
		t.began = time.Time{}
	}
}

// Lateness says of a request that is being recorded whether its task had a time to begin at, and how long after that it began: in
// the first request that asks, NoTime in the others.
func (e *Env) Lateness() (late time.Duration, scheduled bool) {
	switch v := e.turn.late.Load(); {
	case v == unscheduled:
		return 0, false
	case v > 0 && e.turn.late.CompareAndSwap(v, recorded):
		return time.Duration(v - 1), true
	}
	return NoTime, true
}

// EndTasks says that the user begins no task any more. If it has been asked to stop, the tasks that its pacing has had due since are
// accounted for.
func (e *Env) EndTasks() {
	e.EndTask()
	t := &e.turn
	if now := time.Now(); t.every > 0 && e.Stopped() {
		if !t.due.IsZero() && !t.due.After(now) {
			e.Recorder.Record(MissedTask(e.Class, now.Sub(t.due)))
		}
		e.missed(t.plan.Add(t.every), now)
	}
	t.due, t.every = time.Time{}, 0
}
