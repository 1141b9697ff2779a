package run

import (
	"context"
	"os"
	"strings"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/progress"
	"gregaria/loadtest/internal/summary"
	"gregaria/loadtest/internal/watch"
)

// follow looks at the test each second until ctx ends or the test does, by its own doing: then over is true.
func (r *Run) follow(ctx context.Context) (over bool, err error) {
	tick := time.NewTicker(pollLoad)
	defer tick.Stop()
	heard := time.Now()
	for {
		select {
		case <-ctx.Done():
			return false, nil
		case <-r.left:
			r.remark("the locustfile ended the test after " + r.progressed())
			return true, nil
		case <-tick.C:
		}
		err := r.look(ctx)
		switch {
		case err == nil:
			heard = time.Now()
		case time.Since(heard) > patience:
			return false, fault.New(fault.Died, "the master has not answered for %s (%w); see %s", patience, err, r.files.Log)
		}
		if err == nil {
			if err := r.hopeless(); err != nil {
				return false, err
			}
		}
		if err == nil && r.idle() {
			return false, fault.New(fault.NotReady, "no user runs %s after the start: the workers may not have the user classes of %s; see %s",
				firstUser, r.plan.Locustfile, r.files.Log)
		}
		if err := check.Room(r.plan.OutputDir, check.RoomToFinish); err != nil {
			return false, err
		}
		if err == nil && r.watch.Last().State == locustweb.StateStopped {
			return true, r.endedEarly(ctx)
		}
	}
}

// look asks the master how it is going, and shows it.
func (r *Run) look(ctx context.Context) error {
	snapshot, err := r.web.Snapshot(ctx)
	if err != nil {
		return err
	}
	var masterCPU progress.Value // that of another host is not known here
	if r.master != nil {
		masterCPU = r.masterCPU.Next(r.master.PID())
	}
	r.watch.See(time.Since(r.began), snapshot, masterCPU)
	r.seeWorkers(snapshot)
	r.show(ctx)
	return nil
}

// idle reports that the test goes on for long without any user: the first one of any spawn rate starts at once.
func (r *Run) idle() bool { return r.watch.Peak() == 0 && time.Since(r.began) > firstUser }

// endedEarly tells why a test is over before its time. The end of a load shape is its own affair, and so is that of a
// locustfile which tells the workers to quit; a person who stops it has another run than was planned; workers that hang are
// a fault.
func (r *Run) endedEarly(ctx context.Context) error {
	if missing := r.watch.Last().Missing(); len(missing) > 0 {
		return fault.New(fault.Died, "the master lost its workers (%s missing), so the test ended; see %s", strings.Join(missing, ", "), r.files.Log)
	}
	after := r.progressed()
	if r.watch.Shape {
		r.remark("the load shape ended the test after " + after)
		return nil
	}
	select { // runner.quit() of the master stops the test first, and its workers end a moment later
	case <-r.left:
		r.remark("the locustfile ended the test after " + after)
		return nil
	case <-ctx.Done():
	case <-time.After(quitSettle):
	}
	return fault.New(fault.Interrupted, "the test was stopped in the web UI, or by the locustfile, after %s", after)
}

// forgotten is a fault if somebody had the master forget what was measured: the results are then those of a part.
func (r *Run) forgotten() error {
	if note := r.watch.ResetNote(r.plan.Duration); note != "" {
		return fault.New(fault.Interrupted, "%s", note)
	}
	return nil
}

// recall looks for a reset in Locust's history, which has each second: what a master is asked now and then does not.
func (r *Run) recall() {
	data, err := os.ReadFile(r.files.History())
	if err != nil { // the summary says that it is missing
		return
	}
	for _, reset := range summary.ParseResets(data) {
		r.watch.Recall(reset.At.Sub(r.began), locustweb.Row{Requests: reset.Requests, Failures: reset.Failures})
	}
	if err := r.forgotten(); err != nil {
		r.fail(err)
	}
}

// progressed is how much of the load is over: "9 of 30 s".
func (r *Run) progressed() string { return watch.OfTime(time.Since(r.began), r.plan.Duration) }
