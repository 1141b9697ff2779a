package stdlib

import (
	"math"
	"time"

	"gregaria/worker/internal/python"
)

// Sleep waits without the lock of the isolate until d is over, or the thread is cancelled.
func Sleep(t *thread, d time.Duration) error {
	if s := t.Isolate().Options().Sleep; s != nil {
		return s(t, d)
	}
	_, err := Wait(t, nil, d)
	return err
}

// Yield lets those run that are ready, as gevent.sleep(0) does.
func Yield(t *thread) error {
	threads, err := t.Import("_thread")
	if err != nil {
		return err
	}
	_, err = t.CallMethod(threads, "yields")
	return err
}

// sleepFunc makes time.sleep. Locust patches it with gevent's: what is not positive lets the others run and returns, and no
// number is too large.
func sleepFunc(t *thread) (*python.Native, error) {
	threads, err := t.Import("_thread")
	if err != nil {
		return nil, err
	}
	yields := threads.Attrs().GetStr("yields")
	return python.Func("sleep(seconds=0, ref=True)", func(t *thread, a []value) (value, error) {
		if a[0] == nil {
			return t.Call(yields)
		}
		passed, err := t.Compare("<=", a[0], python.NewInt(0))
		if err != nil {
			return nil, err
		}
		if passed == python.True {
			return t.Call(yields)
		}
		s, err := t.ToFloat(a[0])
		if err != nil {
			return nil, err
		}
		return python.None, Sleep(t, span(s))
	}), nil
}

// span converts Python's seconds. What no clock reaches, and what is no number, lasts for centuries.
func span(s float64) time.Duration {
	if math.IsNaN(s) {
		return math.MaxInt64
	}
	return time.Duration(min(s, 9e9) * 1e9)
}
