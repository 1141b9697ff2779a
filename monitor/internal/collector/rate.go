package collector

import (
	"time"

	"gregaria/internal/resource"
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

// A counter is a number of the kernel that only grows, until the thing that it counts is made anew. Its zero value has not
// been read yet.
type counter struct {
	last  uint64
	known bool
}

// since takes what the counter shows now and returns what it grew by. It returns false for the first reading, and where the
// counter went back: what it missed of the old one is not known.
func (c *counter) since(now uint64) (uint64, bool) {
	last, known := c.last, c.known
	c.last, c.known = now, true
	if !known || now < last {
		return 0, false
	}
	return now - last, true
}

// rate is since in units a second: the counter counts parts of a unit. It is absent where seconds is 0.
func (c *counter) rate(now uint64, parts, seconds float64) resource.Cell {
	grown, ok := c.since(now)
	if !ok || seconds <= 0 {
		return resource.Cell{}
	}
	return resource.Of(float64(grown) / parts / seconds)
}

// forget makes the next reading the first: for a row in which the counter could not be read.
func (c *counter) forget() { c.known = false }
