package rate

import (
	"math/rand/v2"
	"testing"
)

// TestBusyMachine has users who always wait, and timers that are late, as where others use the cores, too: the rate is kept, and after a
// hiccup there is no burst, but where timers are as late as that.
func TestBusyMachine(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(1, 2))
	constant := func(late float64) func() float64 { return func() float64 { return late } }
	for _, test := range []struct {
		name  string
		rate  float64
		late  func() float64
		burst int // in 0.1 s
	}{
		{"a calm one", 1000, func() float64 { return 0.0002 * dice.ExpFloat64() }, 120},
		{"each timer is 4 ms late", 1000, constant(0.004), 120},
		{"each timer is 20 ms late", 500, constant(0.02), 80},
		{"each timer is 20 ms late, and there is time between", 60, constant(0.02), 9},
		{"timers are 10 ms late on average", 500, func() float64 { return 0.01 * dice.ExpFloat64() }, 110},
	} {
		t.Run(test.name, func(t *testing.T) {
			const begin, hiccupAt, seconds = 3, 10, 20.0
			var h hiccup
			var at []float64
			now, stalled := 0.0, false
			for due := 0.0; due < seconds; {
				next := h.when(due, -1, now)
				if next <= now {
					at = append(at, now)
					due += 1 / test.rate
					continue
				}
				late := test.late()
				if !stalled && next > hiccupAt {
					stalled, late = true, 0.3
				}
				now = next + late
				h.woke(late)
			}
			if last := at[len(at)-1]; last > seconds+0.2 {
				t.Errorf("the last task of %v s begins after %.1f s", seconds, last)
			}
			for len(at) > 0 && at[0] < begin { // until then it learns what is usual
				at = at[1:]
			}
			if n := most(at, 0.1-1e-6); n > test.burst {
				t.Errorf("%d tasks within 0.1 s, want at most %d", n, test.burst)
			}
		})
	}
}
