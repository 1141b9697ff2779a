package boomer

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/myzhan/boomer"
)

var (
	_ RateLimiter = (*boomer.StableRateLimiter)(nil) // boomer's fit
	_ RateLimiter = refusing{}
)

// begun lets users acquire turns for d and returns when they had them, since the start.
func begun(limiter RateLimiter, users int, d time.Duration, task func()) []time.Duration {
	var mu sync.Mutex
	var all []time.Duration
	began := time.Now()
	limiter.Start()
	var wg sync.WaitGroup
	for range users {
		wg.Go(func() {
			for !limiter.Acquire() {
				mu.Lock()
				all = append(all, time.Since(began))
				mu.Unlock()
				task()
			}
		})
	}
	time.Sleep(d)
	limiter.Stop()
	wg.Wait()
	slices.Sort(all)
	return all
}

// most is the highest number of turns within any span of time.
func most(turns []time.Duration, span time.Duration) (n int) {
	from := 0
	for to := range turns {
		for turns[to]-turns[from] >= span {
			from++
		}
		n = max(n, to-from+1)
	}
	return n
}

func TestStableRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		turns := begun(NewStableRateLimiter(1000, time.Second), 20, time.Minute+time.Millisecond/2, func() {})
		if len(turns) != 60_001 {
			t.Errorf("%d turns in 60 s of 1,000/s, want 60,001: the first is at once", len(turns))
		}
		if n := most(turns, 10*time.Millisecond); n != 10 {
			t.Errorf("%d turns in some 10 ms, want 10: evenly spaced", n)
		}
	})
}

func TestLateTurnsAreMadeUpFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := 0
		turns := begun(NewStableRateLimiter(1000, time.Second), 1, 10*time.Second+time.Millisecond/2, func() {
			n++
			time.Sleep(time.Duration(n%2) * 1500 * time.Microsecond) // every other task is late for the next turn
		})
		if len(turns) < 9_999 {
			t.Errorf("%d turns in 10 s of 1,000/s, want 10,001", len(turns))
		}
	})
}

func TestNoBurstAfterAPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := 0
		turns := begun(NewStableRateLimiter(100, time.Second), 1, 20*time.Second, func() {
			if n++; n == 100 {
				time.Sleep(10 * time.Second) // the server hangs
			}
		})
		if n := most(turns, 100*time.Millisecond); n > 10+5 {
			t.Errorf("%d turns in some 100 ms, want 10 and what makes up for 50 ms", n)
		}
		if len(turns) < 1000 || len(turns) > 1010 {
			t.Errorf("%d turns in 20 s of 100/s of which 10 s were lost, want 1,000", len(turns))
		}
	})
}

func TestRampUpRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limiter, err := NewRampUpRateLimiter(30, "10/5s", time.Second)
		if err != nil {
			t.Fatal(err)
		}
		for round := range 2 { // a limiter that is started again begins at the foot
			turns := begun(limiter, 3, 20*time.Second, func() {})
			for i, want := range []int{50, 100, 150, 150} {
				from, to := time.Duration(i)*5*time.Second, time.Duration(i+1)*5*time.Second
				got := 0
				for _, turn := range turns {
					if turn >= from && turn < to {
						got++
					}
				}
				if got < want-2 || got > want+2 {
					t.Errorf("round %d: %d turns from %v to %v, want %d", round, got, from, to, want)
				}
			}
		}
	})
}

