package run

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"
	"time"

	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/locustweb"
	"gregaria/loadtest/internal/process"
	"gregaria/loadtest/internal/summary"
)

const (
	// masterStart is how long the master may take to answer: it imports the locustfile first.
	masterStart = 60 * time.Second
	// pollStart is the time between two questions while something starts.
	pollStart = 100 * time.Millisecond
	// csvSettle is how long the master gets to write what it knows into its CSVs: it does so once a second, and not when
	// it ends (StatsCSVFileWriter in locust/stats.py).
	csvSettle = 1500 * time.Millisecond
	// answerSettle is how long the master gets to be done with its last answer: SIGINT in the middle of one puts a Python
	// traceback into the log.
	answerSettle = 50 * time.Millisecond
)

// masterArgs are the flags of the master: Locust's own words, so that a user finds them in Locust's manual.
func (r *Run) masterArgs() []string {
	return []string{
		"-f", r.plan.Locustfile, "-H", r.plan.Host,
		"--master", "--master-bind-host", check.Loopback, "--master-bind-port", strconv.Itoa(r.plan.MasterPort),
		"--web-host", check.Loopback, "--web-port", strconv.Itoa(r.plan.WebPort),
		"--stop-timeout", strconv.FormatFloat(r.plan.StopTimeout.Seconds(), 'f', -1, 64),
		"--csv", r.files.Prefix, "--html", r.files.Report,
	}
}

// startMaster starts Locust's master and waits until its web API answers.
func (r *Run) startMaster(ctx context.Context) (err error) {
	r.master, err = r.group.Start(process.Spec{
		Name: masterName, Path: r.programs.locust, Args: r.masterArgs(), Env: without(owned()...),
	})
	if err != nil {
		return fault.New(fault.NotReady, "%w; run scripts/setup.sh", err)
	}
	r.web = locustweb.New("http://" + net.JoinHostPort(check.Loopback, strconv.Itoa(r.plan.WebPort)))
	deadline := time.Now().Add(masterStart)
	for {
		_, failed := r.web.Workers(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if failed == nil {
			r.phase.Store(waiting)
			return nil
		}
		if time.Now().After(deadline) {
			return fault.New(fault.NotReady, "the master does not answer after %s (%w); see %s", masterStart, failed, r.files.Log)
		}
		sleep(ctx, pollStart)
	}
}

// stopMaster has the master write its report and end.
//
// Subtle: SIGINT, because Locust writes --html only on the way that Ctrl-C takes; after SIGTERM there is no report
// (locust/main.py, 2.47.0).
func (r *Run) stopMaster(ctx context.Context) error {
	if r.master == nil {
		return nil
	}
	if r.Loaded() && r.running(r.master) {
		sleep(ctx, csvSettle)
		if final, err := r.web.StatsCSV(ctx); err == nil {
			r.final = final
		}
		r.web.Close()
		sleep(ctx, answerSettle)
	}
	state := r.master.Stop(ctx, MasterGrace, syscall.SIGINT, syscall.SIGTERM)
	r.locust = &state
	if state.Forced {
		r.note("the master did not end in time and was killed: its report may be missing")
	}
	if r.Loaded() {
		return r.checkStats()
	}
	return nil
}

// checkStats sees that Locust's CSV has the numbers that the master told last, and puts those in where it does not: the
// master does not write its CSVs when it ends, so a busy one may leave them a second behind.
func (r *Run) checkStats() error {
	told, unknown := summary.ParseTotals(r.final)
	if unknown != nil { // the master did not live to tell: the file says all that is known
		return nil //nolint:nilerr // which the summary finds out
	}
	data, err := os.ReadFile(r.files.Stats())
	written, damaged := summary.ParseTotals(data)
	if err == nil && damaged == nil && written.Equal(told) {
		return nil
	}
	r.note(fmt.Sprintf("Locust had written %d of %d requests to %s; the rest was put in", written.Requests, told.Requests, r.files.Stats()))
	if err := os.WriteFile(r.files.Stats(), r.final, 0o644); err != nil {
		return fault.New(fault.Output, "write Locust's statistics: %w", err)
	}
	return nil
}

// running reports whether a child was started and has not ended.
func (r *Run) running(p *process.Process) bool {
	if p == nil {
		return false
	}
	select {
	case <-p.Done():
		return false
	default:
		return true
	}
}
