package run

import (
	"context"
	"fmt"
	"time"

	"gregaria/loadtest/internal/watch"
)

// settle leaves the monitors running when the load is over and those who made it are gone: what the server keeps then, memory, open files, threads, it keeps.
// The time counts from the end of the last user. A run that did not complete has nothing to compare that with.
func (r *Run) settle(ctx context.Context) {
	left := time.Until(r.calm.Add(r.plan.Settle))
	if !r.complete || left <= 0 || r.interrupted() {
		return
	}
	r.announce(fmt.Sprintf("let the server settle for %s", left.Round(time.Second)))
	tick := time.NewTicker(pollLoad)
	defer tick.Stop()
	over := time.After(left)
	for {
		select {
		case <-tick.C:
			r.showSettling()
		case <-over:
			return
		case <-ctx.Done():
			return
		case <-r.over:
			if r.running(r.monitor) { // else that is what there is to say
				r.note(fmt.Sprintf("settling was ended after %s: what the server keeps after the load is not known", watch.OfTime(time.Since(r.calm), r.plan.Settle)))
			}
			return
		}
	}
}

// interrupted reports that the run was to end before this.
func (r *Run) interrupted() bool {
	select {
	case <-r.over:
		return true
	default:
		return false
	}
}

// endMaster has the master end, and then lets the server settle: without the master and its workers, which have memory of their own.
func (r *Run) endMaster(ctx context.Context) error {
	err := r.stopMaster(ctx)
	if err == nil {
		r.settle(ctx)
	}
	return err
}
