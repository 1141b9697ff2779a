package run

import (
	"errors"
	"io"
	"os"
	"sync"
)

// A teeLog writes the log of a session, and of it the part of a test into that one's own.
type teeLog struct {
	session io.Writer

	mu   sync.Mutex // guards test, which the children's readers write to
	test *os.File
}

// Write writes a line.
func (l *teeLog) Write(line []byte) (int, error) {
	n, err := l.session.Write(line)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.test != nil {
		_, other := l.test.Write(line)
		err = errors.Join(err, other)
	}
	return n, err
}

// begin opens the log of a test, which the plug-in has claimed. One that cannot be opened is missing in the results, which say so.
func (l *teeLog) begin(path string) {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		l.test = file
	}
}

// end closes it.
func (l *teeLog) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.test != nil {
		_ = l.test.Close() // what was not written, Write has said
	}
	l.test = nil
}
