package process

import (
	"bytes"
	"io"
	"strings"
	"sync"
)

// MaxLine is the longest line, in bytes, that is kept together. A longer one is written in pieces.
const MaxLine = 64 << 10

// A Log is one file that several children write to: whole lines, each after the name of who wrote it.
type Log struct {
	mu     sync.Mutex // guards w and broken
	w      io.Writer
	broken bool
	failed func(error)
}

// NewLog returns a Log on w. failed is called once, with the first error of a write: after it nothing more is written.
func NewLog(w io.Writer, failed func(error)) *Log {
	return &Log{w: w, failed: failed}
}

// Print writes one line of loadtest's own.
func (l *Log) Print(line string) { l.write("loadtest", []byte(line)) }

// write writes one line, which has no newline at its end.
func (l *Log) write(name string, line []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken {
		return
	}
	whole := make([]byte, 0, len(name)+len(line)+4)
	whole = append(append(append(whole, name...), " | "...), line...)
	if _, err := l.w.Write(append(whole, '\n')); err != nil {
		l.broken = true
		l.failed(err)
	}
}

// lines returns a writer for one child's output.
func (l *Log) lines(name string, onLine func(string)) *lines {
	return &lines{log: l, name: name, onLine: onLine}
}

// A lines cuts one child's output into lines and remembers the last.
type lines struct {
	log    *Log
	name   string
	onLine func(string)

	mu      sync.Mutex // guards the rest: the child's reader writes it, anyone asks for the last line
	partial []byte
	latest  string
	refusal string
}

// Write takes any piece of output. It never fails: a child must not stop because the log is full.
func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.partial = append(l.partial, p...)
	for {
		line, rest, found := bytes.Cut(l.partial, []byte("\n"))
		if !found && len(l.partial) < MaxLine {
			return len(p), nil
		}
		l.emit(line)
		l.partial = append(l.partial[:0], rest...)
	}
}

// flush writes what came after the last newline.
func (l *lines) flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.partial) > 0 {
		l.emit(l.partial)
		l.partial = nil
	}
}

// note adds a line of loadtest's own about the child.
func (l *lines) note(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.emit([]byte(text))
}

// emit passes one line on. The caller holds mu.
func (l *lines) emit(line []byte) {
	line = bytes.TrimSuffix(line, []byte("\r"))
	l.log.write(l.name, line)
	text := string(line)
	if strings.TrimSpace(text) != "" {
		l.latest = strings.TrimSpace(text)
	}
	if _, message, found := strings.Cut(text, ": error: "); found && !strings.HasPrefix(text, "[") {
		l.refusal = strings.TrimSpace(message)
	} else if l.refusal != "" && strings.HasPrefix(text, "Did you mean ") {
		l.refusal += " (" + strings.ToLower(text[:1]) + strings.TrimSpace(text[1:]) + ")"
	}
	if l.onLine != nil {
		l.onLine(text)
	}
}

// refused returns why the child refused its arguments, "" if it did not.
func (l *lines) refused() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.refusal
}

// last returns the last line with text in it.
func (l *lines) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.latest
}
