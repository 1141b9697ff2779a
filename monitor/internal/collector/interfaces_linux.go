package collector

import (
	"fmt"

	"gregaria/internal/resource"
)

// interfaces collects what each interface receives and sends: those that are there at the start.
type interfaces struct {
	links   *links
	columns []string
	names   []string // of the interfaces that have columns
	places  []int    // of the first column of each
	speeds  []bool   // whether it has a column for its use
}

func openInterfaces(s Settings) (Collector, error) {
	l, err := openLinks(s)
	if err != nil {
		return nil, err
	}
	if len(l.list) == 0 {
		return nil, fmt.Errorf("interfaces: there is none: %w", ErrAbsent)
	}
	c := &interfaces{links: l}
	for _, link := range l.list {
		what := resource.InterfaceColumns()
		if link.speed == 0 {
			what = what[:len(traffic{})]
		}
		c.names, c.places, c.speeds = append(c.names, link.name), append(c.places, len(c.columns)), append(c.speeds, link.speed > 0)
		for _, column := range what {
			c.columns = append(c.columns, resource.NetworkInterface(link.name, column))
		}
	}
	return c, nil
}

func (c *interfaces) Columns() []string { return c.columns }

func (c *interfaces) Collect(row []resource.Cell) error {
	if err := c.links.read(); err != nil {
		return err
	}
	for i, name := range c.names {
		link := c.links.find(i, name)
		if link == nil || link.state != linkKnown {
			continue
		}
		cells := row[c.places[i]:]
		fillTraffic(cells, &link.grown, c.links.seconds)
		if c.speeds[i] {
			cells[len(traffic{})] = link.use(c.links.seconds)
		}
	}
	return nil
}

// find returns the link with a name, which was at place i at first; nil where it is gone.
func (l *links) find(i int, name string) *link {
	if i < len(l.list) && l.list[i].name == name {
		return l.list[i]
	}
	for _, link := range l.list {
		if link.name == name {
			return link
		}
	}
	return nil
}
