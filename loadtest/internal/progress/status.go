// Package progress shows how a run is going: on a terminal one line that is rewritten, elsewhere plain lines.
package progress

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Value is a number that may be unknown: then it is shown as a dash, never as 0.
type Value struct {
	Number float64
	Known  bool
}

// Known returns a Value; it takes what a function with a "number, ok" result returns.
func Known(number float64, known bool) Value { return Value{number, known} }

// A Status is a run at one moment.
type Status struct {
	// Elapsed is the time since the load began, Duration how long it is to go on.
	Elapsed, Duration time.Duration
	Users             int
	// RPS is in requests a second.
	RPS                float64
	Requests, Failures int
	// P95 is in milliseconds, CPU in percent of all cores, MemoryGB in 2^30 bytes.
	P95, CPU, MemoryGB Value
	// Full says that those who make the load have no more to give: what is measured then has their own queue in it.
	Full bool
}

// fields are the parts of a line, the most wanted first: a narrow terminal loses the last ones.
func (s Status) fields() []string {
	fields := []string{
		fmt.Sprintf("%s/%s", clock(s.Elapsed), clock(s.Duration)),
		fmt.Sprintf("%d users", s.Users),
		fmt.Sprintf("%.1f req/s", s.RPS),
		fmt.Sprintf("%d failed", s.Failures),
		"p95 " + s.P95.show("%.0f ms"),
		"CPU " + s.CPU.show("%.0f%%"),
		"mem " + s.MemoryGB.show("%.1f GB"),
		fmt.Sprintf("%d requests", s.Requests),
	}
	if s.Full {
		fields = slices.Insert(fields, 1, "GENERATOR AT ITS LIMIT")
	}
	return fields
}

// Line is the status in at most width columns. A width of 0 has no limit.
func (s Status) Line(width int) string {
	const separator = "  "
	fields := s.fields()
	for n := len(fields); n > 1; n-- {
		if line := strings.Join(fields[:n], separator); width == 0 || len(line) <= width {
			return line
		}
	}
	return cut(fields[0], width)
}

// show formats a known value.
func (v Value) show(format string) string {
	if !v.Known {
		return "-"
	}
	return fmt.Sprintf(format, v.Number)
}

// clock writes a duration as 1:05 or 1:02:05.
func clock(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// cut shortens a text to width columns. A width of 0 has no limit.
func cut(text string, width int) string {
	runes := []rune(text)
	if width == 0 || len(runes) <= width {
		return text
	}
	return string(runes[:width])
}
