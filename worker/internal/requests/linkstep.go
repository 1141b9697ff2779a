package requests

import (
	"context"

	"gregaria/worker/internal/wire"
)

// OpenShared makes a link that ends with no user: connections that users share.
func (l *Link) OpenShared() { l.home, l.Pool.Wary = context.Background(), true }

// Open takes a connection for a call that goes step by step, see Do.
func (l *Link) Open(t *thread, q *wire.Call) (cut bool, err error) {
	ctx := context.Background()
	if owner := ownerOf(t); owner != nil {
		if ctx = owner.Context(); ctx.Err() != nil {
			return false, owner.Exit()
		}
	}
	return l.Step(t, q, func() error {
		l.Pool.Open(ctx, l.home, q)
		return q.Err
	})
}

// Receive waits for the answer of a call that went step by step, then runs more, if there is one.
func (l *Link) Receive(t *thread, q *wire.Call, more func()) (cut bool, err error) {
	cut, err = l.Step(t, q, func() error {
		if q.Receive(); q.Err == nil {
			more()
		}
		return q.Err
	})
	walked(t, q)
	return cut, err
}

// Step runs one step of a call without the lock of the isolate. cut and err are those of Do; what step returns only says
// whether it went wrong.
func (l *Link) Step(t *thread, q *wire.Call, step func() error) (cut bool, err error) {
	var failed error
	err = t.BlockingUntil(q.Stopper(), func() { failed = step() })
	if owner := ownerOf(t); owner != nil && failed != nil && owner.Context().Err() != nil {
		return true, owner.Exit()
	}
	return false, err
}
