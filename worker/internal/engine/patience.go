package engine

import (
	"fmt"
	"sync/atomic"
	"time"

	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// Patience is how an engine waits for users that are to end. Their time is up after the stop timeout, and Finish more:
// then their context is cancelled. Leave later they are no longer waited for.
type Patience struct {
	// Finish says how long users may go on after the stop timeout; nil means not at all.
	Finish func() time.Duration
	// Leave is what a user whose time is up may still need to come to its end: to finish the request in flight, to run
	// on_stop. 0 means DefaultLeave.
	Leave time.Duration
	// Advice is what people can do about users who need longer; "" means that they should look at their context.
	Advice string
}

// DefaultLeave is how long a user whose time is up is waited for.
const DefaultLeave = 10 * time.Second

// overtime is how long a user whose time is up may still measure what was in flight (client.DrainTime). Then its task is ended
// where it next measures something.
const overtime = 400 * time.Millisecond

// advice is that for tasks that are given a context.
const advice = "a task must return when its context is cancelled. What they still record is incomplete, and no request of a later test"

// limit ends the users' time after timeout, and the wait for them some time later.
func (e *Engine) limit(members []*member, timeout time.Duration) {
	if len(members) == 0 {
		return
	}
	cut := func() {
		for _, m := range members {
			m.cancel()
		}
	}
	timeout = max(timeout, 0)
	if finish := e.services.Patience.Finish; finish != nil {
		timeout += finish()
	}
	if timeout == 0 {
		cut()
	} else {
		time.AfterFunc(timeout, cut)
	}
	time.AfterFunc(timeout+overtime, func() {
		for _, m := range members {
			m.tally.env.Overtime()
		}
	})
	time.AfterFunc(timeout+e.services.Patience.Leave, func() { e.abandon(members) })
}

// abandon stops waiting for users that do not end: a task that ignores its context must not hang the worker.
func (e *Engine) abandon(members []*member) {
	e.mu.Lock()
	defer e.mu.Unlock()
	stuck := 0
	for _, m := range members {
		if !m.gone {
			stuck++
			m.tally.env.LeaveStreams()
			m.tally.closed.Store(true)
			e.remove(m)
		}
	}
	if stuck > 0 {
		e.log.Warn(fmt.Sprintf("%d users did not end within %v of their time and are no longer waited for: %s",
			stuck, e.services.Patience.Leave, e.services.Patience.Advice))
	}
}

// A tally is a user's recorder. Once the user is no longer waited for, its test is reported, and another one may run:
// what it records then is nothing but incomplete.
type tally struct {
	user.Recorder
	env    *user.Env
	closed atomic.Bool
}

// Record is user.Recorder.
func (t *tally) Record(q user.Request) {
	if t.closed.Load() {
		q.Incomplete = true
	}
	if !q.Apart {
		q.Lateness, q.Scheduled = t.env.Lateness()
	}
	t.Recorder.Record(q)
	t.env.Leave()
}

// RecordEvent is user.EventRecorder.
func (t *tally) RecordEvent(name string, first bool, after time.Duration) {
	if r, ok := t.Recorder.(user.EventRecorder); ok && !t.closed.Load() {
		r.RecordEvent(name, first, after)
	}
}

// Follow is user.StreamFollower.
func (t *tally) Follow(typ, name string, url fmt.Stringer) func(data []byte, at time.Time) {
	f, ok := t.Recorder.(user.StreamFollower)
	if !ok {
		return nil
	}
	hear := f.Follow(typ, name, url)
	if hear == nil {
		return nil
	}
	return func(data []byte, at time.Time) {
		if !t.closed.Load() {
			hear(data, at)
		}
	}
}

// RecordSample is stats.Sampler.
func (t *tally) RecordSample(q stats.Sample) {
	q.Lateness, q.Scheduled = t.env.Lateness()
	switch r, ok := t.Recorder.(stats.Sampler); {
	case t.closed.Load():
		t.Recorder.Record(user.Request{Type: q.Type, Name: q.Name, Incomplete: true})
	case ok:
		r.RecordSample(q)
	default:
		t.Recorder.Record(q.Request())
	}
}

// Witness is stats.Witness.
func (t *tally) Witness(sample func() stats.Sample) {
	if r, ok := t.Recorder.(stats.Witness); ok {
		r.Witness(sample)
	}
}
