package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/progress"
)

// seconds are those of the load that the screen has been told of.
type seconds struct {
	none bool  // the master has no plug-in that knows them
	last int64 // the newest
}

// show passes on what the master and the monitors know of this moment.
func (r *Run) show(ctx context.Context) {
	status := r.ofLocust()
	if m, known := r.moment(ctx); known {
		status = ofPlugin(status, m)
	}
	r.addResources(&status)
	r.view.Status(status)
}

// showSettling passes on what the monitors see when the load is over: there are no users, and requests neither.
func (r *Run) showSettling() {
	total := r.watch.Last().Total()
	status := progress.Status{
		Elapsed: r.ended.Sub(r.began), Duration: r.plan.Duration, Requests: total.Requests, Failures: total.Failures, RPS: progress.Known(0, true), FailuresPS: progress.Known(0, true), Over: true,
	}
	r.addResources(&status)
	r.view.Status(status)
}

// ofLocust is what Locust itself says: rates and percentiles of about the last 10 s.
func (r *Run) ofLocust() progress.Status {
	snapshot := r.watch.Last()
	total := snapshot.Total()
	s := progress.Status{
		Phase: r.loadPhase(snapshot.State), Elapsed: time.Since(r.began), Duration: r.plan.Duration,
		Users:    snapshot.Users,
		Requests: total.Requests, Failures: total.Failures,
		P95:  progress.Known(snapshot.P95()),
		Full: r.watch.FullNow(),
	}
	if total.Requests > 0 { // before the first report nobody knows whether there are any
		s.RPS, s.FailuresPS = progress.Known(r.watch.RPS(), true), progress.Known(total.FailuresPS, true)
		s.P50 = progress.Known(snapshot.CurrentP50())
	}
	return s
}

// loadPhase is what the load does, in a word.
func (r *Run) loadPhase(state string) string {
	switch {
	case r.watch.Shape:
		return "load shape"
	case state == locustweb.StateSpawning:
		return "ramp"
	case state == locustweb.StateRunning:
		return "steady"
	default:
		return ""
	}
}

// moment asks the plug-in for what it knows more of than Locust. Where there is none, it is asked once.
func (r *Run) moment(ctx context.Context) (locustweb.Moment, bool) {
	if r.seconds.none {
		return locustweb.Moment{}, false
	}
	m, err := r.web.Moment(ctx, r.seconds.last)
	if err != nil {
		r.seconds.none = errors.Is(err, locustweb.ErrStatus) || errors.Is(err, locustweb.ErrPage)
		return locustweb.Moment{}, false
	}
	if n := len(m.Seconds); n > 0 {
		r.seconds.last = m.Seconds[n-1].At
	}
	r.hearMoment(m)
	return m, true
}

// hearMoment keeps a rate that no flag of ours says: LOCUST_RATE does, an option after --, or a person in the web UI's form.
func (r *Run) hearMoment(m locustweb.Moment) {
	if m.Rate == r.rate || m.Rate == 0 || r.plan.Rate > 0 {
		return
	}
	r.view.Note(fmt.Sprintf("%g tasks a second begin: the master has a --rate from Locust's settings or its web UI", m.Rate))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rate = m.Rate
}

// ofPlugin puts what the plug-in knows in the place of what Locust says. Times that it does not know, those of workers in Python, stay Locust's.
func ofPlugin(s progress.Status, m locustweb.Moment) progress.Status {
	s.Users, s.Requests, s.Failures = m.Users, max(s.Requests, m.Requests), max(s.Failures, m.Failures)
	s.Seconds = []progress.Second{} // even where none is known yet
	if m.Now == nil {
		return s
	}
	s.RPS, s.FailuresPS = perSecond(m.Now.Requests, m.Now), perSecond(m.Now.Failures, m.Now)
	unseen := m.Now.P95 == nil && m.Now.Requests > 0
	if !unseen {
		s.P50, s.P95 = known(m.Now.P50), known(m.Now.P95)
	}
	for i := range m.Seconds {
		second := &m.Seconds[i]
		told := progress.Second{RPS: float64(second.Requests), FailuresPS: float64(second.Failures), P50: known(second.P50), P95: known(second.P95)}
		if unseen {
			told.P50, told.P95 = s.P50, s.P95
		}
		s.Seconds = append(s.Seconds, told)
	}
	return s
}

// perSecond is how many of something there were a second.
func perSecond(n int, of *locustweb.Span) progress.Value {
	return progress.Known(float64(n)/float64(max(1, of.Seconds)), true)
}

// known is a number that may be none.
func known(number *float64) progress.Value {
	if number == nil {
		return progress.Value{}
	}
	return progress.Known(*number, true)
}
