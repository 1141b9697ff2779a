package locustfile

import (
	"time"

	"gregaria/worker/internal/python"
)

// sleep is time.sleep and gevent.sleep: other users run meanwhile, and a user whose time is up wakes.
func sleep(t *python.Thread, d time.Duration) error {
	l, ok := t.Local.(*life)
	if !ok {
		timer := time.NewTimer(d)
		defer timer.Stop()
		expired := false
		return t.Wait(nil, timer.C, &expired)
	}
	ctx := l.Context()
	if ctx.Err() != nil {
		return l.Exit()
	}
	cut := false
	err := t.Blocking(func() {
		if d <= 0 {
			return
		}
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			cut = true
		}
	})
	if err == nil && cut {
		return l.Exit()
	}
	return err
}
