package collector

import "gregaria/internal/resource"

// A number is one that the kernel may not show.
type number struct {
	value uint64
	known bool
}

// cell is the number as it is.
func (n number) cell() resource.Cell { return n.in(1) }

// in is the number in a unit of so many parts.
func (n number) in(parts float64) resource.Cell {
	if !n.known {
		return resource.Cell{}
	}
	return resource.Of(float64(n.value) / parts)
}

// rate is what the number grew by a second since c saw it last, in units of so many parts.
func (n number) rate(c *counter, parts, seconds float64) resource.Cell {
	if !n.known {
		c.Forget()
		return resource.Cell{}
	}
	return c.rate(n.value, parts, seconds)
}

// grown is what the number grew by since c saw it last.
func (n number) grown(c *counter) resource.Cell { return n.rate(c, 1, 1) }
