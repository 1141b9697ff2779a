package stats

import (
	"cmp"
	"slices"
)

// A Haul is what statistics of a locustfile's own take over from a Recorder.
type Haul struct {
	// Cleared counts the Clears of the recorder: what was taken over before another one is forgotten.
	Cleared int
	// Started is when the interval began.
	Started float64
	// Known are the rows of earlier reports, without counts.
	Known []Entry
	// Sent is reported already, Fresh is not; both are of this interval, and their rows in the order of the first requests.
	Sent, Fresh Report
}

// Empty says whether nothing was recorded.
func (h *Haul) Empty() bool {
	return len(h.Sent.Stats)+len(h.Sent.Errors)+len(h.Fresh.Stats)+len(h.Fresh.Errors) == 0
}

// Drain takes what was recorded, and what Keep has kept, for statistics that report it themselves from now on.
func (r *Recorder) Drain() Haul {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := Haul{Cleared: r.cleared, Started: r.started, Known: r.known()}
	h.Sent, h.Fresh = r.haul(r.kept), r.haul(r.swap())
	r.kept = newContents()
	return h
}

func (r *Recorder) haul(c *contents) Report {
	now := seconds(r.now())
	begun := map[key]float64{}
	for k := range c.rows {
		begun[k] = c.rows[k].first
	}
	report := c.report(begun, r.started, now)
	for i, e := range report.Stats {
		if at, ok := r.reported[key{e.Name, e.Method}]; ok {
			report.Stats[i].StartTime = at
		}
	}
	slices.SortStableFunc(report.Stats, func(a, b Entry) int { return cmp.Compare(a.StartTime, b.StartTime) })
	return report
}

func (r *Recorder) known() []Entry {
	var known []Entry
	for k, at := range r.reported {
		e := newEntry(text(k.name), text(k.method))
		e.StartTime = at
		known = append(known, e)
	}
	slices.SortFunc(known, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.StartTime, b.StartTime), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Method, b.Method))
	})
	return known
}
