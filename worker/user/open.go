package user

import "sync"

// A Reading is a stream that a user has begun to read and that has not come to its end.
type Reading interface {
	// Leave says that nobody reads on. Calls after the stream's end do nothing.
	Leave()
}

// readings are the streams of a user that have not come to their end: each is to be in the timings, at the latest when its user's life
// is over.
type readings struct {
	mu   sync.Mutex // guards what follows
	open map[Reading]struct{}
	over bool // the user's life is
}

// begins notes a stream; false is that the user's life is over.
func (s *readings) begins(r Reading) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return false
	}
	if s.open == nil {
		s.open = map[Reading]struct{}{}
	}
	s.open[r] = struct{}{}
	return true
}

// take empties the list.
func (s *readings) take(over bool) map[Reading]struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	open := s.open
	s.open, s.over = nil, over
	return open
}

// Reads notes a stream that has begun, until Read. One that a greenlet or a goroutine begins when its user's life is over is left at once: nobody
// would come by later.
func (e *Env) Reads(r Reading) {
	if !e.readings.begins(r) {
		r.Leave()
	}
}

// Read says that a stream has come to its end.
func (e *Env) Read(r Reading) {
	e.readings.mu.Lock()
	defer e.readings.mu.Unlock()
	delete(e.readings.open, r)
}

// LeaveStreams leaves the streams that have not come to their end. The worker calls it when nobody waits for the user any more.
func (e *Env) LeaveStreams() {
	for r := range e.readings.take(false) {
		r.Leave()
	}
}
