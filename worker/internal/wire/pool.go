package wire

import (
	"context"
	"crypto/tls"
	"slices"
	"sync"
	"time"
)

// A Pool keeps the connections of one user, to any origins. Exchanges that overlap get a connection each.
type Pool struct {
	// Wary looks before each use whether a connection at rest is still open, even if it was used a moment ago.
	Wary bool
	// Most is how many connections to one origin rest at the most; 0 is no limit.
	Most int
	// Hosts is how many origins connections rest to at the most; 0 is no limit. Those to the one that was used longest ago go.
	Hosts int
	mu    sync.Mutex
	conns []*Conn
}

// Take returns a connection to an origin that no exchange has, a new one if there is none that still works. timeout
// bounds how long a new one may take, unless it is 0. config is for https: connections with other settings are others.
func (p *Pool) Take(ctx context.Context, o *Origin, config *tls.Config, timeout time.Duration, now time.Time) (*Conn, error) {
	return p.take(ctx, nil, o, config, timeout, now)
}

// take is Take for a call, or nobody.
func (p *Pool) take(ctx context.Context, q *Call, o *Origin, config *tls.Config, timeout time.Duration, now time.Time) (*Conn, error) {
	for {
		c := p.idle(o, config, q)
		if c == nil {
			ctx, done := q.dials(ctx)
			defer done()
			return p.dial(ctx, q, *o, config, timeout)
		}
		if c.Alive(now, p.Wary) {
			return c, nil
		}
		p.Settle(c, false)
	}
}

func (p *Pool) dial(ctx context.Context, q *Call, o Origin, config *tls.Config, timeout time.Duration) (c *Conn, err error) {
	InGoroutine(func() {
		if c, err = dial(ctx, o, config, timeout); err == nil {
			c.busy, c.call = true, q
			p.mu.Lock()
			p.crowd(c)
			p.conns = append(p.conns, c)
			p.mu.Unlock()
		}
	})
	return c, err
}

// idle marks a connection at rest as busy, the one that was used last.
func (p *Pool) idle(o *Origin, config *tls.Config, q *Call) *Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.conns) - 1; i >= 0; i-- {
		if c := p.conns[i]; !c.busy && c.config == config && c.Origin == *o {
			c.busy, c.call = true, q
			return c
		}
	}
	return nil
}

// Settle ends an exchange: a connection that cannot be used again is closed.
func (p *Pool) Settle(c *Conn, usable bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	usable = usable && !c.retired
	if usable && p.Most > 0 && p.resting(c) >= p.Most {
		usable = false
	}
	c.busy, c.streams, c.call = false, false, nil
	if !usable {
		p.conns = slices.DeleteFunc(p.conns, func(o *Conn) bool { return o == c })
		_ = c.Close()
	}
}

// resting is how many connections to the same origin as c are at rest.
func (p *Pool) resting(c *Conn) (n int) {
	for _, o := range p.conns {
		if !o.busy && o.like(c) {
			n++
		}
	}
	return n
}

// crowd makes room for a connection to an origin that there are none to.
func (p *Pool) crowd(c *Conn) {
	if p.Hosts == 0 {
		return
	}
	type host struct {
		conn *Conn
		used time.Time // last; now, while a connection is busy: only then does its exchange own Used
	}
	var hosts []host
	for _, o := range p.conns {
		if o.like(c) {
			return
		}
		used := time.Now()
		if !o.busy {
			used = o.Used
		}
		if i := slices.IndexFunc(hosts, func(h host) bool { return h.conn.like(o) }); i < 0 {
			hosts = append(hosts, host{o, used})
		} else if used.After(hosts[i].used) {
			hosts[i].used = used
		}
	}
	if len(hosts) < p.Hosts {
		return
	}
	oldest := slices.MinFunc(hosts, func(a, b host) int { return a.used.Compare(b.used) }).conn
	p.forget(&oldest.Origin, oldest.config)
}

// like says whether two connections can stand for each other.
func (c *Conn) like(o *Conn) bool { return c.config == o.config && c.Origin == o.Origin }

// Forget closes the connections to an origin that rest.
func (p *Pool) Forget(o *Origin, config *tls.Config) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget(o, config)
}

func (p *Pool) forget(o *Origin, config *tls.Config) {
	p.conns = slices.DeleteFunc(p.conns, func(c *Conn) bool {
		if c.busy || c.config != config || c.Origin != *o {
			return false
		}
		_ = c.Close()
		return true
	})
}

// Cut gives what is in flight DrainTime to come home. The connections' deadlines do it, so that no request needs a
// goroutine of its own to be cancelled.
func (p *Pool) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		_ = c.SetDeadline(time.Now().Add(DrainTime))
	}
}

// streams notes that a connection has a stream, which may be left without a word.
func (p *Pool) streams(c *Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c.streams = true
}

// interrupt closes the connection that a call is on.
func (p *Pool) interrupt(q *Call) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		if c.call == q {
			c.retired = true // it may just have ended well
			_ = c.Close()
		}
	}
}

// Retire closes the connections at rest, and the others when their exchanges are over: the close of a session or of urllib3's pools leaves
// who reads a stream alone.
func (p *Pool) Retire() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns = slices.DeleteFunc(p.conns, func(c *Conn) bool {
		if c.retired = c.busy; c.busy {
			return false
		}
		_ = c.Close()
		return true
	})
}

// Close closes all connections, and ends their streams.
func (p *Pool) Close() {
	p.mu.Lock()
	conns := p.conns
	p.conns = nil
	var open []*Call
	for _, c := range conns {
		if c.streams {
			open = append(open, c.call)
		}
	}
	p.mu.Unlock()
	for _, q := range open {
		q.Close()
	}
	for _, c := range conns {
		_ = c.Close()
	}
}
