package boomer

import (
	"sync"
	"time"
)

// A sequence runs functions one after another in a goroutine of its own. Whoever adds one never waits.
type sequence struct {
	done chan struct{} // closed when the sequence is closed and all of it has run

	mu     sync.Mutex // guards what follows
	wake   *sync.Cond
	steps  []func()
	closed bool
}

func newSequence() *sequence {
	s := &sequence{done: make(chan struct{})}
	s.wake = sync.NewCond(&s.mu)
	go s.run()
	return s
}

// add appends a function. After close it does nothing.
func (s *sequence) add(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.steps = append(s.steps, f)
		s.wake.Signal()
	}
}

// close lets what was added run, and says whether it was done within limit.
func (s *sequence) close(limit time.Duration) bool {
	s.mu.Lock()
	s.closed = true
	s.wake.Signal()
	s.mu.Unlock()
	return within(limit, s.done)
}

func (s *sequence) run() {
	defer close(s.done)
	for f := s.next(); f != nil; f = s.next() {
		f()
	}
}

func (s *sequence) next() func() {
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

// within waits for done, and says whether it came in time.
func within(limit time.Duration, done <-chan struct{}) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}
