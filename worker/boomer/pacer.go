package boomer

import (
	"sync"
	"time"
)

// catchUp is how much lost time a pacer makes up for: enough for a hiccup of the machine, too little to be a burst.
const catchUp = 50 * time.Millisecond

// recheck is how long a pacer sleeps at most before it looks at its interval again, which may have become shorter.
const recheck = 500 * time.Millisecond

// A pacer gives out turns, evenly spaced. Of all who want one, only the first in the queue waits for the clock; the others
// wait for it. So a turn is never lost to someone who goes away.
type pacer struct {
	// interval is the time from one turn to the next, once the pacer has run for a while; below 0 there are no turns.
	interval func(elapsed time.Duration) time.Duration
	first    chan struct{} // full while someone is first in the queue
	timer    *time.Timer   // the first one's

	mu    sync.Mutex // guards what follows
	stop  chan struct{}
	began time.Time
	last  time.Time // when the last turn was due
}

func newPacer(interval func(time.Duration) time.Duration) *pacer {
	p := &pacer{interval: interval, first: make(chan struct{}, 1), timer: time.NewTimer(0)}
	p.timer.Stop()
	return p
}

// start begins anew: the first turn is due at once.
func (p *pacer) start() {
	p.halt()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.begin()
}

func (p *pacer) begin() {
	p.stop, p.began = make(chan struct{}), time.Now()
	p.last = p.began.Add(-max(p.interval(0), 0))
}

// halt sends away all who wait, and all who come until the next start.
func (p *pacer) halt() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stop == nil {
		p.begin()
	}
	select {
	case <-p.stop:
	default:
		close(p.stop)
	}
}

// acquire waits for a turn. It says false if the pacer, or whoever asks, stops first.
func (p *pacer) acquire(stopping <-chan struct{}) bool {
	stop := p.running()
	select {
	case <-stop:
		return false
	default:
	}
	select {
	case p.first <- struct{}{}:
	case <-stop:
		return false
	case <-stopping:
		return false
	}
	defer func() { <-p.first }()
	for {
		wait := p.claim(time.Now())
		if wait <= 0 {
			return true
		}
		p.timer.Reset(min(wait, recheck))
		select {
		case <-p.timer.C:
		case <-stop:
			return false
		case <-stopping:
			return false
		}
	}
}

// running returns what is closed when the pacer stops. One that was never started is, by the first who asks.
func (p *pacer) running() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stop == nil {
		p.begin()
	}
	return p.stop
}

// claim takes the turn that is due, or says how long it is until then.
func (p *pacer) claim(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	interval := p.interval(now.Sub(p.began))
	if interval < 0 {
		return recheck
	}
	due := p.last.Add(interval)
	if wait := due.Sub(now); wait > 0 {
		return wait
	}
	if late := now.Add(-catchUp); due.Before(late) {
		due = late
	}
	p.last = due
	return 0
}
