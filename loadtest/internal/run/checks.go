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
	for _, stage := range r.plan.Stages() {
		r.live.Plan(stage.Users, stage.Until)
	}
	r.live.WarmUp, r.live.Changing = r.plan.WarmUp, r.watch.Shape
	r.live.Mixed = r.plan.Workers > 0 && r.plan.PythonWorkers > 0
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
