package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gregaria/internal/resource"
)

// An end is a second in which a process under test ended, was killed, or came anew.
type end struct {
	at     int64
	what   string
	said   string // what, in a sentence after the others
	series Series
	value  float64
	rule   string
	// others says that it was no process under test.
	others bool
}

// restarts are what ended during the load: one finding at most, of the worst that was seen.
func (v *view) restarts(w words) []Finding {
	var ends []end
	for i := range v.run.Hosts {
		ends = append(ends, v.endsOf(&v.run.Hosts[i])...)
	}
	if len(ends) == 0 {
		return nil
	}
	first := ends[0].at
	f := Finding{Kind: KindRestart, Level: Bad, Clear: true, Title: upper(ends[0].what)}
	if !slices.ContainsFunc(ends, func(e end) bool { return !e.others }) {
		f.Level = Note
	}
	var said []string
	for _, e := range inOrder(ends) {
		first = min(first, e.at)
		said = append(said, fmt.Sprintf("%s at %s", e.said, w.clock(e.at)))
		f.Evidence = append(f.Evidence, Evidence{e.series.File, e.series.Column, e.at, e.at, e.value, "", e.rule})
	}
	f.At = first
	users := v.users[v.index(first)]
	f.Text = upper(list(said)) + "."
	if f.Level == Note {
		f.Text += fmt.Sprintf(" %s went on.", upper(v.process()))
	}
	if !math.IsNaN(users) {
		f.Title += fmt.Sprintf(", at %s users", number(users))
	}
	failures := 0.0
	for _, n := range v.cut(v.failures, first-1, first+movedSeconds) {
		failures += nanZero(n)
	}
	if failures > 0 {
		f.Text += fmt.Sprintf(" In the %d seconds from then on %s failed.", movedSeconds, counted(failures, "request"))
	}
	return []Finding{f}
}

// inOrder are ends as they came. A process that was seen to be gone "ended at 17:17:55 and was started anew at 17:18:07".
func inOrder(ends []end) []end {
	ordered := slices.Clone(ends)
	slices.SortStableFunc(ordered, func(a, b end) int { return cmp.Compare(a.at, b.at) })
	for i := 1; i < len(ordered); i++ {
		if before := ordered[i-1].what; before != ordered[i].what {
			ordered[i].said = strings.TrimPrefix(ordered[i].what, before+" and ")
		}
	}
	return ordered
}

// endsOf are the ends on one machine, kills first.
func (v *view) endsOf(host *Host) (ends []end) {
	until := v.run.Ended
	for _, p := range v.phases {
		if p.Kind == Stopping {
			until = p.To
		}
	}
	first, last := v.clip(v.run.Began, until)
	look := func(column, what, rule string, is func(before, now float64) bool) {
		s, found := host.Column(column)
		if !found {
			return
		}
		before := math.NaN()
		for i, x := range s.Values[:min(last, len(s.Values))] {
			if math.IsNaN(x) {
				continue
			}
			if i >= first && is(before, x) {
				ends = append(ends, end{at: v.run.Start + int64(i), what: what, said: what, series: s, value: x, rule: rule})
				return
			}
			before = x
		}
	}
	grown := func(_, now float64) bool { return now > 0 }
	look(resource.ContainerOOMKills, "a process of the container was killed for want of memory", "kills since the row before > 0", grown)
	if len(ends) == 0 {
		look(resource.MemoryOOMKills, "a process of "+v.place(host)+" was killed for want of memory", "kills since the row before > 0", grown)
	}
	kills := len(ends)
	look(resource.ProcessRestarts, v.process()+" ended and was started anew", "Process_Restarts rises", func(before, now float64) bool { return now > before })
	look(resource.ProcessCount, v.process()+" ended", "Process_Count falls to 0", func(before, now float64) bool { return now == 0 && before > 0 })
	if len(ends) == 1 && kills == 1 && ends[0].series.Column == resource.MemoryOOMKills {
		ends[0].others = v.kept(host, ends[0].at)
	}
	return ends
}

// keptSeconds is for how long after a kill a process under test may still be counted.
const keptSeconds = 3

// kept says whether the process under test has all of its processes about a second: it is watched, and none of them is gone.
func (v *view) kept(host *Host, at int64) bool {
	count, found := host.Column(resource.ProcessCount)
	around := present(v.cut(count.Values, at-keptSeconds, at+keptSeconds))
	return found && len(around) > keptSeconds && slices.IsSortedFunc(around, cmp.Compare[float64])
}

// process is the process under test at the beginning of a sentence: its name stays as it is written.
func (v *view) process() string {
	if name := v.watched(); name != "the process" {
		return "the process " + name
	}
	return "the process under test"
}
