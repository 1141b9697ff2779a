package boomer

import (
	"sync"

	"gregaria/worker/internal/goroutine"
)

// handlers are the goroutines in which a run's events are handled. One that calls Quit there waits for the end, so the end
// must not wait for it.
type handlers struct {
	mu   sync.Mutex                 // guards quit
	quit map[uint64]chan<- struct{} // by goroutine: has room for one word
}

func newHandlers() *handlers { return &handlers{quit: map[uint64]chan<- struct{}{}} }

// enter makes the calling goroutine one of them, until leave is called. It has quit once there is something in quit.
func (h *handlers) enter(quit chan<- struct{}) (leave func()) {
	id := goroutine.ID()
	h.mu.Lock()
	defer h.mu.Unlock()
	if id != 0 {
		h.quit[id] = quit
	}
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.quit, id)
	}
}

// quits says whether the calling goroutine, which is in Quit, is one of them.
func (h *handlers) quits() bool {
	id := goroutine.ID()
	h.mu.Lock()
	defer h.mu.Unlock()
	quit, ok := h.quit[id]
	if ok {
		select {
		case quit <- struct{}{}:
		default: // it has called Quit before
		}
	}
	return ok
}
