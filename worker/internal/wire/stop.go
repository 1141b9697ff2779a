package wire

import "context"

// Stopper is what stops the call until its answer is there: a pointer, so that a request makes nothing for it.
func (q *Call) Stopper() *func() {
	if q.stopper == nil {
		q.stopper = q.stop
	}
	return &q.stopper
}

// stop ends the call, whatever it waits for, as gevent does with who waits for a socket: that is an error then, and the connection is closed.
// Any goroutine may call it.
func (q *Call) stop() {
	q.stopped.Store(true)
	if cancel := q.dialing.Load(); cancel != nil {
		(*cancel)()
	}
	if p := q.pool.Load(); p != nil {
		p.interrupt(q)
	}
}

// dials is the context of the call's new connection, which stop ends; nil is nobody's. done must follow.
func (q *Call) dials(ctx context.Context) (dialing context.Context, done func()) {
	if q == nil {
		return ctx, func() {}
	}
	dialing, cancel := context.WithCancel(ctx)
	q.dialing.Store(&cancel)
	if q.stopped.Load() {
		cancel()
	}
	return dialing, func() {
		q.dialing.Store(nil)
		cancel()
	}
}
