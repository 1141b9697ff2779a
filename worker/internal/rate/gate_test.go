package rate

import (
	"bytes"
	"log/slog"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/worker/user"
)

// A fleet is some gates, each with its users, on one clock.
type fleet struct {
	gates    []*Gate
	stopping chan struct{}
	users    sync.WaitGroup
	log      bytes.Buffer

	mu       sync.Mutex // guards what follows
	at       []float64  // when tasks began, in seconds since the fleet began
	late     []time.Duration
	recorded []user.Request
	reports  []Report
}

// Record implements user.Recorder.
func (f *fleet) Record(q user.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.recorded = append(f.recorded, q)
}

// newFleet starts as many gates as there are numbers of users, each of which does tasks that take as long as took says.
func newFleet(took func(since time.Duration) time.Duration, users ...int) *fleet {
	f := &fleet{stopping: make(chan struct{})}
	began := time.Now()
	for _, n := range users {
		g := New(Services{
			Send: func(kind string, data any) error {
				f.mu.Lock()
				defer f.mu.Unlock()
				if kind == Message {
					f.reports = append(f.reports, data.(Report))
				}
				return nil
			},
			Recorder: f, Log: slog.New(slog.NewTextHandler(&f.log, nil)),
		})
		f.gates = append(f.gates, g)
		g.Begin(map[string]any{Option: 1.0})
		for range n {
			f.users.Go(func() {
				for {
					due, ok := g.Next(f.stopping, nil)
					if !ok {
						return
					}
					f.mu.Lock()
					f.at, f.late = append(f.at, time.Since(began).Seconds()), append(f.late, time.Since(due))
					f.mu.Unlock()
					d := took(time.Since(began))
					time.Sleep(d)
					g.Ended(d)
				}
			})
		}
	}
	return f
}

// share sends each gate its share of a rate, as the plug-in does.
func (f *fleet) share(rate float64, arrivals string, shares ...float64) {
	now := epoch()
	low := 0.0
	for i, g := range f.gates {
		g.Hear(user.Message{Type: Message, Data: map[string]any{
			"version": int64(1), "sent": now, "rate": rate, "arrivals": arrivals, "origin": now + 0.1, "from": now + 0.1, "low": low, "high": low + shares[i],
		}})
		low += shares[i]
	}
}

func epoch() float64 { return float64(time.Now().UnixNano()) / 1e9 }

// end stops all users and returns when tasks began.
func (f *fleet) end() []float64 {
	for _, g := range f.gates {
		g.End()
	}
	close(f.stopping)
	f.users.Wait()
	slices.Sort(f.at)
	return f.at
}

// most returns how many tasks began within any window of so many seconds, and is what a burst is told by.
func most(at []float64, window float64) (n int) {
	from := 0
	for i := range at {
		for at[i]-at[from] >= window {
			from++
		}
		n = max(n, i-from+1)
	}
	return n
}

func short(time.Duration) time.Duration { return 20 * time.Millisecond }

// TestConstant: whatever the shares, all tasks together are evenly spaced.
func TestConstant(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reason string
		rate   float64
		shares []float64
		users  []int
	}{
		{"one worker", 100, []float64{1}, []int{10}},
		{"three alike, at a rate that a window of 0.1 s has few of", 50, []float64{1. / 3, 1. / 3, 1. / 3}, []int{5, 5, 5}},
		{"unlike ones", 1000, []float64{0.61, 0.3, 0.09}, []int{61, 30, 9}},
		{"one has no users", 100, []float64{0, 1}, []int{1, 9}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newFleet(short, tt.users...)
				f.share(tt.rate, "constant", tt.shares...)
				time.Sleep(60*time.Second + 100*time.Millisecond)
				synctest.Wait()
				at := f.end()
				if want := tt.rate * 60; math.Abs(float64(len(at))-want) > 1 {
					t.Errorf("%d tasks in 60 s, want %v", len(at), want)
				}
				if n := most(at, 0.1-1e-6); float64(n) > tt.rate*0.1+1 {
					t.Errorf("%d tasks in 0.1 s, want no more than %v", n, tt.rate*0.1+1)
				}
				if late := slices.Max(f.late); late > time.Millisecond {
					t.Errorf("the latest task was %v late, want none with users enough", late)
				}
			})
		})
	}
}

