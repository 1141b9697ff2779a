package engine

import (
	"sync"
	"time"
)

// A Sequence runs functions one after another in a goroutine of its own: what the session commands and must not wait for.
type Sequence struct {
	done chan struct{} // closed when the sequence is closed and all of it has run

	mu     sync.Mutex // guards what follows
	wake   *sync.Cond
	steps  []func()
	closed bool
}

// NewSequence starts the goroutine. Close ends it.
func NewSequence() *Sequence {
	s := &Sequence{done: make(chan struct{})}
	s.wake = sync.NewCond(&s.mu)
	go s.run()
	return s
}

// Add appends a function. It never waits. After Close it does nothing.
func (s *Sequence) Add(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.steps = append(s.steps, f)
		s.wake.Signal()
	}
}

// Close lets what was added run, and says whether it was done within limit.
func (s *Sequence) Close(limit time.Duration) bool {
	s.mu.Lock()
	s.closed = true
	s.wake.Signal()
	s.mu.Unlock()
	return Within(limit, s.done)
}

func (s *Sequence) run() {
	defer close(s.done)
	for f := s.next(); f != nil; f = s.next() {
		f()
	}
}

func (s *Sequence) next() func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.steps) == 0 {
		if s.closed {
			return nil
		}
		s.wake.Wait()
	}
	f := s.steps[0]
	s.steps = s.steps[1:]
	return f
}

// Within waits for done, and says whether it came in time.
func Within(limit time.Duration, done <-chan struct{}) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}
