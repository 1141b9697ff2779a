package rate

import "time"

// A clock is the master's, as far as its messages tell: a monotonic one from when the users began.
type clock struct {
	began time.Time
	epoch float64 // when that was, on the clock of this machine
	ahead float64 // seconds that this machine's clock is ahead, the way of a message included
	heard bool
}

func newClock() clock {
	now := time.Now()
	return clock{began: now, epoch: float64(now.UnixNano()) / 1e9}
}

// hear takes what the master's clock showed when it sent a message. The message that was on its way for the shortest time is believed.
func (c *clock) hear(sent float64) {
	if ahead := c.here() - sent; !c.heard || ahead < c.ahead {
		c.ahead, c.heard = ahead, true
	}
}

func (c *clock) here() float64   { return c.epoch + time.Since(c.began).Seconds() }
func (c *clock) master() float64 { return c.here() - c.ahead }
