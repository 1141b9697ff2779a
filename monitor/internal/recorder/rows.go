package recorder

import (
	"bytes"
	"time"
)

// rows are whole lines that are not in the file yet.
type rows struct {
	lines []byte // its room is used again
	at    []time.Time
}

func (r *rows) add(at time.Time, line []byte) {
	r.lines = append(r.lines, line...)
	r.at = append(r.at, at)
}

// taken removes the first n bytes, which are whole lines, and returns of when they were.
func (r *rows) taken(n int) []time.Time {
	if n == 0 {
		return nil
	}
	lines := bytes.Count(r.lines[:n], []byte("\n"))
	r.lines = r.lines[:copy(r.lines, r.lines[n:])]
	taken := r.at[:lines:lines]
	if lines == len(r.at) {
		r.at = r.at[:0]
	} else {
		r.at = r.at[lines:]
	}
	return taken
}
