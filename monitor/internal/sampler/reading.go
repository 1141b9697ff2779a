package sampler

import (
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/collector"
)

// A reading is the row that is being read, tick by tick in the same memory.
type reading struct {
	look   func()
	groups []collector.Group
	asked  []collector.Starter // of each group: itself where it is asked first, else nil
	cells  [][]resource.Cell   // of each group: its part of row
	row    []resource.Cell
	health *health
	costs  costs
}

func newReading(s *Sampler) *reading {
	r := &reading{
		look: s.Look, groups: s.Groups, row: make([]resource.Cell, len(s.Columns())), health: newHealth(s.Note, s.Groups),
		costs: costs{interval: s.Interval, took: make([]time.Duration, len(s.Groups))},
	}
	rest := r.row
	for _, g := range s.Groups {
		n := len(g.Columns())
		r.cells = append(r.cells, rest[:n:n])
		rest = rest[n:]
		starter, _ := g.Collector.(collector.Starter)
		r.asked = append(r.asked, starter)
	}
	return r
}

// read makes a row of what each collector can read now. Those in the background are asked first and heard last, so that the
// others are read at the tick whatever they do. The row is good until the next read.
func (r *reading) read() []resource.Cell {
	clear(r.row)
	clear(r.costs.took)
	r.costs.look = 0
	if r.look != nil {
		r.costs.look = duration(r.look)
	}
	for i, starter := range r.asked {
		if starter != nil {
			r.timed(i, starter.Start)
		}
	}
	r.collect(false)
	r.collect(true)
	return r.row
}

// collect reads the groups that were asked first, or those that were not.
func (r *reading) collect(asked bool) {
	for i, g := range r.groups {
		if (r.asked[i] != nil) == asked {
			r.timed(i, func() { r.health.report(i, g.Collect(r.cells[i])) })
		}
	}
}

// timed adds what the call takes to the costs of group i.
func (r *reading) timed(i int, call func()) { r.costs.took[i] += duration(call) }

// duration is how long a call takes.
func duration(call func()) time.Duration {
	began := time.Now()
	call()
	return time.Since(began)
}
