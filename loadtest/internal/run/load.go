package run

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/locustweb"
	"gregaria/loadtest/internal/progress"
)

const (
	// pollLoad is the time between two looks at a running test.
	pollLoad = time.Second
	// patience is how long a master that lives may not answer. Workers give it up after 60 s.
	patience = 45 * time.Second
	// firstUser is how long the first user may take. The workers were ready before; only a load shape would wait.
	firstUser = 30 * time.Second
	// pythonReport is how long the last report of a Python worker takes: it sends one every 3 s and, unlike ours, none of
	// its own when it stops (WORKER_REPORT_INTERVAL in locust/runners.py).
	pythonReport = 3500 * time.Millisecond
)

// awaitWorkers waits until the master knows as many workers as were started.
func (r *Run) awaitWorkers(ctx context.Context) error {
	deadline := time.Now().Add(r.plan.WorkerTimeout)
	for {
		count, err := r.web.Workers(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err == nil && count >= len(r.workers) {
			r.phase.Store(loading)
			return nil
		}
		if time.Now().After(deadline) {
			return fault.New(fault.NotReady, "%d of %d workers connected to the master at port %d within %s: see %s, or give them a longer --worker-timeout",
				count, len(r.workers), r.plan.MasterPort, r.plan.WorkerTimeout, r.files.Log)
		}
		sleep(ctx, pollStart)
	}
}

// load starts the test and watches it until its time is over, or somebody ends it: the user in the web UI, a load shape
// that is done, the locustfile.
func (r *Run) load(ctx context.Context) error {
	r.view.Note(fmt.Sprintf("web UI at http://localhost:%d", r.plan.WebPort))
	r.began = time.Now()
	// Not ctx: a start that is given up halfway could reach the master after the stop.
	if err := r.web.Swarm(context.WithoutCancel(ctx), r.plan.Users, r.plan.SpawnRate, r.plan.Host); err != nil {
		return fault.New(fault.NotReady, "%w; see %s", err, r.files.Log)
	}
	limited, cancel := context.WithDeadline(ctx, r.began.Add(r.plan.Duration))
	defer cancel()
	tick := time.NewTicker(pollLoad)
	defer tick.Stop()
	heard := time.Now()
	for {
		select {
		case <-limited.Done():
			return context.Cause(ctx) // nil if only the time is over
		case <-tick.C:
		}
		snapshot, err := r.web.Snapshot(limited)
		switch {
		case err == nil:
			heard = time.Now()
			r.show(snapshot)
		case time.Since(heard) > patience:
			return fault.New(fault.Died, "the master has not answered for %s (%w); see %s", patience, err, r.files.Log)
		}
		if err == nil && r.idle() {
			return fault.New(fault.NotReady, "no user runs %s after the start: the workers may not have the user classes of %s; see %s",
				firstUser, r.plan.Locustfile, r.files.Log)
		}
		if err := check.Room(r.plan.OutputDir, check.RoomToFinish); err != nil {
			return err
		}
		if err == nil && snapshot.State == locustweb.StateStopped {
			return r.endedEarly(snapshot)
		}
	}
}

// idle reports that the test goes on for long without any user: the first one of any spawn rate starts at once.
func (r *Run) idle() bool { return r.peak == 0 && time.Since(r.began) > firstUser }

// endedEarly tells why a test is over before its time. Somebody's wish is no fault; workers that hang are one.
func (r *Run) endedEarly(snapshot locustweb.Snapshot) error {
	if missing := snapshot.Missing(); len(missing) > 0 {
		return fault.New(fault.Died, "the master lost its workers (%s missing), so the test ended; see %s", strings.Join(missing, ", "), r.files.Log)
	}
	r.note(fmt.Sprintf("the test was ended after %s of %s, by the web UI, a load shape or the locustfile",
		time.Since(r.began).Round(time.Second), r.plan.Duration))
	return nil
}

// show passes on what the master and the monitor know.
func (r *Run) show(snapshot locustweb.Snapshot) {
	r.last, r.peak = snapshot, max(r.peak, snapshot.Users)
	row, _, _ := resource.Last(r.files.Metrics) // no row yet: its values are unknown
	total := snapshot.Total()
	r.view.Status(progress.Status{
		Elapsed: time.Since(r.began), Duration: r.plan.Duration,
		Users: snapshot.Users, RPS: snapshot.RPS,
		Requests: total.Requests, Failures: total.Failures,
		P95:      progress.Known(snapshot.P95()),
		CPU:      progress.Known(row.Value(resource.CPUPercent)),
		MemoryGB: progress.Known(row.Value(resource.MemoryUsedGB)),
	})
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
	if r.plan.PythonWorkers > 0 {
		sleep(ctx, pythonReport)
	}
	if snapshot, err := r.web.Snapshot(ctx); err == nil {
		r.last = snapshot
	}
	return nil
}
