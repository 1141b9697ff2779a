package wire

// mostCalls is how many Calls rest in Calls at the most.
const mostCalls = 64

// Calls lends Calls, so that not every request makes one. Whoever has it guards it.
type Calls struct{ resting []*Call }

// Borrow returns an empty Call.
func (c *Calls) Borrow() *Call {
	if n := len(c.resting); n > 0 {
		q := c.resting[n-1]
		c.resting = c.resting[:n-1]
		return q
	}
	return &Call{}
}

// GiveBack empties a Call and takes it back.
func (c *Calls) GiveBack(q *Call) {
	*q = Call{stopper: q.stopper}
	if len(c.resting) < mostCalls {
		c.resting = append(c.resting, q)
	}
}
