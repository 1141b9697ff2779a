// Package watch follows a load from look to look at its master: how fast it is now, what somebody changed by hand, and whether
// those who make the load were its limit.
package watch

import (
	"fmt"
	"strconv"
	"time"

	"gregaria/loadtest/internal/locustweb"
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
	// Planned is how many users the plan wants, 0 if a load shape decides.
	Planned int
	// Shape says that a load shape decides how many users run, and when the test ends.
	Shape bool
	// MayReset says that Locust was told to forget what it measured when all users are there.
	MayReset bool

	peak    int
	samples []sample // in the window, of each change of the total
	last    locustweb.Snapshot
	at      time.Duration // of last

	other  int  // looks in a row with other users than planned
	went   bool // for a while fewer users ran than planned
	fewest int  // the fewest of them
	resets []reset

	seen    time.Duration // time with users that is looked at
	worker  time.Duration // of it, when a worker was full
	master  time.Duration // of it, when the master was
	fullNow bool
}

// A sample is the total at one moment of the load.
type sample struct {
	at       time.Duration
	requests int
}

// A reset is a moment at which somebody had Locust forget, and what it knew before.
type reset struct {
	at     time.Duration
	before locustweb.Row
}

// See takes what the master said at a time of the load. masterCPU is the master's own use of a core, in percent.
func (w *Watch) See(at time.Duration, s locustweb.Snapshot, masterCPU progress.Value) {
	if w.forgot(s) {
		if !w.MayReset {
			w.resets = append(w.resets, reset{at, w.last.Total()})
		}
		w.samples = nil
	}
	w.sample(at, s.Total().Requests)
	w.peak = max(w.peak, s.Users)
	w.watchUsers(s)
	w.watchLimits(at, s, masterCPU)
	w.last, w.at = s, at
}

// forgot reports that the master knows less than it did: a count or a greatest time never becomes smaller by itself.
func (w *Watch) forgot(s locustweb.Snapshot) bool {
	before, now := w.last.Total(), s.Total()
	return now.Requests < before.Requests || now.Requests > 0 && now.Max < before.Max
}

// sample keeps the totals of the window.
func (w *Watch) sample(at time.Duration, requests int) {
	if len(w.samples) == 0 {
		w.samples = []sample{{w.at, 0}} // at the beginning, and after a reset
	}
	if n := len(w.samples); w.samples[n-1].requests != requests {
		w.samples = append(w.samples, sample{at, requests})
	}
	for len(w.samples) > 2 && at-w.samples[1].at >= window {
		w.samples = w.samples[1:]
	}
}

// RPS is the rate of requests in about the last 10 s, in requests a second. Locust's own is the most exact, since it goes by when
// requests were made; but it is 0 in the first seconds, and stays as it is when nothing comes any more. Then it is that between
// two changes of the total, which come with reports, every 3 s.
func (w *Watch) RPS() float64 {
	n := len(w.samples)
	if n < 2 {
		return 0
	}
	first, last := w.samples[0], w.samples[n-1]
	until := last.at
	switch quiet := w.at - last.at; {
	case quiet >= window:
		return 0
	case quiet > window/2: // nothing new for longer than two reports: it has become slower
		until = w.at
	case w.last.RPS > 0:
		return w.last.RPS
	}
	if until <= first.at {
		return 0
	}
	return float64(last.requests-first.requests) / (until - first.at).Seconds()
}

// Peak is how many users ran at most.
func (w *Watch) Peak() int { return w.peak }

// Last is what the master said last.
func (w *Watch) Last() locustweb.Snapshot { return w.last }

// watchUsers notices users that nobody planned.
func (w *Watch) watchUsers(s locustweb.Snapshot) {
	if w.Shape || s.State != locustweb.StateRunning || len(s.Missing()) > 0 || s.Users == w.Planned {
		w.other = 0
		return
	}
	w.other++
	if w.other >= steady && s.Users < w.Planned && (!w.went || s.Users < w.fewest) {
		w.went, w.fewest = true, s.Users
	}
}

// watchLimits adds up the time in which a worker or the master had no more to give.
func (w *Watch) watchLimits(at time.Duration, s locustweb.Snapshot, masterCPU progress.Value) {
	step := at - w.at
	w.fullNow = false
	if s.Users == 0 || step <= 0 {
		return
	}
	w.seen += step
	for _, worker := range s.Workers {
		if worker.State != locustweb.StateMissing && worker.CPU >= Full {
			w.worker += step
			w.fullNow = true
			break
		}
	}
	if masterCPU.Known && masterCPU.Number >= Full {
		w.master += step
		w.fullNow = true
	}
}

// FullNow reports that those who make the load have no more to give at this moment.
func (w *Watch) FullNow() bool { return w.fullNow }

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

// Remarks are what the verdict must not be read without, a few words each. The workers are of most that could run here.
func (w *Watch) Remarks(workers, most int) (remarks []string) {
	switch {
	case w.Shape, w.peak == 0:
	case w.peak > w.Planned:
		remarks = append(remarks, fmt.Sprintf("up to %d users ran instead of the %d planned: the web UI or the locustfile changed them", w.peak, w.Planned))
	case w.went && w.peak < w.Planned:
		remarks = append(remarks, fmt.Sprintf("only %d of %d users ran", w.peak, w.Planned))
	case w.went:
		remarks = append(remarks, fmt.Sprintf("users went down to %d of %d in mid-run: the web UI changed them, or they stopped themselves", w.fewest, w.Planned))
	}
	if n := whole(w.worker); n > 0 {
		advice := "--workers=auto"
		if workers >= most {
			advice = "all cores of this machine are in use"
		}
		remarks = append(remarks, fmt.Sprintf("the load generator was the limit for %d of %d s: %s", n, whole(w.seen), advice))
	}
	if n := whole(w.master); n > 0 {
		remarks = append(remarks, fmt.Sprintf("Locust's master was at its limit for %d of %d s", n, whole(w.seen)))
	}
	return remarks
}

// Limits say who of those that make the load had no more to give, and what helps: a line each.
func (w *Watch) Limits(workers, most int) (lines []string) {
	if n := whole(w.worker); n > 0 {
		advice := "--workers=auto takes all cores"
		if workers >= most {
			advice = "add machines, or take work out of the tasks"
		}
		lines = append(lines, fmt.Sprintf("for %d of %d s a worker was at %.0f %% or more of what it can, so response times have its own queue in them: %s",
			n, whole(w.seen), Full, advice))
	}
	if n := whole(w.master); n > 0 {
		lines = append(lines, fmt.Sprintf("for %d of %d s Locust's master used %.0f %% or more of a core: give requests to many URLs one name, or take --no-full-history",
			n, whole(w.seen), Full))
	}
	return lines
}

// OfTime is how much of a time is over, as "9 of 30 s".
func OfTime(at, of time.Duration) string {
	return fmt.Sprintf("%d of %s s", whole(at), trim(of))
}

func whole(d time.Duration) int { return int(d.Round(time.Second) / time.Second) }

// trim is a duration in seconds, without a fraction where there is none.
func trim(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) }
