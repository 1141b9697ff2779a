package usage

import (
	"sync"
	"time"
)

// A Share is what one of the workers takes that run in this process. Its methods may be called by any goroutine.
type Share struct {
	meter   *Meter
	workers int
	busy    func() time.Duration

	mu      sync.Mutex // guards what follows
	since   time.Time
	spent   time.Duration // busy at since
	percent float64
}

// Share returns what one of so many workers takes. busy, if not nil, says for how long in all there was work for its
// interpreter: one worker runs Python on one core at a time.
func (m *Meter) Share(workers int, busy func() time.Duration) *Share {
	s := &Share{meter: m, workers: workers, busy: busy, since: time.Now()}
	if busy != nil {
		s.spent = busy()
	}
	return s
}

// CPU is how near the worker is to its limit, in percent; 0 during the first window. A worker has two limits: the cores of
// its process, which all its workers share, and its interpreter, which is busy at most all of the time. The nearer one
// counts, so that Locust's warning at 90 means for any worker what it means for a Python process: no headroom is left.
func (s *Share) CPU() float64 { return max(s.meter.CPU(), s.interpreter()) }

// interpreter is the share of the last window in which the interpreter had work, in percent.
func (s *Share) interpreter() float64 {
	if s.busy == nil {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	elapsed := time.Since(s.since)
	if elapsed < s.meter.window {
		return s.percent
	}
	spent := s.busy()
	s.percent = oneDecimal(min(100*float64(spent-s.spent)/float64(elapsed), 100))
	s.since, s.spent = time.Now(), spent
	return s.percent
}

// Memory is the worker's part of the process's resident set size in bytes: the workers' parts add up to what the process
// takes.
func (s *Share) Memory() uint64 { return s.meter.Memory() / uint64(max(s.workers, 1)) }
