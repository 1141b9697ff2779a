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
	cells  [][]resource.Cell // of each group: its part of row
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
	for i, g := range r.groups {
		if starter, ok := g.Collector.(collector.Starter); ok {
			r.timed(i, starter.Start)
		}
	}
	for _, starters := range []bool{false, true} {
		for i, g := range r.groups {
			if _, ok := g.Collector.(collector.Starter); ok == starters {
				r.timed(i, func() { r.health.report(i, g.Collect(r.cells[i])) })
			}
		}
	}
	return r.row
}

// timed adds what the call takes to the costs of group i.
func (r *reading) timed(i int, call func()) { r.costs.took[i] += duration(call) }

// duration is how long a call takes.
func duration(call func()) time.Duration {
	began := time.Now()
	call()
	return time.Since(began)
}
