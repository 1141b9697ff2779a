package analysis

import (
	"fmt"
	"math"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/statistics"
)

// The rules for an open load, whose tasks are due at a rate however slow the answers are.
const (
	// behindShare is below which part of the rate that was asked for a server is behind.
	behindShare = 0.95
	// busyShare is from which part of the users on all are taken to be busy: then it is the server that keeps tasks waiting.
	busyShare = 0.9
)

// behind says whether an open load asked for more than was done, in some seconds: fewer tasks than the rate, all users in a request, and lateness that grows or tasks that were
// never begun. Each task is taken to be a request; with more of them a task the rate is compared with too much, and nothing is said.
func (v *view) behind(window Phase) (x float64, is bool) {
	rate := v.run.Info.Rate
	x = statistics.Mean(v.cut(v.requests, window.From, window.To))
	if rate <= 0 || !(x < behindShare*rate) {
		return x, false
	}
	users := statistics.Mean(v.cut(v.users, window.From, window.To))
	busy := x * statistics.Mean(v.cut(v.response, window.From, window.To)) / 1000
	if !(busy >= busyShare*users) {
		return x, false
	}
	return x, v.has(timing.Missed) || v.laterAndLater(window)
}

// laterAndLater says whether the lateness of the last third of some seconds is above that of the first.
func (v *view) laterAndLater(window Phase) bool {
	third := (window.To - window.From) / 3
	histograms := v.run.Total.Phases[timing.Lateness]
	early, known := v.phaseOf(histograms, []Phase{{From: window.From, To: window.From + third}}).Quantile(0.5)
	late, also := v.phaseOf(histograms, []Phase{{From: window.To - third, To: window.To}}).Quantile(0.5)
	return known && also && late > math.Max(latenessLeast, turnRise*early)
}

// behindFinding says what was full while an open load asked for more than was done.
func (v *view) behindFinding(limits []limit, x float64, window Phase, w words) Finding {
	f := Finding{Kind: KindSaturation, Level: Bad, At: window.From, Evidence: []Evidence{v.loadEvidence(window)}}
	asked := fmt.Sprintf("%s of %s tasks/s", number(x), number(v.run.Info.Rate))
	text := fmt.Sprintf("%s were done, all users were busy, and tasks began later and later.", asked)
	all := v.fullInWindow(limits, window)
	for _, c := range all {
		f.Evidence = append(v.limitEvidence(c), f.Evidence...)
	}
	switch {
	case len(all) == 0 && len(limits) == 0:
		f.Title = fmt.Sprintf("The server does %s", asked)
		f.Text = text + " No monitor measured the resources."
		return f
	case len(all) == 0:
		f.Title = fmt.Sprintf("The server does %s: no measured resource was at its limit", asked)
		f.Text = text + " Look for a pool, a lock, or something downstream." + v.rest(limits, nil, v.index(window.From))
		return f
	}
	f.At = v.run.Start + int64(all[0].at)
	f.Title = fmt.Sprintf("%s saturated at %s", upper(all[0].name), asked)
	f.Text = fmt.Sprintf("%s: %s reached %s and stayed. %s%s", w.clock(f.At), all[0].name, value(all[0].level, all[0].unit), text, v.rest(limits, all, v.index(window.From)))
	f.Clear = len(all) == 1 && all[0].why == ""
	if !f.Clear {
		var names []string
		for _, c := range all {
			names = append(names, c.name)
		}
		f.Title = fmt.Sprintf("%s at the limit while the server did %s", upper(list(names)), asked)
		f.Text += " Which of them holds requests up is not clear" + reasons(all) + "."
	}
	return f
}
