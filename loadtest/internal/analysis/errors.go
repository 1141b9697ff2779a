package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/statistics"
)

// The rules for failures.
const (
	// bulkShare is the share of the failures that may come before they are said to begin, where the first was bulkSeconds earlier and requests failed half as often in
	// between: one stray failure is no beginning, and what fails all along began with the first.
	bulkShare   = 0.1
	bulkSeconds = 10
	bulkRate    = 0.5
	// beginFailures is how many would have failed before the first, as often as later, where a number of users is said to be where it began.
	beginFailures = 3
	// textMost is how much of a failure's text a sentence bears.
	textMost = 120
)

// errors are when requests began to fail, at which load, of which kind, and what moved with them.
func (v *view) errors(limits []limit, w words) []Finding {
	requests, failures := v.failed()
	if failures == 0 {
		return nil
	}
	f := Finding{
		Kind: KindErrors, Level: Bad, Clear: true,
		Title: fmt.Sprintf("%s of %s failed (%s)", thousands(float64(failures)), counted(float64(requests), "request"), percent(float64(failures)/float64(max(1, requests)))),
	}
	first, bulk, fresh, known := v.begins()
	if !known {
		f.Text = "When they began is not known." + v.whichFailed()
		f.Evidence = []Evidence{{v.run.Info.Files["stats"], "Failure Count", v.run.Began, v.run.Ended, float64(failures), "failures", "failures of the whole run"}}
		return []Finding{f}
	}
	f.At = first
	users, x := v.users[v.index(first)], statistics.Mean(v.cut(v.requests, first-4, first))
	f.Text = fmt.Sprintf("The first failed at %s%s.", w.clock(first), atLoad(", at ", users, x))
	f.Evidence = []Evidence{
		{v.run.Total.Failures.File, v.run.Total.Failures.Column, first, v.run.Ended, float64(failures), "failures", "first second with a failure"},
	}
	if bulk > first {
		users = v.users[v.index(bulk)]
		f.Text += fmt.Sprintf(" Nine in ten failed from %s on%s.", w.clock(bulk), atLoad(", at ", users, math.NaN()))
		f.At = bulk
	}
	if fresh && !math.IsNaN(users) {
		f.Title += fmt.Sprintf(", from %s users on", number(users))
	}
	f.Text += v.whichFailed()
	moved, evidence := v.moved(limits, f.At)
	if len(moved) > 0 {
		f.Text += " At the same time " + list(moved) + " moved."
		f.Evidence = append(f.Evidence, evidence...)
	}
	return []Finding{f}
}

// failed are how many requests there were and how many failed.
func (v *view) failed() (requests, failures int) {
	if s := &v.run.Total.Stats; s.Requests > 0 {
		return s.Requests, s.Failures
	}
	return total(v.run.Total.Requests), total(v.run.Total.Failures)
}

// begins is the second of the first failure, and the one from which on most of them came where that is another. Fresh says that it is no chance that none, or
// few, came before it.
func (v *view) begins() (first, bulk int64, fresh, known bool) {
	at := slices.IndexFunc(v.failures, func(n float64) bool { return n > 0 })
	if at < 0 {
		return 0, 0, false, false
	}
	all, before, later := sum(v.failures), 0.0, at
	for i, n := range v.failures[at:] {
		if n > 0 && before+n > bulkShare*all {
			later = at + i
			break
		}
		before += nanZero(n)
	}
	share := func(failures float64, from, to int) float64 { return failures / max(1, sum(v.requests[from:to])) }
	if after := share(all-before, later, len(v.requests)); later-at > bulkSeconds && share(before, at, later) < bulkRate*after {
		return v.run.Start + int64(at), v.run.Start + int64(later), true, true
	}
	first = v.run.Start + int64(at)
	return first, first, share(all, at, len(v.requests))*sum(v.requests[:at]) >= beginFailures, true
}

// sum adds up what is known.
func sum(values []float64) (all float64) {
	for _, x := range values {
		all += nanZero(x)
	}
	return all
}

// whichFailed are the kinds of failures, and the most frequent one.
func (v *view) whichFailed() string {
	if len(v.run.Failures) == 0 {
		return ""
	}
	said := " " + upper(sayKinds(failureKinds(v.run.Failures))) + "."
	most := v.run.Failures[0]
	text := strings.Join(strings.Fields(most.Error), " ")
	if runes := []rune(text); len(runes) > textMost {
		text = string(runes[:textMost]) + "..."
	}
	return said + fmt.Sprintf(" The most frequent, %s times: %s: %s.", thousands(float64(most.Count)), timing.Called(most.Type, most.Name), text)
}
