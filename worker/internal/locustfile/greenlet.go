package locustfile

import (
	"sync/atomic"
	"time"

	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/python"
)

// A greenlet is one of those that a worker of Locust has beside its users: what it is given runs in order, in a thread of
// its own, so that listeners that wait hold up nothing but what comes after them in the same greenlet.
type greenlet struct {
	*engine.Sequence
	file   *File
	thread *python.Thread
	silent bool                      // of sys.exit in it, as Locust's main greenlet is
	since  atomic.Pointer[time.Time] // since when something runs; nil is that nothing does
}

func newGreenlet(f *File, t *python.Thread) *greenlet {
	return &greenlet{Sequence: engine.NewSequence(), file: f, thread: t}
}

// call runs f in order.
func (g *greenlet) call(f func(t *python.Thread) error) { g.Add(func() { g.do(f) }) }

// do runs f now: only what runs in order may call it.
func (g *greenlet) do(f func(t *python.Thread) error) {
	now := time.Now()
	g.since.Store(&now)
	err := g.thread.Do(func() error { return f(g.thread) })
	g.since.Store(nil)
	g.thread.Cancel(nil)
	_ = g.thread.Do(func() error {
		g.file.look(g.thread)
		if err != nil {
			g.file.greenletFailed(g.thread, err, !g.silent)
		}
		return nil
	})
}

// interrupt ends what has run for longer than that.
func (g *greenlet) interrupt(limit time.Duration) {
	if since := g.since.Load(); since != nil && time.Since(*since) > limit {
		g.thread.Cancel(python.NewException(g.file.exceptions.greenletExit))
	}
}
