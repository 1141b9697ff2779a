// Package watch follows a load from look to look at its master: how fast it is now, what somebody changed by hand, and whether
// those who make the load were its limit.
package watch

import (
	"fmt"
	"strconv"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/progress"
)

const (
	// window is what the rate of the moment covers: a worker reports every 3 s, and Locust keeps an answer for 2 s.
	window = 10 * time.Second
	// Full is the share of a core, in percent, from which on Locust says that a worker is too busy (CPU_WARNING_THRESHOLD in
	// locust/runners.py): response times then have its own queue in them.
	Full = 90.0
	// steady is for how many looks the users must be others than planned before that is somebody's doing.
	steady = 4
)

// A Watch is what is known of a load. Its zero value, with Planned, is a load that begins.
type Watch struct {
	// Planned is how many users the plan wants at first, and now: see Change. It is 0 if a load shape decides.
	Planned int
	// Shape says that a load shape decides how many users run, and when the test ends.
	Shape bool
	// MayReset says that Locust was told to forget what it measured when all users are there.
	MayReset bool
	// Foreign says that the master is somebody else's, which may have been told the same: it forgets then as the last users begin.
	Foreign bool

	most    int // the most that were planned, in one part of the load or another
	peak    int
	samples []sample // in the window, of each change of the total
	last    locustweb.Snapshot
	at      time.Duration // of last

	other   int           // looks in a row with other users than planned
	calm    time.Duration // from when on there are no others than planned, where users were to go
	went    bool          // for a while fewer users ran than planned
	fewest  int           // the fewest of them
	of      int           // how many were planned then
	above   int           // the most that ran for a while above what was planned then
	aboveOf int
	resets  []reset
	told    *reset // by --reset-stats of a foreign master

	seen    time.Duration // time with users that is looked at
	worker  time.Duration // of it, when a worker was full
	master  time.Duration // of it, when the master was
	fullNow bool
}

// A reset is a moment at which somebody had Locust forget, and what it knew before.
type reset struct {
	at     time.Duration
	before locustweb.Row
}

// See takes what the master said at a time of the load. masterCPU is the master's own use of a core, in percent.
func (w *Watch) See(at time.Duration, s locustweb.Snapshot, masterCPU progress.Value) {
	if w.forgot(s) {
		found := reset{at, w.last.Total()}
		switch {
		case w.MayReset:
		case w.Foreign && w.last.State == locustweb.StateSpawning && s.State == locustweb.StateRunning:
			w.told = &found
		default:
			w.resets = append(w.resets, found)
		}
		w.samples = nil
	}
	w.sample(at, s.Total().Requests)
	w.peak = max(w.peak, s.Users)
	w.watchUsers(at, s)
	w.watchLimits(at, s, masterCPU)
	w.last, w.at = s, at
}

// Change says that from this time on other users are planned. Those that are to go may take so long to finish what they are in.
func (w *Watch) Change(at time.Duration, users int, stopTimeout time.Duration) {
	w.other = 0
	if users < w.Planned {
		w.calm = at + stopTimeout
	}
	w.most = max(w.most, w.Planned, users)
	w.Planned = users
}

// planned is the most that were.
func (w *Watch) planned() int { return max(w.most, w.Planned) }

// forgot reports that the master knows less than it did: a count or a greatest time never becomes smaller by itself.
func (w *Watch) forgot(s locustweb.Snapshot) bool {
	before, now := w.last.Total(), s.Total()
	return now.Requests < before.Requests || now.Requests > 0 && now.Max < before.Max
}

// Recall takes a reset that Locust's history tells of, if no look has seen one.
func (w *Watch) Recall(at time.Duration, before locustweb.Row) {
	if len(w.resets) == 0 && !w.MayReset && (w.told == nil || (at-w.told.at).Abs() > window) {
		w.resets = append(w.resets, reset{at, before})
	}
}

// Peak is how many users ran at most.
func (w *Watch) Peak() int { return w.peak }

// Last is what the master said last.
func (w *Watch) Last() locustweb.Snapshot { return w.last }

// watchUsers notices users that nobody planned.
func (w *Watch) watchUsers(at time.Duration, s locustweb.Snapshot) {
	if w.Shape || at < w.calm || s.State != locustweb.StateRunning || len(s.Missing()) > 0 || s.Users == w.Planned {
		w.other = 0
		return
	}
	w.other++
	switch {
	case w.other < steady:
	case s.Users < w.Planned && (!w.went || s.Users < w.fewest):
		w.went, w.fewest, w.of = true, s.Users, w.Planned
	case s.Users > w.above && s.Users > w.Planned:
		w.above, w.aboveOf = s.Users, w.Planned
	}
}

// ResetNote says that somebody had Locust forget, "" if nobody did. of is how long the load was to be.
func (w *Watch) ResetNote(of time.Duration) string {
	if len(w.resets) == 0 {
		return ""
	}
	lost := locustweb.Row{}
	for _, r := range w.resets {
		lost.Requests += r.before.Requests
		lost.Failures += r.before.Failures
	}
	return fmt.Sprintf("the statistics were reset in the web UI after %s: at least %d requests before that, %d of them failed, are in no result",
		OfTime(w.resets[len(w.resets)-1].at, of), lost.Requests, lost.Failures)
}

// OfTime is how much of a time is over, as "9 of 30 s"; "9 s" of one without an end.
func OfTime(at, of time.Duration) string {
	if of == 0 {
		return fmt.Sprintf("%d s", whole(at))
	}
	return fmt.Sprintf("%d of %s s", whole(at), trim(of))
}

func whole(d time.Duration) int { return int(d.Round(time.Second) / time.Second) }

// trim is a duration in seconds, without a fraction where there is none.
func trim(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) }
