package stdlib

import (
	"context"
	"time"

	"gregaria/worker/internal/python"
)

// An owner is the user that a thread runs, as the embedder hangs it on [python.Thread.Local]. When its context is done,
// whatever waits on behalf of the user raises Exit.
type owner interface {
	Context() context.Context
	Exit() *python.Exception
}

// Wait waits for ch without the lock of the isolate, at most for timeout (negative: for ever), and says whether ch was
// closed. It raises the exit of the user when the user's time is over, and what [python.Thread.Cancel] threw.
func Wait(t *python.Thread, ch <-chan struct{}, timeout time.Duration) (bool, error) {
	stop, err := watch(t, t)
	if err != nil {
		return false, err
	}
	var deadline <-chan time.Time
	if timeout >= 0 {
		timer := time.NewTimer(timeout)
		defer timer.Stop()
		deadline = timer.C
	}
	expired := false
	err = t.Wait(ch, deadline, &expired)
	if cut := stop(); cut && err == nil {
		err = t.Blocking(func() {}) // takes the exit that came too late for the wait
	}
	return err == nil && !expired, err
}

// watch cancels other when the time of t's user is over, which is an error if it is over already. stop ends that and says
// whether it was cancelled.
func watch(t, other *thread) (stop func() bool, err error) {
	o, ok := t.Local.(owner)
	if !ok {
		return func() bool { return false }, nil
	}
	ctx := o.Context()
	if ctx.Err() != nil {
		return nil, o.Exit()
	}
	done := make(chan struct{})
	end := context.AfterFunc(ctx, func() {
		other.Cancel(o.Exit())
		close(done)
	})
	return func() bool {
		if end() {
			return false
		}
		<-done
		return true
	}, nil
}
