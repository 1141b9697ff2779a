package analysis

import (
	"fmt"
	"slices"
	"strings"

	"gregaria/loadtest/internal/statistics"
)

// saturation is what saturated first: one finding.
func (v *view) saturation(limits []limit, t turn, laws Laws, suspect bool, w words) Finding {
	var f Finding
	window := v.highestLevel()
	limits, others, seen := v.withoutOthers(limits, window)
	x, behind := v.behind(window)
	switch {
	case behind:
		f = v.behindFinding(limits, x, window, w)
	case t.seen == turned:
		f = v.turnedFinding(limits, t, laws, w)
	case t.seen == grew:
		f = v.grewFinding(limits, w)
	default:
		f = v.unseenFinding(limits, t, w)
	}
	f.Text += others
	f.Evidence = append(f.Evidence, seen...)
	if suspect {
		if f.Clear || f.Level == Bad {
			f.Text += " Not clear, because the generator was at its limit."
		}
		f.Clear = false
	}
	return f
}

// turnedFinding says what was full when throughput stopped rising.
func (v *view) turnedFinding(limits []limit, t turn, laws Laws, w words) Finding {
	f := Finding{Kind: KindSaturation, Level: Bad, At: t.at, Evidence: v.turnEvidence(t)}
	all := v.candidates(limits, t)
	where := fmt.Sprintf("at %s users, %s requests/s", number(t.users), number(t.plateau))
	flat := v.flat(t)
	if len(all) == 0 {
		return v.nothingFull(f, limits, t, laws, flat, w)
	}
	first := all[0]
	f.At = v.run.Start + int64(first.at)
	for _, c := range all {
		f.Evidence = append(v.limitEvidence(c), f.Evidence...)
	}
	held := "reached " + value(first.level, first.unit) + " and stayed"
	if first.left {
		held = "reached its limit, and was at " + value(first.level, first.unit) + " from the turn on"
	}
	reached := fmt.Sprintf("%s: %s %s. ", w.clock(f.At), first.name, held)
	switch {
	case len(all) == 1 || lead(all) >= leadSeconds && first.why == "":
		f.Clear = first.why == ""
		f.Title = upper(first.name) + " saturated " + where
		f.Text = reached + flat + v.rest(limits, all, v.index(t.at))
		if !f.Clear {
			f.Title = upper(first.name) + " was at its limit when throughput stopped rising, " + where
			f.Text += " Not clear that it is the cause: " + first.why + "."
		}
	default:
		var names []string
		for _, c := range all {
			names = append(names, c.name)
		}
		f.Title = upper(list(names)) + " were at their limits when throughput stopped rising, " + where
		f.Text = reached + flat + " Which of them was first is not clear" + reasons(all) + "."
	}
	return f
}

// reasons are why candidates are not clear, in brackets.
func reasons(all []candidate) string {
	var said []string
	for _, c := range all {
		if c.why != "" {
			said = append(said, c.name+": "+c.why)
		}
	}
	if len(said) == 0 {
		return fmt.Sprintf(": they were so within %d s", leadSeconds)
	}
	return " (" + strings.Join(said, "; ") + ")"
}

// flat is the sentence about the turn.
func (v *view) flat(t turn) string {
	return fmt.Sprintf("From %s users on throughput is flat at %s requests/s (it grew %s requests/s per user before) while %s went from %s to %s ms.",
		number(t.users), number(t.plateau), number(t.slope), v.p95Name(), number(t.p95Before), number(t.p95After))
}

// p95Name says what p95 is of, where that is not Locust's.
func (v *view) p95Name() string {
	if v.streams {
		return "p95 (streams to their end)"
	}
	return "p95"
}

// nearlyShare is from which use on a resource is too near its limit to say that nothing is.
const nearlyShare = 0.8

