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
	Interval   time.Duration
	Duration   time.Duration // how long, in whole intervals; 0: until the context ends
	Collectors []collector.Collector

	// Write takes a row: when it was due, and a cell for each column of the collectors in their order.
	Write func(at time.Time, row []resource.Cell) error
	// Note takes a line for the user: what cannot be read, and that it can be read again.
	Note func(string)
	// Now is the wall clock.
	Now func() time.Time
	// After is a time that every row has to come after: the last row of a file that is continued.
	After time.Time
}

// Columns names the cells of a row.
func (s *Sampler) Columns() []string {
	var columns []string
	for _, c := range s.Collectors {
		columns = append(columns, c.Columns()...)
	}
	return columns
}

// Run samples until the duration is over, and then returns nil, or until ctx ends, and then returns its cause. A row that
// cannot be written ends it too, with that error. It returns only after a row that it has begun.
func (s *Sampler) Run(ctx context.Context) error {
	health := newHealth(s.Note, s.Collectors)
	s.collect(ctx, health) // the baseline of everything that is a rate
	ticks := newTicker(s)
	for {
		at, err := ticks.next(ctx)
		if errors.Is(err, errDone) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.Write(at, s.collect(context.WithoutCancel(ctx), health)); err != nil {
			return fmt.Errorf("write the row of %s: %w", at.Format(time.TimeOnly), err)
		}
	}
}

// collect makes a row of what each collector can read now.
func (s *Sampler) collect(ctx context.Context, health *health) []resource.Cell {
	var row []resource.Cell
	for i, c := range s.Collectors {
		cells, err := c.Collect(ctx)
		health.report(i, err)
		if cells == nil {
			cells = make([]resource.Cell, len(c.Columns()))
		}
		row = append(row, cells...)
	}
	return row
}
