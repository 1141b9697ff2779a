package run

import (
	"context"
	"fmt"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/progress"
)

const (
	// pollLoad is the time between two looks at a running test.
	pollLoad = time.Second
	// patience is how long a master that lives may not answer. Workers give it up after 60 s.
	patience = 45 * time.Second
	// firstUser is how long the first user may take. The workers were ready before; only a load shape would wait.
	firstUser = 30 * time.Second
	// quitSettle is how long workers may take to end when their master says quit.
	quitSettle = 2 * time.Second
	// pythonReport is how long the last report of a Python worker takes: it sends one every 3 s and, unlike ours, none of
	// its own when it stops (WORKER_REPORT_INTERVAL in locust/runners.py).
	pythonReport = 3500 * time.Millisecond
)

// awaitWorkers waits until the master knows as many workers as were started.
func (r *Run) awaitWorkers(ctx context.Context) error {
	wanted := r.joined.present + r.plan.Workers + r.plan.PythonWorkers
	deadline := time.Now().Add(r.plan.WorkerTimeout)
	for {
		count, err := r.web.Workers(ctx)
		if r.plan.Joins() {
			r.seeIdle(ctx)
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err == nil && count >= wanted {
			if err := r.configureUsers(ctx); err != nil {
				return err
			}
			r.phase.Store(loading)
			return nil
		}
		if time.Now().After(deadline) {
			return fault.New(fault.NotReady, "%d of %d workers connected to the master at port %d within %s: see %s, or give them a longer --worker-timeout",
				count, wanted, r.plan.MasterPort, r.plan.WorkerTimeout, r.files.Log)
		}
		sleep(ctx, pollStart)
	}
}

// configureUsers tells master and workers what --config-users says: Locust's own way tells only the process that has the flag.
func (r *Run) configureUsers(ctx context.Context) error {
	for _, settings := range r.plan.ConfigUsers {
		if err := r.web.ConfigureUser(ctx, settings); err != nil {
			return fault.New(fault.NotReady, "configure the users with %s: %w; see %s", settings, err, r.files.Log)
		}
	}
	return nil
}

// load starts the test and watches it until its time is over, or somebody ends it: the user in the web UI, a load shape
// that is done, the locustfile.
func (r *Run) load(ctx context.Context) error {
	r.tellPlaces()
	if err := r.refuseShape(ctx); err != nil {
		return err
	}
	r.began = time.Now()
	for i, stage := range r.plan.Stages() {
		over, err := r.runStage(ctx, i, stage)
		if err != nil {
			return err
		}
		if over {
			break
		}
	}
	err := r.forgotten()
	r.complete = err == nil
	return err
}

// tellPlaces says where the web UI is, and what is watched.
func (r *Run) tellPlaces() {
	r.view.Note("web UI at " + r.webUI())
	if r.ports.master != "" {
		r.view.Note(r.ports.master)
	}
	if what := r.watched.first(); what != "" {
		r.view.Note("watching " + what)
	}
}

// stopLoad ends the test and waits for the last reports of the workers.
func (r *Run) stopLoad(ctx context.Context) error {
	r.ended = time.Now()
	if !r.Loaded() || !r.running(r.master) {
		return nil
	}
	r.announce("stop the load")
	if err := r.web.Stop(ctx, r.plan.StopTimeout); err != nil && r.running(r.master) {
		r.note(fmt.Sprintf("the users may not have ended properly: %v", err))
	}
	r.calm = time.Now()
	if r.plan.PythonWorkers > 0 {
		sleep(ctx, pythonReport)
	}
	if snapshot, err := r.web.Snapshot(ctx); err == nil {
		r.watch.See(r.ended.Sub(r.began), snapshot, progress.Value{})
		if err := r.forgotten(); err != nil { // in the last second
			r.fail(err)
		}
	}
	return nil
}
