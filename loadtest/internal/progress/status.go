// Package progress shows how a run is going: on a terminal a small block that is rewritten in place, elsewhere plain lines.
package progress

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gregaria/loadtest/internal/glyph"
)

// A Status is a run at one moment.
type Status struct {
	// Phase is what the load does, in a word: "ramp", "steady".
	Phase string
	// Elapsed is the time since the load began, Duration how long it is to go on, 0 where nobody knows.
	Elapsed, Duration time.Duration
	Users             int
	// RPS and FailuresPS are of the moment, a second; Requests and Failures are all until now.
	RPS, FailuresPS    Value
	Requests, Failures int
	// P50 and P95 are of the moment, in milliseconds.
	P50, P95 Value
	// Seconds are those that have become known since the last status; nil where seconds are not known one by one.
	Seconds []Second
	// Host is whose the following are, "" for this machine. CPU is in percent of all cores, memory in 2^30 bytes.
	Host                         string
	CPU, MemoryGB, MemoryTotalGB Value
	// Process is that under test, GPUs are those of its host.
	Process Process
	GPUs    []GPU
	// Over says that the load is: the server settles.
	Over bool
	// Full says that those who make the load have no more to give: what is measured then has their own queue in it.
	Full bool
}

// A Second is one of the load, as the master knows it when all workers have told of it. P50 and P95 are in milliseconds.
type Second struct {
	RPS, FailuresPS float64
	P50, P95        Value
}

// A Process is the one under test: cores, percent of one core for its busiest thread, MB of 2^20 bytes.
type Process struct{ Cores, Thread, RSSMB Value }

// Known reports whether anything is known of it.
func (p Process) Known() bool { return p.Cores.Known || p.Thread.Known || p.RSSMB.Known }

// A GPU is one: Load is in percent of the time, MemoryGB in 2^30 bytes.
type GPU struct{ Load, MemoryGB Value }

// fields are the parts of a line, the most wanted first: a narrow one loses the last ones.
func (s Status) fields() []string {
	fields := []string{
		s.time(),
		fmt.Sprintf("%d users", s.Users),
		s.RPS.show("%.1f") + " req/s",
		fmt.Sprintf("%d failed", s.Failures),
		"p50 " + s.P50.milliseconds(),
		"p95 " + s.P95.milliseconds(),
		s.host() + "CPU " + s.CPU.show("%.0f%%"),
		"mem " + s.MemoryGB.show("%.1f GB"),
	}
	if p := s.Process; p.Known() {
		fields = append(fields, "process "+p.Cores.show("%.2f cores"), "thread "+p.Thread.show("%.0f%%"), "RSS "+p.RSSMB.megabytes())
	}
	for _, g := range s.gpus() {
		fields = append(fields, fmt.Sprintf("%s %s %s", g.name, g.Load.show("%.0f%%"), g.MemoryGB.show("%.1f GB")))
	}
	fields = append(fields, fmt.Sprintf("%d requests", s.Requests))
	if s.Full {
		fields = slices.Insert(fields, 1, "GENERATOR AT ITS LIMIT")
	}
	return fields
}

// A namedGPU is one, or all where they are many.
type namedGPU struct {
	name string
	GPU
}

// gpus are those that are shown: each of two, of more the average load and the memory of all.
func (s Status) gpus() (all []namedGPU) {
	const few = 2
	if len(s.GPUs) > few {
		var sum GPU
		loads := 0
		for _, g := range s.GPUs {
			if g.Load.Known {
				sum.Load = Known(sum.Load.Number+g.Load.Number, true)
				loads++
			}
			if g.MemoryGB.Known {
				sum.MemoryGB = Known(sum.MemoryGB.Number+g.MemoryGB.Number, true)
			}
		}
		sum.Load.Number /= float64(max(1, loads))
		return []namedGPU{{fmt.Sprintf("%d GPUs", len(s.GPUs)), sum}}
	}
	for i, g := range s.GPUs {
		all = append(all, namedGPU{fmt.Sprintf("GPU %d", i), g})
	}
	return all
}

// time is how much of the load is over.
func (s Status) time() string {
	if s.Duration <= 0 {
		return clock(s.Elapsed)
	}
	return clock(s.Elapsed) + "/" + clock(s.Duration)
}

// host names the machine where it is not this one.
func (s Status) host() string {
	if s.Host == "" {
		return ""
	}
	return glyph.Clean(s.Host) + " "
}

// Line is the status in at most width columns. A width of 0 has no limit.
func (s Status) Line(width int) string {
	const separator = "  "
	fields := s.fields()
	for n := len(fields); n > 1; n-- {
		if line := strings.Join(fields[:n], separator); width == 0 || glyph.Width(line) <= width {
			return line
		}
	}
	return glyph.Cut(fields[0], "", width)
}

// clock writes a duration as 1:05 or 1:02:05.
func clock(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
