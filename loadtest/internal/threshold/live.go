package threshold

import (
	"errors"
	"fmt"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
)

const (
	// lag is how old what a master tells may be: a worker reports every 3 s (WORKER_REPORT_INTERVAL), and the web API keeps an answer for 2 s.
	lag = 5 * time.Second
	// rateWindow is the time over which a rate is worth something.
	rateWindow = 10 * time.Second
	// faster is how many times the highest rate so far the rest of the load may have.
	faster = 2.0
)

// A Live follows a load that goes on, and tells when a check can no longer pass: when it would not even if from now on all went as well as it can, at twice the
// highest rate so far. That is decided for counts, rates, shares, the largest and percentiles of response times, and columns of this machine; of other checks
// nothing is decided early.
type Live struct {
	// Duration is how long the load is to go on, and WarmUp what is left out of its steady phase.
	Duration, WarmUp time.Duration
	// Changing says that a load shape decides on the users, so that nobody knows yet what is steady. Elsewhere says that the process under test may be on
	// another machine than the rows.
	Changing, Elsewhere bool

	checks []*followed
	at     time.Duration
	// since is when the users were all there, -1 while they are not.
	since time.Duration
	row   int64 // second of the last row
}

// A followed is a check and what is known for it.
type followed struct {
	check Check
	load  tally
	rows  tail
}

// A HopelessError is a check that can no longer pass, and why.
type HopelessError struct {
	Check Check
	Why   string
}

// Follow returns a Live for those of the checks that may end a run: all of them, or those with Abort.
func Follow(checks []Check, all bool) *Live {
	l := &Live{since: -1}
	for _, c := range checks {
		if (all || c.Abort) && !c.Limit.Baseline {
			l.checks = append(l.checks, &followed{check: c})
		}
	}
	return l
}

// See takes what the master says at a time of the load, and the newest row of the metrics. It returns the first check that can no longer pass, nil if there is
// none.
func (l *Live) See(at time.Duration, s locustweb.Snapshot, row resource.Row) *HopelessError {
	l.at = at
	if s.State != locustweb.StateRunning {
		l.since = -1
	} else if l.since < 0 {
		l.since = at
	}
	fresh := row.Second() > l.row // the zero Row is none
	l.row = max(l.row, row.Second())
	for _, f := range l.checks {
		counts := l.counts(f.check)
		why := ""
		switch {
		case f.check.Measure.Name == exceptions || f.check.Measure.Name == missed || f.check.Measure.Slope || f.check.Measure.ofSeries():
		case f.check.Measure.ofRequests():
			f.load.take(at, rowsOf(f.check, s), counts)
			why = f.load.judge(f.check, l.left(), l.Duration)
		case !l.elsewhere(f.check) && fresh:
			value, known := f.check.live(row)
			f.rows.take(value, known && counts, f.check)
			why = f.rows.judge(f.check, l.left())
		}
		if why != "" {
			return &HopelessError{f.check, why}
		}
	}
	return nil
}

// left is how much of the load is still to come, and what has come and is not told yet.
func (l *Live) left() float64 { return max(0, l.Duration-l.at+lag).Seconds() }

// counts says that what happens now is in the window of a check.
func (l *Live) counts(c Check) bool {
	if c.Over == All {
		return true
	}
	return !l.Changing && l.since >= 0 && l.at-l.since >= lag && l.at >= l.WarmUp+lag
}

// elsewhere says that the column of a check is one of another machine.
func (l *Live) elsewhere(c Check) bool {
	return c.Measure.Host != LocalHost && (c.Measure.Host != "" || l.Elsewhere)
}

// rowsOf are the rows of Locust's statistics that a check means.
func rowsOf(c Check, s locustweb.Snapshot) (rows []locustweb.Row) {
	if c.Endpoint == "" && c.Measure.Kind == "" {
		return []locustweb.Row{s.Total()}
	}
	for _, r := range s.Rows {
		if r.Method != "" && c.means(r.Method, r.Name, false) {
			rows = append(rows, r)
		}
	}
	return rows
}

// live is the value of a column in the base of its dimension.
func (c Check) live(row resource.Row) (float64, bool) {
	column := c.Measure.Name
	if gpuMemory(column) {
		used, known := row.Value(column + "_Used_GB")
		total, both := row.Value(column + "_Total_GB")
		if size, _ := c.Measure.dimension(c.Limit.Unit).factor("GB"); size > 0 {
			return used * size, known
		}
		return 100 * used / total, known && both && total > 0
	}
	value, known := row.Value(column)
	return value * suffixOf(column).scale, known
}

// Error says which check it is, and why.
func (h *HopelessError) Error() string {
	return fmt.Sprintf("%s can no longer pass: %s", h.Check.Text, h.Why)
}

// Mark sets the check that has ended a run to failed, if one has: of the seconds until then it may hold.
func Mark(results []analysis.Check, cause error) {
	var h *HopelessError
	if !errors.As(cause, &h) {
		return
	}
	for i := range results {
		if results[i].Text == h.Check.name() && results[i].Outcome != analysis.Failed {
			results[i].Outcome, results[i].Why = analysis.Failed, "the run was ended since it can no longer pass: "+h.Why
		}
	}
}
