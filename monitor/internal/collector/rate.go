package collector

import (
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// A stopwatch measures the time between the readings of a collector.
type stopwatch struct{ last time.Time }

// lap returns the seconds since the previous lap; 0 in the first.
func (s *stopwatch) lap() float64 {
	now := time.Now()
	last := s.last
	s.last = now
	if last.IsZero() {
		return 0
	}
	return now.Sub(last).Seconds()
}

// A counter is one of the kernel's, for cells of a second.
type counter struct{ kernel.Counter }

// rate is what the counter grew by, in units a second: it counts parts of a unit. It is absent where seconds is 0.
func (c *counter) rate(now uint64, parts, seconds float64) resource.Cell {
	grown, ok := c.Since(now)
	if !ok || seconds <= 0 {
		return resource.Cell{}
	}
	return resource.Of(float64(grown) / parts / seconds)
}
