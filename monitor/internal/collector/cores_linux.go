package collector

import (
	"fmt"

	"gregaria/internal/resource"
)

// cores collects how busy each core of the machine was since the previous tick.
type cores struct {
	stat    *statFile
	seen    int
	numbers []int  // of the cores that have a column
	known   []bool // by number: it has a column, or was said to have none
	note    func(string)
}

// openCores gives a column to each core that is online. One that comes later is said once.
func openCores(s Settings) (Collector, error) {
	c := &cores{stat: s.statFile(), note: s.Note}
	var now stat
	data, err := c.stat.file.Read()
	if err == nil {
		err = now.parse(data)
	}
	if err != nil {
		return nil, fmt.Errorf("cores %w: %w", ErrAbsent, err)
	}
	for n, core := range now.cores {
		c.known = append(c.known, core.online)
		if core.online {
			c.numbers = append(c.numbers, n)
		}
	}
	if len(c.numbers) == 0 {
		return nil, fmt.Errorf("cores %w: %s has no lines of cores", ErrAbsent, c.stat.file.Path())
	}
	return c, nil
}

func (c *cores) Columns() []string {
	var names []string
	for _, n := range c.numbers {
		names = append(names, resource.CoreCPUPercent(n))
	}
	return names
}

// Collect leaves the cells of cores empty that are, or were, offline.
func (c *cores) Collect(row []resource.Cell) error {
	number, known, err := c.stat.after(c.seen)
	c.seen = number
	if err != nil {
		return err
	}
	before, now := c.stat.before.cores, c.stat.now.cores
	c.noteNew(now)
	if !known {
		return nil
	}
	for i, n := range c.numbers {
		if n < len(before) && n < len(now) && before[n].online && now[n].online {
			row[i] = busyPercent(before[n].cpuTimes, now[n].cpuTimes)
		}
	}
	return nil
}

// noteNew says once of each core that it came too late to have a column.
func (c *cores) noteNew(now []coreTimes) {
	for n, core := range now {
		if n == len(c.known) {
			c.known = append(c.known, false)
		}
		if core.online && !c.known[n] {
			c.known[n] = true
			c.note(fmt.Sprintf("core %d came online; it has no column, since the columns are those of the start", n))
		}
	}
}
