package sampler

import (
	"strings"

	"gregaria/monitor/internal/collector"
)

// health remembers what each collector could not read, so that a change is reported once and not at every tick.
type health struct {
	note   func(string)
	names  []string // of the groups
	causes []string // why it cannot, empty while it can
}

func newHealth(note func(string), groups []collector.Group) *health {
	h := &health{note: note, causes: make([]string, len(groups))}
	for _, g := range groups {
		h.names = append(h.names, g.Name)
	}
	return h
}

// report notes that the state of collector i is now err, unless it was the same before.
func (h *health) report(i int, err error) {
	cause := ""
	if err != nil {
		cause = strings.ReplaceAll(err.Error(), "\n", "; ") // errors.Join puts each on a line of its own
	}
	if cause == h.causes[i] {
		return
	}
	h.causes[i] = cause
	if cause == "" {
		h.note("can be read again: the columns of " + h.names[i])
		return
	}
	h.note("empty cells: " + cause)
}
