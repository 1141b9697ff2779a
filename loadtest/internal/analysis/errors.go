package analysis

import (
	"fmt"
	"math"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/statistics"
)

// The rules for failures.
const (
	// bulkShare is the share of the failures that may come before they are said to begin, where the first was bulkSeconds earlier: one stray failure is no beginning.
	bulkShare   = 0.1
	bulkSeconds = 10
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
	first, bulk, known := v.begins()
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
	if bulk-first > bulkSeconds {
		users = v.users[v.index(bulk)]
		f.Text += fmt.Sprintf(" Nine in ten failed from %s on%s.", w.clock(bulk), atLoad(", at ", users, math.NaN()))
		f.At = bulk
	}
	if !math.IsNaN(users) && f.At > v.run.Began+bulkSeconds {
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

// begins is the second of the first failure, and that before which a tenth of them came.
func (v *view) begins() (first, bulk int64, known bool) {
	all := float64(total(v.run.Total.Failures))
	sum := 0.0
	for i, n := range v.failures {
		if !(n > 0) {
			continue
		}
		if !known {
			first, known = v.run.Start+int64(i), true
		}
		if sum += n; sum > bulkShare*all {
			return first, v.run.Start + int64(i), true
		}
	}
	return first, first, known
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
