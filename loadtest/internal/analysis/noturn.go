package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/statistics"
)

// grewFinding says that throughput rose with the users, and what was used most.
func (v *view) grewFinding(limits []limit, w words) Finding {
	window := v.highestLevel()
	most := slices.Max(present(v.cut(v.users, v.run.Began, v.run.Ended)))
	x := statistics.Mean(v.cut(v.requests, window.From, window.To))
	f := Finding{
		Kind: KindSaturation, Level: Good, Clear: true, Title: fmt.Sprintf("Nothing saturated up to %s users, %s requests/s", number(most), number(x)),
		Text: fmt.Sprintf("Throughput rose with the users up to %s requests/s.", number(x)),
		Evidence: []Evidence{
			{v.run.Total.Requests.File, v.run.Total.Requests.Column, v.run.Began, v.run.Ended, x, "requests/s", "throughput over users at the highest load as at the lower half"},
		},
	}
	if all := v.fullInWindow(limits, window); len(all) > 0 {
		return v.heldFinding(all, window, "throughput still rose with the users to the end", w)
	}
	if p95 := statistics.Median(v.cut(v.p95, window.From, window.To)); !math.IsNaN(p95) {
		f.Text = strings.TrimSuffix(f.Text, ".") + fmt.Sprintf(", and %s is %s ms.", v.p95Name(), number(p95))
	}
	f.Text += v.rest(limits, nil, v.index(window.From))
	if near := v.nearest(limits, v.index(window.From)); near.use != nil {
		f.Evidence = append(f.Evidence, v.nearEvidence(near, window))
	}
	return f
}

// nearEvidence is where the most used resource can be seen.
func (v *view) nearEvidence(near limit, window Phase) Evidence {
	return Evidence{
		near.shown.File, near.shown.Column, window.From, window.To, v.typical(near.shown.Values, v.index(window.From)), near.unit,
		"the most used: not " + near.rule,
	}
}

// unseenFinding is what can be said where no turn can be seen: what was full, or that nothing was.
func (v *view) unseenFinding(limits []limit, t turn, w words) Finding {
	window := v.highestLevel()
	if all := v.fullInWindow(limits, window); len(all) > 0 {
		return v.heldFinding(all, window, "from how many users on, and whether it is what holds requests up, cannot be seen: "+t.why, w)
	}
	f := Finding{Kind: KindSaturation, Level: Note, Title: "No measured resource was at its limit"}
	if len(limits) == 0 {
		f.Title = "What saturates cannot be seen"
		f.Text = "No monitor measured the resources."
		if t.why != "" {
			f.Text = upper(t.why) + ", and no monitor measured the resources."
		}
		f.Evidence = []Evidence{v.loadEvidence(window)}
		return f
	}
	f.Text = "Whether more users would bring more throughput cannot be seen: " + t.why + "." + v.rest(limits, nil, v.index(window.From))
	f.Evidence = []Evidence{v.loadEvidence(window)}
	if near := v.nearest(limits, v.index(window.From)); near.use != nil {
		f.Evidence = append(f.Evidence, v.nearEvidence(near, window))
	}
	return f
}

// loadEvidence is where the load can be seen.
func (v *view) loadEvidence(window Phase) Evidence {
	x := statistics.Mean(v.cut(v.requests, window.From, window.To))
	column := v.run.Total.Requests.Column
	if column == "" {
		column = timing.Requests
	}
	return Evidence{v.run.Total.Requests.File, column, window.From, window.To, nanZero(x), "requests/s", "throughput over users"}
}

// fullInWindow are the resources that were at their limit for most of some seconds.
func (v *view) fullInWindow(limits []limit, window Phase) (all []candidate) {
	first, last := v.clip(window.From, window.To)
	for _, l := range limits {
		if !(full(l.use, first, last) >= staysShare) || len(present(l.use[min(first, len(l.use)):min(last, len(l.use))])) < limitRows/2 {
			continue
		}
		before := full(l.use, 0, v.index(v.run.Began)) >= 0.5
		if before && l.doubt != "" {
			continue
		}
		at, found := saturatedFrom(l.use, v.index(v.run.Began), last)
		if !found {
			at = first
		}
		c := candidate{limit: l, at: at, level: v.typical(l.shown.Values, first), why: l.doubt}
		if before {
			c.why = fullBefore
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.at - b.at })
	return v.withoutEffects(grouped(all), first, last)
}

// heldFinding says what was at its limit, without more.
func (v *view) heldFinding(all []candidate, window Phase, why string, w words) Finding {
	f := Finding{Kind: KindSaturation, Level: Warn, At: v.run.Start + int64(all[0].at), Title: v.heldTitle(all, window)}
	var names []string
	for _, c := range all {
		said := fmt.Sprintf("%s at %s", c.name, value(c.level, c.unit))
		if c.why != "" && (c.why != fullBefore || len(all) > 1) {
			said += " (" + c.why + ")"
		}
		names = append(names, said)
		f.Evidence = append(f.Evidence, v.limitEvidence(c)...)
	}
	f.Text = fmt.Sprintf("From %s on: %s. Not clear what that means: %s.", w.clock(f.At), list(names), why)
	return f
}

// heldTitle names what the load brought to its limit, or what was there before it.
func (v *view) heldTitle(all []candidate, window Phase) string {
	var brought, before []string
	for _, c := range all {
		if c.why == fullBefore {
			before = append(before, c.name)
		} else {
			brought = append(brought, c.name)
		}
	}
	are := func(names []string) string {
		if len(names) > 1 {
			return upper(list(names)) + " were at their limits"
		}
		return upper(list(names)) + " was at its limit"
	}
	if len(brought) == 0 {
		return are(before) + " before the load, too"
	}
	return are(brought) + atLoad(" with ", statistics.Median(v.cut(v.users, window.From, window.To)), statistics.Mean(v.cut(v.requests, window.From, window.To)))
}
