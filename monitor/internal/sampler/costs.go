package sampler

import (
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/collector"
)

// costs are the last cells of a row: how late it is and what its reading took.
type costs struct {
	interval time.Duration
	last     time.Time       // the tick before; zero for the first row
	look     time.Duration   // by the look for the process under test, for this row
	took     []time.Duration // by each collector, for this row
}

// columns names the cells for the groups.
func (c *costs) columns(groups []collector.Group) []string {
	names := []string{resource.MonitorLatenessMS, resource.MonitorSkippedTicks, resource.MonitorRowMS}
	for _, g := range groups {
		names = append(names, resource.MonitorTook(g.Name))
	}
	return names
}

// fill is called when the row of the tick at is read; late is how long after the tick that began.
func (c *costs) fill(row []resource.Cell, at time.Time, late time.Duration) {
	row[0] = milliseconds(late)
	if !c.last.IsZero() {
		row[1] = resource.Of(float64(at.Sub(c.last)/c.interval - 1))
	} else {
		row[1] = resource.Of(0)
	}
	c.last = at
	whole := c.look
	for i, took := range c.took {
		row[3+i] = milliseconds(took)
		whole += took
	}
	row[2] = milliseconds(whole)
}

func milliseconds(d time.Duration) resource.Cell {
	return resource.Of(float64(d) / float64(time.Millisecond))
}
