package sampler

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	// baseline is the least time before the first tick: the CPU counters have a resolution of 10 ms, so the share
	// over less than this is noise.
	baseline = 100 * time.Millisecond
	// recheck is the longest sleep. It bounds how late a step of the wall clock is noticed where the interval is long.
	recheck = time.Second
)

// errDone means that the duration is over.
var errDone = errors.New("duration is over")

// A ticker finds the ticks: the whole multiples of an interval of the wall clock, counted from the Unix epoch, as Locust
// counts the seconds of its history. It looks at the clock anew for each one, so they do not drift. A tick that was
// missed, because the process stood still or the clock was set forward, is skipped. After the clock was set back there is no
// tick until it has passed the last one again, so each comes once and later than the one before.
type ticker struct {
	interval time.Duration
	now      func() time.Time // the wall clock
	last     time.Time        // the tick that was returned last
	end      time.Time        // monotonic: when no further tick may come; zero for never
	note     func(string)
	sleep    func(context.Context, time.Duration)
	back     bool // the clock is known to have been set back
}

// newTicker returns a ticker whose first tick comes after both now and the time after. With a duration it gives
// duration/interval ticks, fewer where some are missed, and ends with the last.
func newTicker(s *Sampler) *ticker {
	t := &ticker{interval: s.Interval, now: s.Now, note: s.Note, sleep: sleep}
	if s.Sleep != nil {
		t.sleep = s.Sleep
	}
	now := t.now()
	t.last = t.floor(now.Add(baseline))
	if s.After.After(t.last) {
		t.last = t.floor(s.After)
	}
	if s.Duration > 0 {
		first := t.last.Add(t.interval).Sub(now)
		ticks := int64(s.Duration / t.interval)
		further := time.Duration(ticks-1) * t.interval
		t.end = time.Now().Add(first + further + t.interval/2)
	}
	return t
}

// next waits for the next tick and returns its time. It returns errDone when the duration is over before that, and the
// cause of ctx when that ends.
func (t *ticker) next(ctx context.Context) (time.Time, error) {
	for {
		now := t.now()
		tick := t.floor(now)
		if tick.After(t.last) {
			t.last, t.back = tick, false
			return tick, nil
		}
		t.noteStep(now)
		wait := tick.Add(t.interval).Sub(now)
		if !t.end.IsZero() && wait > time.Until(t.end) {
			return time.Time{}, errDone
		}
		if t.sleep(ctx, min(wait, recheck)); ctx.Err() != nil {
			return time.Time{}, context.Cause(ctx)
		}
	}
}

// floor is the last whole multiple of the interval that is not after at. Time.Truncate counts from the year 1, which
// gives other multiples where the interval does not divide that span.
func (t *ticker) floor(at time.Time) time.Time {
	ns := at.UnixNano()
	return time.Unix(0, ns-ns%int64(t.interval))
}

// noteStep reports once that the clock was set back by more than an interval.
func (t *ticker) noteStep(now time.Time) {
	behind := t.last.Sub(now)
	if t.back || behind <= t.interval {
		return
	}
	t.back = true
	t.note(fmt.Sprintf("the clock was set back: no rows for %s, until it has passed the last one", behind.Round(time.Second)))
}

// sleep waits for a time, or until ctx ends, on a timer of Go's.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