// TestSharesOfAStretch: each worker gets its share of any stretch of tasks, which is what makes its own load even.
func TestSharesOfAStretch(t *testing.T) {
	t.Parallel()
	for _, share := range []float64{0.5, 0.07, 0.333} {
		for _, from := range []uint64{0, 12345, 1 << 40} {
			n := 0
			for k := from; k < from+1000; k++ {
				if place(k) < share {
					n++
				}
			}
			if math.Abs(float64(n)-1000*share) > 4 {
				t.Errorf("share %v: %d of the 1000 tasks from %d on, want %v", share, n, from, 1000*share)
			}
		}
	}
}

// TestPoissonArrivals: the counts in windows of a second are spread as Poisson's are (the index of dispersion is 1), those of constant arrivals are not.
func TestPoissonArrivals(t *testing.T) {
	t.Parallel()
	dispersion := func(t *testing.T, arrivals string) (index, rate float64) {
		synctest.Test(t, func(*testing.T) {
			f := newFleet(short, 20, 10)
			f.share(50, arrivals, 2./3, 1./3)
			const seconds = 2000
			time.Sleep(seconds*time.Second + 100*time.Millisecond)
			at := f.end()
			counts := make([]float64, seconds)
			for _, s := range at {
				if i := int(s - 0.1); i < seconds {
					counts[i]++
				}
			}
			var sum, squares float64
			for _, n := range counts {
				sum, squares = sum+n, squares+n*n
			}
			mean := sum / seconds
			index, rate = (squares/seconds-mean*mean)/mean, mean
		})
		return index, rate
	}
	// The index times n is chi-squared with n degrees of freedom: of 2,000 its deviation is 0.032. 5 of them: one run in two million fails.
	if index, rate := dispersion(t, "poisson"); math.Abs(index-1) > 0.16 || math.Abs(rate-50) > 0.8 {
		t.Errorf("poisson: index of dispersion %.3f at %.2f tasks a second, want 1 at 50", index, rate)
	}
	if index, _ := dispersion(t, "constant"); index > 0.02 {
		t.Errorf("constant: index of dispersion %.3f, want 0", index)
	}
}

// TestStall: while the server stops for 5 s all users are busy; the tasks that came due are late, and none is lost.
func TestStall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(func(since time.Duration) time.Duration {
			if from, to := 10*time.Second, 15*time.Second; since >= from && since < to {
				return to - since
			}
			return 10 * time.Millisecond
		}, 50)
		f.share(100, "constant", 1)
		time.Sleep(30*time.Second + 95*time.Millisecond)
		synctest.Wait()
		at := f.end()
		if len(at) < 2999 || len(at) > 3001 {
			t.Errorf("%d tasks in 30 s, want 3000", len(at))
		}
		slices.Sort(f.late)
		if late := f.late[len(f.late)-1]; late < 4400*time.Millisecond || late > 4600*time.Millisecond {
			t.Errorf("the latest task was %v late, want 4.5 s: 50 users were busy within half a second", late)
		}
		var sum Report
		for _, r := range f.reports {
			sum.Begun, sum.Late, sum.Ended, sum.Missed = sum.Begun+r.Begun, sum.Late+r.Late, sum.Ended+r.Ended, sum.Missed+r.Missed
		}
		if sum.Begun != int64(len(at)) || sum.Missed != 0 || sum.Late < 450 || sum.Late > 700 {
			t.Errorf("reported %+v, want %d begun, about 500 late, none missed", sum, len(at))
		}
	})
}

// TestNeverBegun: at the end there are tasks that nobody was free for.
func TestNeverBegun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(func(time.Duration) time.Duration { return time.Second }, 10)
		f.share(20, "constant", 1)
		time.Sleep(10*time.Second + 90*time.Millisecond)
		at := f.end()
		n := 0
		for _, q := range f.recorded {
			if q.Type != user.Missed || q.Name != user.Rate || !q.Apart || !q.Scheduled || q.Lateness < 0 || q.Lateness > 5100*time.Millisecond {
				t.Fatalf("recorded %+v", q)
			}
			n++
		}
		if len(at)+n != 200 || n < 90 || n > 110 {
			t.Errorf("%d tasks began and %d did not, want 200 in all, half of them", len(at), n)
		}
		if last := f.reports[len(f.reports)-1]; !last.Last || last.Missed != int64(n) {
			t.Errorf("the last report is %+v, want %d missed", last, n)
		}
	})
}

// TestNewShares: when shares change, the tasks go on where they were, and each worker's are as many as its share.
func TestNewShares(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(short, 10, 10)
		f.share(100, "constant", 0.5, 0.5)
		time.Sleep(10 * time.Second)
		f.share(100, "constant", 0.9, 0.1)
		f.share(100, "constant", 0.9, 0.1) // sent again: nothing changes
		time.Sleep(10 * time.Second)
		f.share(50, "constant", 1, 0)
		time.Sleep(10*time.Second + 100*time.Millisecond)
		at := f.end()
		if len(at) < 2498 || len(at) > 2502 {
			t.Errorf("%d tasks in 30 s, want 2500", len(at))
		}
		if n := most(at, 0.1-1e-6); n > 12 {
			t.Errorf("%d tasks in 0.1 s, want at most 12", n)
		}
	})
}

