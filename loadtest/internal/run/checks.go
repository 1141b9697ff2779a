package run

import (
	"time"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/threshold"
)

// followChecks begins to look for checks that can no longer pass.
func (r *Run) followChecks() {
	r.live = threshold.Follow(r.plan.Checks, r.plan.AbortOnFail)
	r.live.Duration, r.live.WarmUp = r.plan.Duration, r.plan.WarmUp
	r.live.Changing = r.watch.Shape
	r.live.Elsewhere = len(r.plan.Monitors) > 0
}

// hopeless is a fault if a check can no longer pass.
func (r *Run) hopeless() error {
	row, _, _ := resource.Last(r.files.Metrics) // no row yet: nothing is known of the machine
	if h := r.live.See(time.Since(r.began), r.watch.Last(), row); h != nil {
		return fault.New(fault.Check, "the run was ended after %s: %w", r.progressed(), h)
	}
	return nil
}
