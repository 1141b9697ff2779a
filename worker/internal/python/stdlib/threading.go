package stdlib

import (
	"slices"
	"time"

	"gregaria/worker/internal/python"
)

// timeoutMax is threading.TIMEOUT_MAX, in seconds.
const timeoutMax = 9223372036

// lock is a mutex whose waiters give the lock of the isolate away and get it in the order in which they came. Its fields
// are guarded by the lock of the isolate.
type lock struct {
	held  int
	owner *thread
	again bool // reentrant
	queue []*waiter
}

// waiter is a thread in the queue of a lock.
type waiter struct {
	t   *thread
	got chan struct{} // closed when the lock is handed over
}

// acquire waits until the lock is free; a negative timeout is for ever.
func (l *lock) acquire(t *thread, block bool, timeout time.Duration) (bool, error) {
	if l.held == 0 || (l.again && l.owner == t) {
		l.held++
		l.owner = t
		return true, nil
	}
	if !block {
		return false, nil
	}
	w := &waiter{t, make(chan struct{})}
	l.queue = append(l.queue, w)
	_, err := Wait(t, w.got, timeout)
	select {
	case <-w.got:
		if err != nil {
			l.release()
		}
		return err == nil, err
	default:
		l.queue = slices.DeleteFunc(l.queue, func(o *waiter) bool { return o == w })
		return false, err
	}
}

// release frees the lock or hands it to the next in the queue.
func (l *lock) release() {
	if l.held--; l.held > 0 {
		return
	}
	l.owner = nil
	if len(l.queue) > 0 {
		w := l.queue[0]
		l.queue = slices.Delete(l.queue, 0, 1)
		l.held, l.owner = 1, w.t
		close(w.got)
	}
}

// newThreading makes the locks and threads that the modules threading, queue, concurrent.futures and gevent are built on.
func newThreading(*thread) (*python.Module, error) {
	g := &greenlets{objects: map[*thread]value{}}
	return python.NewModule("_thread", map[string]value{
		"Lock": lockClass("lock", false), "RLock": lockClass("RLock", true), "LockType": lockClass("lock", false), "TIMEOUT_MAX": python.Float(timeoutMax),
	}, g.functions()...), nil
}

func lockClass(name string, again bool) *python.Type {
	get := func(a []value) *lock { return a[0].(*python.Instance).Data.(*lock) }
	acquire := func(t *thread, a []value) (value, error) {
		block := a[1] == nil
		if !block {
			var err error
			if block, err = t.Truth(a[1]); err != nil {
				return nil, err
			}
		}
		if l := get(a); again && l.held > 0 && l.owner == t { // threading.RLock looks at nothing else then
			l.held++
			return python.True, nil
		}
		timeout, err := lockTimeout(t, block, a[2])
		if err != nil {
			return nil, err
		}
		ok, err := get(a).acquire(t, block, timeout)
		return python.NewBool(ok), err
	}
	return python.NewClass(python.ClassSpec{
		Name: name, Module: "_thread",
		New: func(_ *thread, cls *python.Type, _ python.Args) (value, error) {
			return python.NewInstance(cls, &lock{again: again}), nil
		},
		Methods: []*python.Native{
			python.Func("acquire(self, blocking=True, timeout=-1)", acquire),
			python.Func("release(self)", func(t *thread, a []value) (value, error) {
				l := get(a)
				switch {
				case again && l.owner != t:
					return nil, python.Errorf(python.RuntimeError, "cannot release un-acquired lock")
				case l.held == 0:
					return nil, python.Errorf(python.RuntimeError, "release unlocked lock")
				}
				l.release()
				return python.None, nil
			}),
			python.Func("locked(self)", func(_ *thread, a []value) (value, error) { return python.NewBool(get(a).held > 0), nil }),
			python.Func("__enter__(self)", func(t *thread, a []value) (value, error) { return acquire(t, []value{a[0], nil, nil}) }),
			python.Func("__exit__(self, *args)", func(_ *thread, a []value) (value, error) {
				get(a).release()
				return python.None, nil
			}),
		},
	})
}

// lockTimeout is the timeout of a lock in the terms of gevent's: -1 is for ever, and so is none.
func lockTimeout(t *thread, block bool, v value) (time.Duration, error) {
	if f, ok := python.AsFloat(orNone(v)); !given(v) || (ok && f == -1) {
		return -1, nil
	}
	if !block {
		return 0, python.Errorf(python.ValueError, "can't specify a timeout for a non-blocking call")
	}
	negative, err := t.Compare("<", v, python.NewInt(0))
	if err != nil {
		return 0, err
	}
	s, err := t.ToFloat(v)
	switch {
	case err != nil:
		return 0, err
	case negative == python.True:
		return 0, python.Errorf(python.ValueError, "timeout value must be strictly positive")
	case s > timeoutMax:
		return 0, python.Errorf(python.OverflowError, "timeout value is too large")
	}
	return span(s), nil
}
