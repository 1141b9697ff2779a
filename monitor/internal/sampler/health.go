package sampler

import (
	"strings"
	"time"

	"gregaria/monitor/internal/collector"
)

const (
	// lines is how often the state of a group is said in a span of time. What comes and goes at every tick would bury the rest.
	lines = 4
	span  = time.Minute
)

// health remembers what each group could not read, so that a change is said once and not at every tick.
type health struct {
	note   func(string)
	groups []condition
}

// A condition is what was said of a group.
type condition struct {
	name  string
	cause string    // why it cannot be read, as it was said last; empty while it can
	since time.Time // when the span began
	lines int       // said in it
}

func newHealth(note func(string), groups []collector.Group) *health {
	h := &health{note: note}
	for _, g := range groups {
		h.groups = append(h.groups, condition{name: g.Name})
	}
	return h
}

// report notes that the state of group i is now err, unless that was what was said last. After some lines in a minute nothing is said
// until it is over, and then what is true by then.
func (h *health) report(i int, err error) {
	c := &h.groups[i]
	cause := ""
	if err != nil {
		cause = strings.ReplaceAll(err.Error(), "\n", "; ") // errors.Join puts each on a line of its own
	}
	if cause == c.cause {
		return
	}
	if now := time.Now(); now.Sub(c.since) >= span {
		c.since, c.lines = now, 0
	}
	if c.lines == lines {
		return
	}
	c.cause = cause
	c.lines++
	line := "empty cells: " + cause
	if cause == "" {
		line = "can be read again: the columns of " + c.name
	}
	if c.lines == lines {
		line += "; it comes and goes, so that nothing more is said of it for a while"
	}
	h.note(line)
}
