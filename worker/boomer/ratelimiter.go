package boomer

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// A StableRateLimiter lets a number of tasks begin in each period, evenly spaced. A limiter that could not give its turns
// away makes up for 50 ms of them, not for more: there are no bursts.
type StableRateLimiter struct{ pacer *pacer }

var _ RateLimiter = (*StableRateLimiter)(nil)

// NewStableRateLimiter returns a limiter of threshold tasks in each refillPeriod.
func NewStableRateLimiter(threshold int64, refillPeriod time.Duration) (rateLimiter *StableRateLimiter) {
	return &StableRateLimiter{newPacer(func(time.Duration) time.Duration { return spacing(threshold, refillPeriod) })}
}

// Start begins to count.
func (limiter *StableRateLimiter) Start() { limiter.pacer.start() }

// Acquire blocks until a task may begin and returns false, or true if the limiter is stopped: then none may.
func (limiter *StableRateLimiter) Acquire() (blocked bool) { return !limiter.pacer.acquire(nil) }

// Stop sends all away who wait. A limiter can be started again.
func (limiter *StableRateLimiter) Stop() { limiter.pacer.halt() }

func (limiter *StableRateLimiter) acquire(stopping <-chan struct{}) bool {
	return limiter.pacer.acquire(stopping)
}

// A RampUpRateLimiter is a StableRateLimiter whose number of tasks grows from the start of the test on.
type RampUpRateLimiter struct{ pacer *pacer }

var _ RateLimiter = (*RampUpRateLimiter)(nil)

// NewRampUpRateLimiter returns a limiter of at most maxThreshold tasks in each refillPeriod. The rampUpRate "10/5s" begins
// with 10 tasks in each period and adds 10 every 5 seconds; "10" adds them every second. An error is
// ErrParsingRampUpRate.
func NewRampUpRateLimiter(maxThreshold int64, rampUpRate string, refillPeriod time.Duration) (rateLimiter *RampUpRateLimiter, err error) {
	step, every, err := parseRampUpRate(rampUpRate)
	if err != nil {
		return nil, err
	}
	return &RampUpRateLimiter{newPacer(func(elapsed time.Duration) time.Duration {
		return spacing(ramped(step, maxThreshold, int64(elapsed/every)+1), refillPeriod)
	})}, nil
}

// Start begins to count, at the foot of the ramp.
func (limiter *RampUpRateLimiter) Start() { limiter.pacer.start() }

// Acquire blocks until a task may begin and returns false, or true if the limiter is stopped: then none may.
func (limiter *RampUpRateLimiter) Acquire() (blocked bool) { return !limiter.pacer.acquire(nil) }

// Stop sends all away who wait. A limiter can be started again.
func (limiter *RampUpRateLimiter) Stop() { limiter.pacer.halt() }

func (limiter *RampUpRateLimiter) acquire(stopping <-chan struct{}) bool {
	return limiter.pacer.acquire(stopping)
}

// ramped is the threshold after some steps.
func ramped(step, highest, steps int64) int64 {
	if step > math.MaxInt64/steps {
		return highest
	}
	return min(step*steps, highest)
}

// spacing is the time between two of n turns in a period: below 0 for no turn at all, 0 if nothing limits them.
func spacing(n int64, period time.Duration) time.Duration {
	if n <= 0 {
		return -1
	}
	return time.Duration(float64(max(period, 0)) / float64(n))
}

func parseRampUpRate(rate string) (step int64, every time.Duration, err error) {
	text, unit, timed := strings.Cut(rate, "/")
	every = time.Second
	if timed {
		if every, err = time.ParseDuration(unit); err != nil || every <= 0 {
			return 0, 0, ErrParsingRampUpRate
		}
	}
	if step, err = strconv.ParseInt(text, 10, 64); err != nil || step <= 0 {
		return 0, 0, ErrParsingRampUpRate
	}
	return step, every, nil
}
