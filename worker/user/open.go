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
	mu   sync.Mutex
	open map[Reading]struct{}
}

// Reads notes a stream that has begun, until Read.
func (e *Env) Reads(r Reading) {
	e.readings.mu.Lock()
	defer e.readings.mu.Unlock()
	if e.readings.open == nil {
		e.readings.open = map[Reading]struct{}{}
	}
	e.readings.open[r] = struct{}{}
}

// Read says that a stream has come to its end.
func (e *Env) Read(r Reading) {
	e.readings.mu.Lock()
	defer e.readings.mu.Unlock()
	delete(e.readings.open, r)
}

// LeaveStreams leaves the streams that have not come to their end. The worker calls it when nobody waits for the user any more.
func (e *Env) LeaveStreams() {
	e.readings.mu.Lock()
	open := e.readings.open
	e.readings.open = nil
	e.readings.mu.Unlock()
	for r := range open {
		r.Leave()
	}
}
