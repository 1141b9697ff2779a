package analysis

import (
	"fmt"
	"math"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/statistics"
)

// When a column has moved at a second.
const (
	// movedSeconds are compared before and after.
	movedSeconds = 10
	// movedShare is by how much of its capacity a resource must move, or of its level what has no capacity.
	movedShare = 0.15
	// movedErrors is by how many of its swings before: that of what rises with a ramp are so wide that it has not moved.
	movedErrors = 5
)

// moved are the columns whose level changed at a second, in words. That is no cause: it may be an effect, or chance.
func (v *view) moved(limits []limit, at int64) (said []string, evidence []Evidence) {
	seen := map[string]bool{}
	for _, l := range append(limits, v.counters()...) {
		use := l.use
		scale := 1.0
		if use == nil {
			use = l.shown.Values
			scale = math.Max(1, math.Abs(statistics.Median(v.cut(use, at-movedSeconds, at-1))))
		}
		if !v.movedAt(use, at, movedShare*scale) || seen[l.name] {
			continue
		}
		seen[l.name] = true
		before, after := statistics.Median(v.cut(l.shown.Values, at-movedSeconds, at-1)), statistics.Median(v.cut(l.shown.Values, at, at+movedSeconds-1))
		said = append(said, fmt.Sprintf("%s (%s to %s)", l.name, number(before), value(after, l.unit)))
		evidence = append(evidence, Evidence{l.shown.File, l.shown.Column, at - movedSeconds, at + movedSeconds - 1, after, l.unit, "median of 10 s before and after, beyond its own noise"})
	}
	return said, evidence
}

// movedAt says whether the level of values changed at a second.
func (v *view) movedAt(values []float64, at int64, least float64) bool {
	before, after := v.cut(values, at-movedSeconds, at-1), v.cut(values, at, at+movedSeconds-1)
	if len(present(before)) < movedSeconds/2 || len(present(after)) < movedSeconds/2 {
		return false
	}
	change := math.Abs(statistics.Median(after) - statistics.Median(before))
	noise := (statistics.Quantile(before, 0.75) - statistics.Quantile(before, 0.25)) / 1.349
	return change >= least && change > movedErrors*noise
}

// counters are columns without a capacity that move when something breaks.
func (v *view) counters() (all []limit) {
	for i := range v.run.Hosts {
		host := &v.run.Hosts[i]
		for _, c := range []struct{ column, name, unit string }{
			{resource.ProcessRSSMB, "memory of " + v.watched(), "MB"},
			{resource.ProcessThreads, "threads of " + v.watched(), "threads"},
			{resource.ProcessOpenFiles, "open files of " + v.watched(), "files"},
			{resource.ProcessSocketsOutgoing, "outgoing connections of " + v.watched(), "connections"},
			{resource.TCPRetransmits, "retransmits of " + v.place(host), "segments/s"},
			{resource.TCPConnectionsReset, "connections reset on " + v.place(host), "a second"},
			{resource.TCPFailedAttempts, "failed connects on " + v.place(host), "a second"},
			{resource.PressureIOFullPercent, "time stalled for disks on " + v.place(host), "%"},
		} {
			if s, found := host.Column(c.column); found {
				all = append(all, limit{host: host, name: c.name, shown: s, unit: c.unit})
			}
		}
	}
	return all
}
