package run

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
)

// maxSkew is how far the clock of a master may be from this machine's for its seconds to be taken for ours.
const maxSkew = 1500 * time.Millisecond

// joinMaster waits for the master of --master, which may just be starting, for as long as workers may take to connect.
func (r *Run) joinMaster(ctx context.Context) error {
	r.files.Timings = "" // each test has its own
	r.web = locustweb.New(r.plan.MasterWeb)
	deadline := time.Now().Add(r.plan.WorkerTimeout)
	for {
		mayCome, err := r.findMaster(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil && mayCome && time.Now().Before(deadline) {
			sleep(ctx, pollStart)
			continue
		}
		if err == nil {
			r.joined.present, err = r.web.Workers(ctx)
			r.phase.Store(waiting)
		}
		return err
	}
}

// findMaster sees that the master is there, with its web UI, which is where the results come from. mayCome says that one that is just starting may still become what it has to be.
func (r *Run) findMaster(ctx context.Context) (mayCome bool, err error) {
	address := net.JoinHostPort(r.plan.MasterHost, strconv.Itoa(r.plan.MasterPort))
	dialer := net.Dialer{Timeout: check.DialTimeout}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return true, fault.New(fault.NotReady, "no master listens for workers at %s (%w): start it with locust --master, or correct --master", address, err)
	}
	_ = conn.Close() // it was for seeing that it can be made
	page, err := r.web.Page(ctx)
	if errors.Is(err, locustweb.ErrPage) { // that of Locust before 2.20, or of something else
		var snapshot locustweb.Snapshot
		snapshot, err = r.web.Snapshot(ctx)
		page.Distributed = snapshot.Workers != nil
	}
	switch {
	case errors.Is(err, locustweb.ErrLogin):
		return false, fault.New(fault.NotReady, "%s: %w, which loadtest cannot do: it takes the results from there", r.plan.MasterWeb, err)
	case err != nil:
		return true, fault.New(fault.NotReady, "the master at %s has no web UI at %s (%w), and loadtest takes the results from there: correct --master-web, or start that master without --headless (--autostart --autoquit=10 does as much)",
			address, r.plan.MasterWeb, err)
	case !page.Distributed:
		return false, fault.New(fault.NotReady, "the Locust at %s has no workers, but runs all users itself: start it with --master, or correct --master-web", r.plan.MasterWeb)
	}
	r.tab.version = page.Version
	if r.joined.skewed = page.Ahead.Abs() > maxSkew; r.joined.skewed {
		r.note(fmt.Sprintf("the clock of the master is %.0f s ahead of that of this machine (negative: behind): Locust's history is left out, and what is known of a second is what loadtest saw; set both by NTP", page.Ahead.Seconds()))
	}
	return false, nil
}

// seeIdle takes, before ours are ready, that no test runs: a master with --autostart begins one as soon as they are.
func (r *Run) seeIdle(ctx context.Context) {
	if s, err := r.web.Snapshot(ctx); err == nil && !runs(s.State) {
		r.joined.idle = time.Now()
	}
}
