// Package usage measures what this process takes from its machine, for the master's worker list.
package usage

import (
	"fmt"
	"math"
	"os"
	"sync"
	"time"

	"github.com/shirou/gopsutil/v3/process"
)

// Window is the time that one CPU figure covers (locust.runners.CPU_MONITOR_INTERVAL).
const Window = 10 * time.Second

// A Meter measures this process. Its methods may be called by any goroutine.
type Meter struct {
	window time.Duration
	proc   *process.Process

	mu      sync.Mutex // guards what follows
	since   time.Time
	spent   float64 // CPU seconds of the process at since
	percent float64
	shares  []*Share
}

// New returns a Meter whose CPU figure covers at least window.
func New(window time.Duration) (*Meter, error) {
	p, err := process.NewProcess(int32(os.Getpid()))
	if err != nil {
		return nil, fmt.Errorf("read the usage of this process: %w", err)
	}
	m := &Meter{window: window, proc: p}
	m.since, m.spent = time.Now(), m.cpuSeconds()
	return m, nil
}

// CPU is the share of what this process may use, cores or a quota, that it did use in the last window, in percent;
// 0 during the first window, as in Locust. A Python worker has one core and reports 100 when it is busy; this one uses
// several, so 100 means that all of it is used, and Locust's warning at 90 means what it says: no headroom is left.
func (m *Meter) CPU() float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	elapsed := time.Since(m.since)
	if elapsed < m.window {
		return m.percent
	}
	spent := m.cpuSeconds()
	m.percent = oneDecimal(100 * (spent - m.spent) / elapsed.Seconds() / cores())
	m.since, m.spent = time.Now(), spent
	return m.percent
}

// oneDecimal rounds as psutil's cpu_percent does: the web UI shows the number as it comes.
func oneDecimal(x float64) float64 { return math.Round(10*x) / 10 }

// Memory is the resident set size in bytes (psutil's memory_info().rss), 0 if it cannot be read.
func (m *Meter) Memory() uint64 {
	info, err := m.proc.MemoryInfo()
	if err != nil {
		return 0
	}
	return info.RSS
}

func (m *Meter) cpuSeconds() float64 {
	t, err := m.proc.Times()
	if err != nil {
		return m.spent
	}
	return t.User + t.System
}
