package cli

import (
	"bytes"
	"io"
)

// longestLine is how much of a line that does not end is kept back, in bytes.
const longestLine = 64 << 10

// lines writes whole lines only, so that what several workers print does not mix within a line. It belongs to one worker,
// whose Python prints one text at a time; to may be shared.
type lines struct {
	to   io.Writer
	rest []byte // the beginning of a line
}

// Write keeps back what has no end of line yet.
func (l *lines) Write(p []byte) (int, error) {
	l.rest = append(l.rest, p...)
	n := bytes.LastIndexByte(l.rest, '\n') + 1
	if len(l.rest)-n > longestLine {
		n = len(l.rest)
	}
	if n == 0 {
		return len(p), nil
	}
	_, err := l.to.Write(l.rest[:n])
	l.rest = append(l.rest[:0], l.rest[n:]...)
	return len(p), err
}

// flush writes what is left.
func (l *lines) flush() {
	if l != nil && len(l.rest) > 0 {
		_, _ = l.to.Write(l.rest)
		l.rest = nil
	}
}
