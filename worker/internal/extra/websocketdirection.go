package extra

import (
	"sync/atomic"
	"time"
)

// A direction is what of a socket is read, or written, by one greenlet at a time.
type direction struct {
	set         func(deadline time.Time) error
	interrupted atomic.Bool // whoever waits
}

// limit says how long the next wait may take; 0 is for ever.
func (d *direction) limit(timeout time.Duration) error {
	err := d.set(deadline(timeout))
	if err == nil && d.interrupted.Load() {
		err = d.set(longAgo)
	}
	return err
}

// blocking runs what waits, without the lock of the isolate, and puts its error into CPython's words. An interruption ends it, and the
// socket stays usable, as with gevent.
func (d *direction) blocking(t *thread, f func() error) error {
	d.interrupted.Store(false)
	stop := func() {
		d.interrupted.Store(true)
		_ = d.set(longAgo)
	}
	var failed error
	if err := t.BlockingUntil(&stop, func() { failed = f() }); err != nil {
		return err
	}
	return networkError(t, failed)
}

// longAgo is a deadline that is over, and not the one that is none.
var longAgo = time.Unix(1, 0)

func deadline(timeout time.Duration) time.Time {
	if timeout <= 0 {
		return time.Time{}
	}
	return time.Now().Add(timeout)
}
