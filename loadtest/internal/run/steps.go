package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

// errShape says that two want to decide how many users run.
var errShape = errors.New("the locustfile has a load shape, which decides itself how many users run and when: leave --steps out, or take the shape out of the files of -f")

// runStage has a number of users run until their time is over, or the test: then over is true.
func (r *Run) runStage(ctx context.Context, i int, stage plan.Stage) (over bool, err error) {
	if len(r.plan.Steps) > 0 {
		said := fmt.Sprintf("step %d of %d: %d users for %s", i+1, len(r.plan.Steps), stage.Users, plan.Written(r.plan.StepDuration.Seconds()))
		r.view.Note(said)
		r.log.Print(time.Now().Format(time.StampMilli) + " " + said)
	}
	if err := r.swarm(ctx, i, stage.Users); err != nil {
		return false, err
	}
	r.writeFacts()
	if i == 0 {
		r.followChecks()
	}
	limited, cancel := context.WithDeadline(ctx, r.began.Add(stage.Until))
	defer cancel()
	over, err = r.follow(limited)
	switch {
	case err != nil:
		return false, err
	case !over && ctx.Err() != nil:
		return false, context.Cause(ctx) // the time is not over: somebody ended the run
	}
	_ = r.look(ctx) // the last seconds, and all of a stage that is shorter than a look
	return over, nil
}

// swarm tells the master how many users there are to be: for the first time, or others than until now, as Edit in the web UI does.
func (r *Run) swarm(ctx context.Context, i, users int) error {
	// Not ctx: a start that is given up halfway could reach the master after the stop.
	shape, err := r.web.Swarm(context.WithoutCancel(ctx), users, r.plan.SpawnRate, r.plan.Host)
	switch {
	case err != nil && i == 0:
		return fault.New(fault.NotReady, "%w; see %s", err, r.files.Log)
	case err != nil:
		return fault.New(fault.Died, "step %d was not begun: %w; see %s", i+1, err, r.files.Log)
	case shape && len(r.plan.Steps) > 0: // of a Locust whose page does not tell
		r.began = time.Time{}                                          // there are no results to show
		_ = r.web.Stop(context.WithoutCancel(ctx), r.plan.StopTimeout) // what does not stop ends with the workers
		return fault.New(fault.Usage, "%w", errShape)
	}
	r.watch.Shape = shape
	r.watch.Change(time.Since(r.began), users, r.plan.StopTimeout)
	return nil
}

// refuseShape sees, where there are steps, that nobody else decides how many users run.
func (r *Run) refuseShape(ctx context.Context) error {
	if len(r.plan.Steps) == 0 {
		return nil
	}
	if page, err := r.web.Page(ctx); err == nil && page.Shape() {
		return fault.New(fault.Usage, "%w", errShape)
	}
	return nil // a page that cannot be read: the answer to the start tells, a moment later
}
