package kernel

// A Counter is a number that only grows, until the thing that it counts is made anew. Its zero value has not been read yet.
type Counter struct {
	last  uint64
	known bool
}

// Known says whether it has been read.
func (c *Counter) Known() bool { return c.known }

// Since takes what the counter shows now and returns what it grew by. It returns false for the first reading, and where the
// counter went back: what it missed of the old one is not known.
func (c *Counter) Since(now uint64) (uint64, bool) {
	last, known := c.last, c.known
	c.last, c.known = now, true
	if !known || now < last {
		return 0, false
	}
	return now - last, true
}

// Forget makes the next reading the first: for a row in which the counter could not be read.
func (c *Counter) Forget() { c.known = false }
