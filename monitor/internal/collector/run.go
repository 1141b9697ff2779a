package collector

import (
	"context"
	"crypto/tls"
	"fmt"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/internal/mask"
	"gregaria/internal/resource"
	"gregaria/monitor/internal/web"
)

// runFresh is for how long an answer of the master is shown in rows whose own comes too late: a master is Python, and slow where
// it is busy, and keeps an answer for 2 s itself.
const runFresh = 2 * time.Second

// A locustRun collects what a Locust master tells of its test. It asks in the background, and one question at a time. Unlike a background
// collector's, an answer that is late for its row is good for the next.
type locustRun struct {
	of       string // the master's URL, without a password
	ask      func(context.Context) (locustweb.Snapshot, error)
	patience time.Duration

	answers chan runAnswer
	busy    bool // asked, and not answered
	asked   time.Time
	last    runAnswer
	load    runLoad
}

// A runAnswer is what the master said, and when.
type runAnswer struct {
	snapshot locustweb.Snapshot
	err      error
	at       time.Time
}

func openRun(s Settings) (Collector, error) {
	if s.Locust == "" {
		return nil, errNotNamed
	}
	client := locustweb.NewTLS(s.Locust, &tls.Config{InsecureSkipVerify: s.Insecure}) // the user says so with --insecure
	return newRun(mask.URL(s.Locust), client.Snapshot, patience(s.Interval)), nil
}

func newRun(of string, ask func(context.Context) (locustweb.Snapshot, error), patience time.Duration) *locustRun {
	return &locustRun{of: of, ask: ask, patience: patience, answers: make(chan runAnswer, 1)}
}

func (r *locustRun) Columns() []string {
	return []string{
		resource.RunState, resource.RunPhase, resource.RunUsers, resource.RunWorkers,
		resource.RunRequestsPerSecond, resource.RunFailuresPerSecond, resource.RunP50MS, resource.RunP95MS,
	}
}

// Start asks, unless the last question is unanswered.
func (r *locustRun) Start() {
	select {
	case a := <-r.answers:
		r.take(a)
	default:
	}
	if r.busy {
		return
	}
	r.busy, r.asked = true, time.Now()
	go func() {
		snapshot, err := r.ask(context.Background()) // the client bounds its time
		r.answers <- runAnswer{snapshot, err, time.Now()}
	}()
}

// Collect waits for the answer, and makes do with a fresh one.
func (r *locustRun) Collect(row []resource.Cell) error {
	if r.busy {
		timeout := time.NewTimer(r.patience - time.Since(r.asked))
		defer timeout.Stop()
		select {
		case a := <-r.answers:
			r.take(a)
		case <-timeout.C:
		}
	}
	switch {
	case r.last.err != nil:
		return fmt.Errorf("the Locust master at %s: %s", r.of, web.Cause(r.last.err))
	case r.last.at.IsZero() || time.Since(r.last.at) > runFresh && r.busy:
		return fmt.Errorf("the Locust master at %s: no answer within %s", r.of, r.patience)
	}
	r.load.fill(row, r.last.snapshot)
	return nil
}

func (r *locustRun) take(a runAnswer) {
	r.busy, r.last = false, a
	if a.err == nil {
		r.load.see(a.at, a.snapshot)
	}
}
