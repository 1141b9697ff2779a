package session

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/wire"
)

// permits are how many requests may be on their way at a time, as the semaphore of geventhttpclient's ConnectionPool.
type permits struct {
	// state is how many are used, and crowded while somebody waits: then it changes under the lock only.
	state atomic.Int64

	mu      sync.Mutex      // guards what follows
	waiting []chan struct{} // in the order in which they came
}

const crowded = 1 << 32

// join takes a permit, if there is one: nil; or else a place in the line of those that wait. Whoever calls it holds the lock of
// the isolate, so that the line has the order of the calls.
func (p *permits) join(limit int) (mine chan struct{}) {
	if p.take(limit) {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		n := p.state.Load()
		if n < int64(limit) {
			if p.take(limit) { // it was given back meanwhile
				return nil
			}
			continue
		}
		if p.state.CompareAndSwap(n, n|crowded) {
			break
		}
	}
	mine = make(chan struct{})
	p.waiting = append(p.waiting, mine)
	return mine
}

// take takes a permit if there is one and nobody waits.
func (p *permits) take(limit int) bool {
	for {
		n := p.state.Load()
		if n >= int64(limit) {
			return false
		}
		if p.state.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// wait waits for a permit; false is the end of ctx. An answer that nobody has read or refers to any more gives its permit
// back when it is collected, which CPython does at once: a wait that takes long asks for that.
func (p *permits) wait(ctx context.Context, mine chan struct{}) bool {
	for patience := time.Second; ; patience *= 2 {
		select {
		case <-mine:
			return true
		case <-ctx.Done():
			return p.leave(mine)
		case <-time.After(patience):
			runtime.GC()
		}
	}
}

// leave ends a wait; true is a permit that has come meanwhile.
func (p *permits) leave(mine chan struct{}) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, w := range p.waiting {
		if w == mine {
			p.waiting = append(p.waiting[:i], p.waiting[i+1:]...)
			p.thin()
			return false
		}
	}
	return true
}

// giveBack hands a permit to whoever has waited longest.
func (p *permits) giveBack() {
	for {
		n := p.state.Load()
		if n >= crowded {
			if p.hand() {
				return
			}
		} else if p.state.CompareAndSwap(n, n-1) {
			return
		}
	}
}

// hand gives a permit to whoever has waited longest; false is that nobody waits any more.
func (p *permits) hand() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.waiting) == 0 {
		return false
	}
	close(p.waiting[0])
	p.waiting = p.waiting[1:]
	p.thin()
	return true
}

// thin notes that nobody waits, if so.
func (p *permits) thin() {
	if len(p.waiting) == 0 {
		p.state.Add(-crowded)
	}
}

// permitsFor are those of a place: geventhttpclient counts the connections to each host and port by themselves.
func (s *fastSession) permitsFor(o *wire.Origin) *permits {
	if o.Address == s.at.Address {
		return &s.permits
	}
	p := s.others[*o]
	if p == nil {
		if s.others == nil {
			s.others = map[wire.Origin]*permits{}
		}
		p = &permits{}
		s.others[*o] = p
	}
	return p
}

// enter waits for a permit, without the lock of the isolate.
func (p *permits) enter(t *thread, limit int) error {
	mine := p.join(limit)
	if mine == nil {
		return nil
	}
	ctx := context.Background()
	owner, _ := t.Local.(requests.Owner)
	if owner != nil {
		ctx = owner.Context()
	}
	waited, got := false, false
	err := t.BlockingIn(ctx, func(ctx context.Context) { waited, got = true, p.wait(ctx, mine) })
	if !waited { // the thread was cancelled before
		got = p.leave(mine)
	}
	if err != nil && got {
		p.giveBack()
	}
	if err == nil && !got {
		err = owner.Exit()
	}
	return err
}
