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
	if err := over(t); err != nil {
		return false, err
	}
	stop := watch(t)
	var deadline <-chan time.Time
	if timeout >= 0 {
		timer := time.NewTimer(timeout)
		defer timer.Stop()
		deadline = timer.C
	}
	expired := false
	err := t.Wait(ch, deadline, &expired)
	if cut := stop(); cut && err == nil {
		err = t.Blocking(func() {}) // takes the exit that came too late for the wait
	}
	return err == nil && !expired, err
}

// over is the exit of the user that a thread runs if its time is over.
func over(t *thread) error {
	if o, ok := t.Local.(owner); ok && o.Context().Err() != nil {
		return o.Exit()
	}
	return nil
}

// watch cancels a thread when the time of its user is over. stop ends that and says whether it was cancelled. Nothing
// else cancels for that reason, so that one end raises one exit, and finally blocks run undisturbed.
func watch(t *thread) (stop func() bool) {
	o, ok := t.Local.(owner)
	if !ok {
		return func() bool { return false }
	}
	done := make(chan struct{})
	end := context.AfterFunc(o.Context(), func() {
		t.Cancel(o.Exit())
		close(done)
	})
	return func() bool {
		if end() {
			return false
		}
		<-done
		return true
	}
}
