package collector

import (
	"time"

	"gregaria/internal/locustweb"
	"gregaria/internal/resource"
)

const (
	// runSettled is for how long the users must not change, while all are there, for the load to be steady again: longer than a master
	// keeps an answer.
	runSettled = 3 * time.Second
	// runWindow is what the master's rates and percentiles cover (CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW in locust/stats.py).
	runWindow = 10 * time.Second
)

// A runLoad is what is known of a test from one answer of its master to the next. Its zero value knows nothing.
type runLoad struct {
	at       time.Time // of the last runAnswer
	state    string
	users    int
	moved    time.Time // when users changed while all were said to be there; zero for never
	requests int
	came     time.Time // when the number of requests changed
}

// see takes an answer.
func (l *runLoad) see(at time.Time, s locustweb.Snapshot) {
	switch {
	case s.State != locustweb.StateRunning || l.state != locustweb.StateRunning:
		l.moved = time.Time{} // the change of the state says it
	case s.Users != l.users:
		l.moved = at
	}
	if n := s.Total().Requests; n != l.requests || l.came.IsZero() {
		l.requests, l.came = n, at
	}
	l.at, l.state, l.users = at, s.State, s.Users
}

// phase is empty where nothing runs.
func (l *runLoad) phase() string {
	switch {
	case l.state == locustweb.StateSpawning, l.state == locustweb.StateRunning && !l.moved.IsZero() && l.at.Sub(l.moved) < runSettled:
		return resource.PhaseRampUp
	case l.state == locustweb.StateRunning:
		return resource.PhaseSteady
	case l.state == locustweb.StateStopping, l.state == locustweb.StateCleanup:
		return resource.PhaseStopping
	default:
		return ""
	}
}

// fill puts the answer that was seen last into a row.
//
// Subtle: Locust's rate is that of the 10 s before the last request, and so it stands still when nothing comes any more; and it is 0
// in the first two seconds, although there are requests (current_rps in locust/stats.py). The first is 0 here, the second absent.
func (l *runLoad) fill(row []resource.Cell, s locustweb.Snapshot) {
	row[0], row[1] = resource.Text(l.state), resource.Text(l.phase())
	row[2], row[3] = resource.Of(float64(s.Users)), resource.Of(float64(s.Active()))
	total := s.Total()
	switch {
	case l.phase() == "":
		return
	case l.at.Sub(l.came) >= runWindow || total.Requests == 0:
		row[4], row[5] = resource.Of(0), resource.Of(0)
		return
	case total.RPS == 0:
		return
	}
	row[4], row[5] = resource.Of(total.RPS), resource.Of(total.FailuresPS)
	row[6], row[7] = knownCell(s.CurrentP50()), knownCell(s.CurrentP95())
}

// knownCell is a cell of a number that may be absent.
func knownCell(number float64, ok bool) resource.Cell {
	if !ok {
		return resource.Cell{}
	}
	return resource.Of(number)
}
