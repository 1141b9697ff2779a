package run

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"sync/atomic"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

// awaitsTest is what a session does between tests.
const awaitsTest = "wait for a test to be started in the web UI"

// closing is how long the master may take to write the last results of a test that was told to end, beside the time of its users.
const closing = 15 * time.Second

// A session is the time in which a person starts tests in the web UI (--ui). The plug-in in the master keeps the tests apart (loadtest/plugin/session.py): it has
// Locust's CSVs and report, and the timings, written to files of each test, and knows each, however short. The rows of monitors and the request log go on over
// the whole session; each test gets its part of them. A test is a Run of its own, whose children are those of the session.
type session struct {
	log teeLog
	// test is the one that runs, or whose results are not made yet; nil between tests. Those who hear the children read it.
	test atomic.Pointer[Run]
	last locustweb.Test // what the master said last of it
	// before is when the test before it was over, in seconds of the epoch.
	before float64
	done   int   // tests whose results are made
	end    error // why the session ends
	served bool  // tests could be started
}

// formArgs are the master's flags for the defaults of the form in the web UI.
func (r *Run) formArgs() []string {
	args := []string{"--users", strconv.Itoa(r.plan.Users), "--spawn-rate", strconv.FormatFloat(r.plan.SpawnRate, 'f', -1, 64)}
	if r.plan.Duration > 0 {
		args = append(args, "--run-time", fmt.Sprintf("%.0fs", math.Ceil(r.plan.Duration.Seconds())))
	}
	return args
}

// testsSetting tells the plug-in where the files of tests go.
func (r *Run) testsSetting() string {
	setting, _ := json.Marshal(map[string]any{"folder": absolute(r.plan.OutputDir), "full_history": r.plan.FullHistory}) // strings and booleans can always be written
	return string(setting)
}

// serve waits for tests and follows them, until somebody ends the session.
func (r *Run) serve(ctx context.Context) (err error) {
	r.session.served = true
	defer func() { r.session.end = err }()
	r.tellPlaces()
	r.announce(awaitsTest)
	tick := time.NewTicker(pollLoad)
	defer tick.Stop()
	heard := time.Now()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-r.left: // the locustfile has told the workers to quit
			return nil
		case <-tick.C:
		}
		tests, err := r.toldTests(ctx)
		switch {
		case err == nil:
			heard = time.Now()
		case time.Since(heard) > patience && r.plan.Joins():
			tests = r.loseMaster(err)
		case time.Since(heard) > patience:
			return fault.New(fault.Died, "the master has not answered for %s (%w); see %s", patience, err, r.files.Log)
		}
		r.see(ctx, tests)
		if err := check.Room(r.plan.OutputDir, check.RoomToFinish); err != nil {
			return err
		}
	}
}

// see takes what the master says of the tests whose results are not made yet. All but the last are over.
func (r *Run) see(ctx context.Context, tests []locustweb.Test) {
	for i, t := range tests {
		next := 0.0
		if i+1 < len(tests) {
			next = tests[i+1].Began
		}
		if r.session.test.Load() == nil {
			r.beginTest(t)
		}
		if r.followTest(ctx, t, next) {
			return
		}
	}
}

// followTest looks at a test. It reports whether that goes on. next is when another one began, 0 for none.
func (r *Run) followTest(ctx context.Context, t locustweb.Test, next float64) (goesOn bool) {
	test := r.session.test.Load()
	before := r.session.last
	r.session.last = t
	switch {
	case t.Ended == 0:
		test.edited(before, t)
		test.observe(ctx)
		return true
	case test.ended.IsZero():
		test.endAt(t)
		if next == 0 && test.plan.Settle > 0 {
			r.announce(fmt.Sprintf("let the server settle for %s", plan.Written(test.plan.Settle.Seconds())))
		}
	}
	if next == 0 && (!t.Closed || time.Since(test.calm) < test.plan.Settle) {
		test.showSettling()
		return true
	}
	test.noteUnsettled(next)
	r.finishTest(ctx, t, next, nil)
	if next == 0 {
		r.announce(awaitsTest)
	}
	return false
}

// endSession ends the test that runs, if one does, and makes the results that are not made yet.
func (r *Run) endSession(ctx context.Context) error {
	last := r.lastTests
	if r.plan.Joins() {
		last = r.lastJoined
	}
	tests, cut := last(ctx)
	for i, t := range tests {
		if ctx.Err() != nil {
			return nil //nolint:nilerr // cut off: what was written stays
		}
		next, cause := 0.0, error(nil)
		if i+1 < len(tests) {
			next = tests[i+1].Began
		} else if cut {
			cause = r.session.endOfLast()
		}
		test := r.session.test.Load()
		if test == nil {
			test = r.beginTest(t)
		}
		if test.ended.IsZero() {
			test.endAt(t)
		}
		if cause == nil {
			test.noteUnsettled(next)
		}
		r.finishTest(ctx, t, next, cause)
	}
	return nil
}

// endOfLast is why a test ended that ran when the session did: that of the session or, where the workers were told to quit, that of its master.
func (s *session) endOfLast() error {
	if s.end != nil {
		return s.end
	}
	return fault.New(fault.Died, "the master ended during the test: what it measured in its last seconds is in no result")
}

// lastTests has the master end the test that runs, and returns what it says of those whose results are not made yet; cut says that the last of them ran.
func (r *Run) lastTests(ctx context.Context) (tests []locustweb.Test, cut bool) {
	if r.session.test.Load() != nil {
		tests, cut = []locustweb.Test{r.session.last}, r.session.last.Stopped == 0 // for a master that tells no more
	}
	ask := func() bool {
		now, err := r.web.Tests(ctx, r.session.done)
		if err == nil {
			tests = now
		}
		return err == nil && len(now) > 0
	}
	if !r.running(r.master) || !ask() {
		return tests, cut
	}
	if cut = tests[len(tests)-1].Stopped == 0; cut {
		r.announce("stop the load")
		if err := r.web.Stop(ctx, r.plan.StopTimeout); err != nil && r.running(r.master) {
			r.note(fmt.Sprintf("the users may not have ended properly: %v", err))
		}
	}
	for deadline := time.Now().Add(closing); time.Now().Before(deadline) && ctx.Err() == nil && r.running(r.master); sleep(ctx, pollStart) {
		if ask() && tests[len(tests)-1].Closed {
			break
		}
	}
	return tests, cut
}
