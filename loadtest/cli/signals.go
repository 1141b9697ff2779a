package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"

	"gregaria/loadtest/internal/fault"
)

// interrupts returns two contexts: the first ends with the first signal, so that the run stops cleanly; the second with
// the second signal, so that it is cut off. A third signal ends the process as if nobody listened. release stops
// listening.
func interrupts(parent context.Context) (soft, hard context.Context, release func()) {
	soft, stopSoft := context.WithCancelCause(parent)
	hard, stopHard := context.WithCancelCause(parent)
	received := make(chan os.Signal, 2)
	signal.Notify(received, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // nohup means it
		signal.Notify(received, syscall.SIGHUP)
	}
	// Caught, and then nothing: a reader that goes away, as in "loadtest | head", must not end the run.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	go func() {
		for _, stop := range []context.CancelCauseFunc{stopSoft, stopHard} {
			select {
			case caught := <-received:
				stop(fault.New(fault.Interrupted, "interrupted by %s", unix.SignalName(caught.(syscall.Signal))))
			case <-parent.Done():
				return
			}
		}
		signal.Stop(received)
	}()
	return soft, hard, func() { signal.Stop(received); stopSoft(nil); stopHard(nil) }
}
