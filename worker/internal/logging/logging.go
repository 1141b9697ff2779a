// Package logging writes log lines as Locust does and keeps the last ones for the master's Logs tab.
package logging

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// kept is how many lines the Logs tab shows (locust/log.py, LogReader).
const kept = 500

// A Handler is a slog.Handler that writes "[2026-11-24 09:00:00,123] host/INFO/gregaria.worker: text", the format of
// locust/log.py. Attributes follow as key=value.
type Handler struct {
	host  string
	plain bool
	name  string
	level slog.Leveler
	attrs string
	sink  *sink
}

var _ slog.Handler = (*Handler)(nil)

// sink is what a handler and those derived from it write to.
type sink struct {
	out *output

	mu    sync.Mutex // guards what follows
	lines []string
	total int
}

// output is where the lines of all workers of a process go.
type output struct {
	mu sync.Mutex // guards w: a line is written whole
	w  io.Writer
}

// New returns a Handler that writes records of at least level to out.
func New(out io.Writer, host string, level slog.Leveler) *Handler {
	return &Handler{host: host, name: "gregaria.worker", level: level, sink: &sink{out: &output{w: out}}}
}

// Plain returns a Handler that writes what Python's logging writes that nobody has set up: the text of warnings and errors.
func Plain(out io.Writer) *Handler {
	h := New(out, "", slog.LevelWarn)
	h.plain = true
	return h
}

// Named returns a handler with the same output whose lines come from the logger of that name.
func (h *Handler) Named(name string) *Handler {
	derived := *h
	derived.name = name
	return &derived
}

// Fork returns a handler for one of several workers in this process: with the same output, and with what was logged until now
// as its first lines, as a fork of the process has it.
func (h *Handler) Fork() *Handler {
	forked := *h
	lines, total := h.Lines()
	forked.sink = &sink{out: h.sink.out, lines: lines, total: total}
	return &forked
}

// Lines returns the last lines, oldest first, and how many there have been in all.
func (h *Handler) Lines() (lines []string, total int) {
	h.sink.mu.Lock()
	defer h.sink.mu.Unlock()
	return slices.Clone(h.sink.lines), h.sink.total
}

// Enabled implements slog.Handler.
func (h *Handler) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level.Level() }

// Handle implements slog.Handler.
func (h *Handler) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	if !h.plain {
		fmt.Fprintf(&b, "[%s,%03d] %s/%s/%s: ", r.Time.Format("2006-01-02 15:04:05"),
			r.Time.Nanosecond()/1e6, h.host, levelName(r.Level), h.name)
	}
	b.WriteString(r.Message)
	b.WriteString(h.attrs)
	r.Attrs(func(a slog.Attr) bool {
		b.WriteString(" " + a.String())
		return true
	})
	return h.sink.write(b.String())
}

// WithAttrs implements slog.Handler.
func (h *Handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	derived := *h
	for _, a := range attrs {
		derived.attrs += " " + a.String()
	}
	return &derived
}

// WithGroup implements slog.Handler; lines for people have no groups.
func (h *Handler) WithGroup(string) slog.Handler { return h }

func (s *sink) write(line string) error {
	line = readable(line)
	s.keep(line)
	s.out.mu.Lock()
	defer s.out.mu.Unlock()
	_, err := io.WriteString(s.out.w, line+"\n")
	return err
}

// readable escapes what is no UTF-8, as Python's standard error does (backslashreplace): the bytes of an answer, of a path.
func readable(line string) string {
	if utf8.ValidString(line) {
		return line
	}
	var b strings.Builder
	for len(line) > 0 {
		r, size := utf8.DecodeRuneInString(line)
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, "\\x%02x", line[0])
		} else {
			b.WriteString(line[:size])
		}
		line = line[size:]
	}
	return b.String()
}

func (s *sink) keep(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.total++
	s.lines = append(s.lines, line)
	if len(s.lines) > kept {
		s.lines = slices.Delete(s.lines, 0, len(s.lines)-kept)
	}
}

// levelName is Python's name of a level.
func levelName(l slog.Level) string {
	switch l {
	case slog.LevelWarn:
		return "WARNING"
	case slog.LevelError + 4:
		return "CRITICAL"
	}
	return l.String()
}
