package watch

import (
	"fmt"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/progress"
)

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

// Remarks are what the verdict must not be read without, a few words each. The workers are of most that could run here.
func (w *Watch) Remarks(workers, most int) (remarks []string) {
	switch {
	case w.Shape, w.peak == 0:
	case w.peak > w.planned():
		remarks = append(remarks, fmt.Sprintf("up to %d users ran instead of the %d planned: the web UI or the locustfile changed them", w.peak, w.planned()))
	case w.above > 0:
		remarks = append(remarks, fmt.Sprintf("up to %d users ran in a step of %d: the web UI or the locustfile changed them", w.above, w.aboveOf))
	case w.went && w.peak < w.planned():
		remarks = append(remarks, fmt.Sprintf("only %d of %d users ran", w.peak, w.planned()))
	case w.went:
		remarks = append(remarks, fmt.Sprintf("users went down to %d of %d in mid-run: the web UI changed them, or they stopped themselves", w.fewest, w.of))
	}
	if w.told != nil {
		remarks = append(remarks, fmt.Sprintf("the master forgot what it had measured when all users were there (--reset-stats): at least %d requests before that are in no result of Locust's", w.told.before.Requests))
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
