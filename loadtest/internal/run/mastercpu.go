package run

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"

	"gregaria/loadtest/internal/progress"
)

// clockTick is the kernel's unit of CPU time in /proc, the same on every Linux (USER_HZ).
const clockTick = 10 * time.Millisecond

// cpuWindow is what a figure covers at least: a second of a master has bursts that mean nothing.
const cpuWindow = 4500 * time.Millisecond

// A cpuMeter measures how much of a core one process uses. Its zero value is ready.
type cpuMeter struct {
	at    time.Time
	used  time.Duration
	value progress.Value
}

// Next returns the process's use of a core in percent, over about the last 5 s. It is unknown until then, and where there is no
// /proc.
func (m *cpuMeter) Next(pid int) progress.Value {
	now := time.Now()
	if now.Sub(m.at) < cpuWindow {
		return m.value
	}
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return progress.Value{}
	}
	used, ok := parseCPUTime(data)
	if !ok {
		return progress.Value{}
	}
	if !m.at.IsZero() {
		m.value = progress.Known(100*float64(used-m.used)/float64(now.Sub(m.at)), true)
	}
	m.at, m.used = now, used
	return m.value
}

// parseCPUTime reads utime and stime, fields 14 and 15 of /proc/PID/stat. The name, field 2, may have spaces and brackets in it.
func parseCPUTime(stat []byte) (time.Duration, bool) {
	_, rest := cutLast(stat, []byte(") "))
	fields := bytes.Fields(rest)
	const utime = 14 - 3 // the first of fields is the third of the line
	if len(fields) <= utime+1 {
		return 0, false
	}
	user, badUser := strconv.ParseInt(string(fields[utime]), 10, 64)
	system, badSystem := strconv.ParseInt(string(fields[utime+1]), 10, 64)
	return time.Duration(user+system) * clockTick, badUser == nil && badSystem == nil
}

// cutLast cuts at the last sep. Without one there is nothing after it.
func cutLast(data, sep []byte) (before, after []byte) {
	if i := bytes.LastIndex(data, sep); i >= 0 {
		return data[:i], data[i+len(sep):]
	}
	return data, nil
}