// nothingFull says that throughput is flat and that no measured resource was at its limit. What holds requests up has a shape then, and no name.
func (v *view) nothingFull(f Finding, limits []limit, t turn, laws Laws, flat string, w words) Finding {
	f.Title = fmt.Sprintf("Throughput is flat from %s users on, at %s requests/s", number(t.users), number(t.plateau))
	f.Text = w.clock(t.at) + ": " + flat
	if len(limits) == 0 {
		f.Text += " No monitor measured the resources, so that nothing is known of what was full."
		return f
	}
	from := v.index(t.at)
	if late := v.fullInWindow(limits, v.highestLevel()); len(late) > 0 {
		f.Text += fmt.Sprintf(" No measured resource was at its limit then; %s was from %s on.", late[0].name, w.clock(v.run.Start+int64(late[0].at)))
		f.Evidence = append(f.Evidence, v.limitEvidence(late[0])...)
		return f
	}
	f.Title += ": no measured resource was at its limit"
	if near := v.nearest(limits, from); near.use != nil && v.typical(near.use, from) >= nearlyShare {
		f.Text += fmt.Sprintf(" No measured resource was at its limit; the nearest was %s at %s.", near.name, value(v.typical(near.shown.Values, from), near.unit))
		return f
	}
	f.Text += " No measured resource was at its limit"
	k, near := whole(laws.Parallelism)
	switch {
	case near && k == 1:
		f.Text += "; it behaves as one request at a time: look for a lock, a pool of 1, or something downstream."
	case near:
		f.Text += fmt.Sprintf("; it behaves as a pool of %d: look for a connection pool, a lock, a semaphore, or something downstream.", k)
	case laws.Parallelism != nil:
		f.Text += fmt.Sprintf("; it works on %s requests at once: look for a pool, a lock, or something downstream.", atOnce(laws.Parallelism))
	default:
		f.Text += ": look for a pool, a lock, or something downstream."
	}
	f.Text += v.rest(limits, nil, from)
	return f
}

// typical is the median from a place to the end of the load.
func (v *view) typical(values []float64, from int) float64 {
	_, last := v.clip(v.run.Began, v.run.Ended)
	last = min(last, len(values))
	return statistics.Median(values[min(from, last):last])
}

// nearest is the limit that was used most.
func (v *view) nearest(limits []limit, from int) (near limit) {
	most := 0.0
	for _, l := range limits {
		if use := v.typical(l.use, from); use > most && l.doubt == "" && !l.symptom {
			near, most = l, use
		}
	}
	return near
}

// rest says how much of the other resources was used.
func (v *view) rest(limits []limit, all []candidate, from int) string {
	var used, idle []string
	for _, l := range limits {
		if l.short == "" || slices.ContainsFunc(all, func(c candidate) bool { return c.group == l.group && c.host == l.host }) {
			continue
		}
		use := v.typical(l.use, from)
		if l.unit != "%" && l.group != "memory" && l.group != "quota" && !strings.HasSuffix(l.group, " memory") {
			continue
		}
		name := l.short
		if l.host.Name != "" {
			name += " of " + l.host.Name
		}
		switch {
		case !(use >= 0):
		case use < 0.05:
			idle = append(idle, name)
		default:
			used = append(used, name+" at "+number(100*min(1, use))+" %")
		}
	}
	if s, found := useOf(used, idle); found {
		return s
	}
	return ""
}

// useOf makes a sentence of what was used and what was not.
func useOf(used, idle []string) (string, bool) {
	var said string
	if len(used) > 0 {
		said = " " + upper(strings.Join(used, ", "))
	}
	switch {
	case len(idle) > 0 && said == "":
		said = " " + upper(list(idle)) + " idle"
	case len(idle) > 0:
		said += "; " + list(idle) + " idle"
	}
	return said + ".", said != ""
}

// limitEvidence is where a candidate can be seen.
func (v *view) limitEvidence(c candidate) []Evidence {
	at := v.run.Start + int64(c.at)
	all := []Evidence{{c.shown.File, c.shown.Column, at, v.run.Ended, c.level, c.unit, c.rule}}
	for _, m := range c.more {
		all = append(all, Evidence{m.shown.File, m.shown.Column, at, v.run.Ended, v.typical(m.shown.Values, c.at), m.unit, m.rule})
	}
	return all
}