// TestClock: a master whose clock is an hour ahead or behind makes no task late, and a message that took long does not move the others.
func TestClock(t *testing.T) {
	t.Parallel()
	for _, ahead := range []float64{-3600, 3600} {
		synctest.Test(t, func(t *testing.T) {
			f := newFleet(short, 10)
			say := func(delay, from float64) {
				now := epoch() + ahead
				f.gates[0].Hear(user.Message{Data: map[string]any{
					"version": int64(1), "sent": now - delay, "rate": 10.0, "arrivals": "constant", "origin": from, "from": from, "low": 0.0, "high": 1.0,
				}})
			}
			from := epoch() + ahead + 0.1
			say(0.003, from)
			time.Sleep(10 * time.Second)
			say(0.5, from)
			time.Sleep(10*time.Second + 90*time.Millisecond)
			at := f.end()
			if len(at) < 199 || len(at) > 201 || slices.Max(f.late) > time.Millisecond {
				t.Errorf("clock %v s ahead: %d tasks in 20 s, the latest %v late, want 200 in time", ahead, len(at), slices.Max(f.late))
			}
		})
	}
}

// TestWithoutAPlan: users wait, can be stopped, and the log says why nothing happens.
func TestWithoutAPlan(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(short, 3)
		time.Sleep(time.Minute)
		f.gates[0].Hear(user.Message{Data: map[string]any{"version": int64(2)}})
		if at := f.end(); len(at) > 0 {
			t.Errorf("%d tasks began without a plan", len(at))
		}
		for _, want := range []string{"its plug-in has said nothing", "not a plan of --rate"} {
			if strings.Count(f.log.String(), want) != 1 {
				t.Errorf("the log has not once %q:\n%s", want, f.log.String())
			}
		}
	})
}

// TestOff: without a rate in the options a gate is open, and after a test with one it is open again.
func TestOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, options := range []map[string]any{nil, {Option: nil}, {Option: ""}, {Option: 0.0}, {"rate": "50"}} {
			if New(Services{}).Begin(options) {
				t.Errorf("Begin(%v) = true, want false", options)
			}
		}
		f := newFleet(short, 1)
		if !f.gates[0].Begin(map[string]any{Option: int64(3)}) {
			t.Error("a second spawn message ended the rate")
		}
		f.end()
		if f.gates[0].Begin(nil) {
			t.Error("the next test has the rate of the last one")
		}
	})
}

// TestHiccup: tasks that came due while users waited and this process did not run do not begin all at once, and none is lost.
func TestHiccup(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(short, 50)
		f.share(1000, "constant", 1)
		time.Sleep(5 * time.Second)
		synctest.Wait()
		f.gates[0].mu.Lock()
		f.gates[0].clock.epoch += 0.2 // as if it had been that long
		f.gates[0].mu.Unlock()
		time.Sleep(5 * time.Second)
		at := f.end()
		if len(at) < 10095 || len(at) > 10105 {
			t.Errorf("%d tasks in 9.9 s and a hiccup of 0.2 s, want 10100", len(at))
		}
		if n := most(at, 0.1-1e-6); n > 120 {
			t.Errorf("%d tasks within 0.1 s after the hiccup, want at most 120", n)
		}
		if n := most(at, 1); n < 1100 {
			t.Errorf("%d tasks within 1 s after the hiccup, want more than 1100: the schedule catches up", n)
		}
	})
}

// BenchmarkGate is what a task pays for its turn, as one of many that are due.
func BenchmarkGate(b *testing.B) {
	g := New(Services{Send: func(string, any) error { return nil }, Recorder: &fleet{}, Log: slog.New(slog.DiscardHandler)})
	g.Begin(map[string]any{Option: 1.0})
	now := epoch()
	g.Hear(user.Message{Data: map[string]any{
		"version": int64(1), "sent": now, "rate": 1e7, "arrivals": "constant", "origin": now, "from": now, "low": 0.0, "high": 0.5,
	}})
	stopping := make(chan struct{})
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := g.Next(stopping, nil); !ok {
			b.Fatal("stopped")
		}
		g.Ended(time.Millisecond)
	}
	g.mu.Lock()
	g.on = false
	g.report.Stop()
	g.mu.Unlock()
}
