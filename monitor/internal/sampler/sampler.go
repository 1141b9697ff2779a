// Package sampler takes a sample of all collectors at each tick of the wall clock.
package sampler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/collector"
)

// A Sampler reads its collectors at every whole multiple of Interval of the wall clock and hands each row on.
type Sampler struct {
	Interval time.Duration
	Duration time.Duration // how long, in whole intervals; 0: until the context ends
	Groups   []collector.Group
	// Costs adds the columns for how late each row is and how long its reading took.
	Costs bool

	// Begin is called at each tick, before everything else. It may be nil.
	Begin func(at time.Time)
	// Look is called at each tick before anything is read: it finds the process under test. It may be nil.
	Look func()
	// Write takes a row: when it was due, and a cell for each of Columns. It does not keep the row.
	Write func(at time.Time, row []resource.Cell) error
	// Note takes a line for the user: what cannot be read, and that it can be read again.
	Note func(string)
	// Now is the wall clock.
	Now func() time.Time
	// Sleep waits for a time, or until ctx ends, or less; nil is a timer of Go's.
	Sleep func(ctx context.Context, d time.Duration)
	// After is a time that every row has to come after: the last row of a file that is continued.
	After time.Time
}

// Columns names the cells of a row.
func (s *Sampler) Columns() []string {
	var columns []string
	for _, g := range s.Groups {
		columns = append(columns, g.Columns()...)
	}
	if s.Costs {
		columns = append(columns, (&costs{}).columns(s.Groups)...)
	}
	return columns
}

// Run samples until the duration is over, and then returns nil, or until ctx ends, and then returns its cause. A row that
// cannot be written ends it too, with that error. It returns only after a row that it has begun.
func (s *Sampler) Run(ctx context.Context) error {
	r := newReading(s)
	r.read() // the baseline of everything that is a rate
	ticks := newTicker(s)
	for {
		at, err := ticks.next(ctx)
		if errors.Is(err, errDone) {
			return nil
		}
		if err != nil {
			return err
		}
		late := s.Now().Sub(at)
		if s.Begin != nil {
			s.Begin(at)
		}
		row := r.read()
		if s.Costs {
			r.costs.fill(row[len(row)-3-len(s.Groups):], at, late)
		}
		if err := s.Write(at, row); err != nil {
			return fmt.Errorf("write the row of %s: %w", at.Format(time.TimeOnly), err)
		}
	}
}
