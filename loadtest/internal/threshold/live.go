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
	// surely is how long users are constant who are a level whatever else the load does, and surelyShare the same as a part of the load: phases.go of analysis asks for
	// no more.
	surely      = 30 * time.Second
	surelyShare = 10
)

// A Live follows a load that goes on, and tells when a check can no longer pass: when it would not even if from now on all went as well as it can, at twice the
// highest rate so far for each user. That is decided for counts, rates, shares, the largest and percentiles of response times, and columns of this machine; of
// other checks nothing is decided early.
//
// Subtle: nobody knows while a load goes on which of its seconds will be steady. Of users who stay the same analysis may yet cut the first half as warm-up, so that
// only the second half decides on a check of the steady phase.
type Live struct {
	// WarmUp is what is left out of the steady phase.
	WarmUp time.Duration
	// Changing says that a load shape decides on the users, so that nobody knows what is to come. Elsewhere says that the process under test may be on
	// another machine than the rows. Mixed says that some of the requests are in no histogram: those of workers in Python, beside others in Go.
	Changing, Elsewhere, Mixed bool

	stages []stage
	checks []*followed
	at     time.Duration
	// since is when the users became as many as they are, -1 while that changes; users is how many, and changed whether the last look saw others.
	since time.Duration
	users int
	first int64 // second of the first row
	row   int64 // and of the last
}

// A stage is a part of the load that is planned with one number of users.
type stage struct {
	users int
	until time.Duration
}

// Plan adds a stage: so many users until a time of the load. The last one's is that of its end.
func (l *Live) Plan(users int, until time.Duration) {
	if n := len(l.stages); n > 0 && l.stages[n-1].users == users {
		l.stages[n-1].until = until // they stay the same, and make one level
		return
	}
	l.stages = append(l.stages, stage{users, until})
}

// end is when the load is over.
func (l *Live) end() (end time.Duration) {
	for _, s := range l.stages {
		end = max(end, s.until)
	}
	return end
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
			l.checks = append(l.checks, &followed{check: c, load: tally{counted: c.Over == All}})
		}
	}
	return l
}

// See takes what the master says at a time of the load, and the newest row of the metrics. It returns the first check that can no longer pass, nil if there is
// none.
func (l *Live) See(at time.Duration, s locustweb.Snapshot, row resource.Row) *HopelessError {
	l.at = at
	switch {
	case s.State != locustweb.StateRunning:
		l.since = -1
	case l.since < 0 || s.Users != l.users:
		l.since = at
	}
	l.users = s.Users
	fresh := row.Second() > l.row // the zero Row is none
	if l.row = max(l.row, row.Second()); l.first == 0 {
		l.first = row.Second()
	}
	for _, f := range l.checks {
		counts := l.counts(f.check)
		why := ""
		switch {
		case f.check.Measure.Name == exceptions || f.check.Measure.Name == missed || f.check.Measure.Slope || f.check.Measure.ofSeries():
		case f.check.Measure.ofRequests():
			f.load.take(rowsOf(f.check, s), counts)
			f.load.measure(at, l.growth())
			why = f.load.judge(f.check, l.left(), l.end())
		case !l.elsewhere(f.check) && fresh:
			value, known := f.check.live(row)
			f.rows.take(value, known && counts, f.check)
			why = f.rows.judge(f.check, float64(l.row-l.first+1)+l.left())
		}
		if why != "" {
			return &HopelessError{f.check, why}
		}
	}
	return nil
}

// left is how much of the load is still to come, and what has come and is not told yet.
func (l *Live) left() float64 { return max(0, l.end()-l.at+lag).Seconds() }

// counts says that what happens now is sure to be in the window of a check.
func (l *Live) counts(c Check) bool {
	if c.Over == All {
		return !l.Mixed || !c.ofTimes()
	}
	if l.Changing || l.Mixed && c.ofTimes() || l.since < 0 {
		return false
	}
	for _, s := range l.stages {
		if s.until > l.since {
			from := max(l.since, l.WarmUp)
			half := from + max(0, s.until+lag-from)/2
			return l.at <= s.until && l.at >= max(half, l.since+max(surely, l.end()/surelyShare))+lag
		}
	}
	return false
}

// growth is how many times as many users are planned as there are now; 0 where what they do now says nothing of what they may do: while they change, or where a
// shape may bring any number.
func (l *Live) growth() float64 {
	if l.Changing || l.since < 0 || l.at-l.since < lag {
		return 0
	}
	most := l.users
	for _, s := range l.stages {
		most = max(most, s.users)
	}
	return float64(most) / float64(max(1, l.users))
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