func TestParseRampUpRate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rate string
		bad  bool
	}{
		{"1", false},
		{"1/1s", false},
		{"200/10s", false},
		{"", true},
		{"a", true},
		{"1/a", true},
		{"1/1s/", true},
		{"1/", true},
		{"0", true},
		{"-5", true},
		{"1/0s", true},
		{"1/-1s", true},
		{"99999999999999999999", true},
	} {
		_, err := NewRampUpRateLimiter(100, tt.rate, time.Second)
		if tt.bad != errors.Is(err, ErrParsingRampUpRate) || tt.bad != (err != nil) {
			t.Errorf("NewRampUpRateLimiter(%q) = %v, want an error: %v", tt.rate, err, tt.bad)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		huge, err := NewRampUpRateLimiter(1<<62, "4611686018427387904", time.Second)
		if err != nil {
			t.Fatal(err)
		}
		for range 1000 {
			if huge.Acquire() {
				t.Fatal("a limiter that does not limit refuses a turn")
			}
		}
		none := NewStableRateLimiter(0, time.Second)
		if turns := begun(none, 1, time.Hour, func() {}); len(turns) > 0 {
			t.Errorf("%d turns of a limiter of 0, want none", len(turns))
		}
		if !none.Acquire() {
			t.Error("a stopped limiter gives a turn")
		}
		none.Stop() // once more, which boomer's does not survive
	})
}

func TestLimiterInATest(t *testing.T) {
	for _, tt := range []struct {
		name    string
		limiter func() RateLimiter // its timers belong to the bubble
		want    int64              // tasks in 10 s
	}{
		{"stable", func() RateLimiter { return NewStableRateLimiter(100, time.Second) }, 1000},
		{"one a minute", func() RateLimiter { return NewStableRateLimiter(1, time.Minute) }, 1},
		{"ramp, which begins with the test", func() RateLimiter {
			l, _ := NewRampUpRateLimiter(1000, "10/10s", time.Second)
			return l
		}, 100},
		{"boomer's own, in bursts", func() RateLimiter { return boomer.NewStableRateLimiter(100, time.Second) }, 1000},
		{"one that always refuses at once", func() RateLimiter { return refusing{} }, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if racing && strings.HasPrefix(tt.name, "boomer's own") {
				t.Skip("boomer's limiter has data races of its own")
			}
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				var n atomic.Int64
				r.SetRateLimiter(tt.limiter())
				r.Run(counted(r.Boomer, "a", 1, 0, &n))
				time.Sleep(time.Minute)
				for round := range 2 {
					n.Store(0)
					r.spawn(map[string]int{"User": 20}, 0, 10*time.Second-time.Millisecond)
					if got := n.Load(); got < tt.want || got > tt.want+tt.want/100+1 {
						t.Errorf("round %d: %d tasks in 10 s, want %d", round, got, tt.want)
					}
					began := time.Now()
					r.stop(0)
					for r.messages("client_stopped"); len(r.messages("client_stopped")) <= round; {
						time.Sleep(10 * time.Millisecond)
					}
					if took := time.Since(began); took > 1100*time.Millisecond {
						t.Errorf("round %d: the stop took %v while users wait for a turn", round, took)
					}
				}
				r.Quit()
				time.Sleep(2 * time.Second) // boomer's limiter goes to sleep once more
			})
		})
	}
}

func TestLimiterStartsAndStopsWithTheTest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var limiter noting
		r.SetRateLimiter(&limiter)
		r.Run(&Task{Fn: func() { time.Sleep(time.Second) }})
		for range 2 {
			r.spawn(map[string]int{"User": 1}, 0, time.Second) // Locust ramps up in steps
			r.spawn(map[string]int{"User": 2}, 0, time.Second)
			r.stop(5 * time.Second)
		}
		r.Quit()
		if got := limiter.calls; got != "start stop start stop " {
			t.Errorf("calls of the limiter in two tests = %q, want start stop start stop", got)
		}
	})
}

// noting is a limiter that lets everyone pass.
type noting struct{ calls string }

func (n *noting) Start()      { n.calls += "start " }
func (n *noting) Stop()       { n.calls += "stop " }
func (*noting) Acquire() bool { return false }

// refusing is a limiter that does not block, against its contract.
type refusing struct{}

func (refusing) Start()        {}
func (refusing) Stop()         {}
func (refusing) Acquire() bool { return true }
