package usage

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// lookEvery is the mean time between two looks at the interpreters: some 500 in a window tell 90 % from 93 %.
const lookEvery = 20 * time.Millisecond

// A Share is what one of the workers takes that run in this process. Its methods may be called by any goroutine.
type Share struct {
	meter   *Meter
	workers int
	busy    func() bool

	mu          sync.Mutex // guards what follows
	since       time.Time
	looks, hits int // since then: how often it was looked at, and was busy
	percent     float64
}

// Share returns what one of so many workers takes. busy, if not nil, says whether its interpreter has work: one worker runs
// Python on one core at a time. Watch asks it.
func (m *Meter) Share(workers int, busy func() bool) *Share {
	s := &Share{meter: m, workers: workers, busy: busy, since: time.Now()}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.shares = append(m.shares, s)
	return s
}

// Watch looks at the interpreters until ctx is over. It looks and does not measure, since to read the clock wherever a lock is
// taken costs a user more than anything else that is counted. The looks come at uneven times, so that users with a rhythm of
// their own are seen as they are.
func (m *Meter) Watch(ctx context.Context) {
	timer := time.NewTimer(lookEvery)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		for _, s := range m.all() {
			s.look()
		}
		timer.Reset(lookEvery/2 + rand.N(lookEvery))
	}
}

func (m *Meter) all() []*Share {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.shares // it only grows
}

func (s *Share) look() {
	if s.busy == nil {
		return
	}
	busy := s.busy()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looks++
	if busy {
		s.hits++
	}
}

// CPU is how near the worker is to its limit, in percent; 0 during the first window. A worker has two limits: the cores of
// its process, which all its workers share, and its interpreter, which is busy at most all of the time. The nearer one
// counts, so that Locust's warning at 90 means for any worker what it means for a Python process: no headroom is left.
func (s *Share) CPU() float64 { return max(s.meter.CPU(), s.interpreter()) }

// interpreter is the share of the last window in which the interpreter had work, in percent.
func (s *Share) interpreter() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.since) < s.meter.window || s.looks == 0 {
		return s.percent
	}
	s.percent = oneDecimal(100 * float64(s.hits) / float64(s.looks))
	s.since, s.looks, s.hits = time.Now(), 0, 0
	return s.percent
}

// Memory is the worker's part of the process's resident set size in bytes: the workers' parts add up to what the process
// takes.
func (s *Share) Memory() uint64 { return s.meter.Memory() / uint64(max(s.workers, 1)) }
