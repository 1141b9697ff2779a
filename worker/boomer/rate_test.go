package boomer

import (
	"bytes"
	"log"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/timing"
	"gregaria/internal/timing/timingtest"
)

// A taskLog has when tasks began, since the last reset.
type taskLog struct {
	mu sync.Mutex // guards at
	at []time.Time
}

func (l *taskLog) note() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.at = append(l.at, time.Now())
}

// since returns when tasks began, since a time.
func (l *taskLog) since(from time.Time) (at []time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range l.at {
		if !t.Before(from) {
			at = append(at, t.Sub(from))
		}
	}
	slices.Sort(at)
	return at
}

// spawnAt has the master begin a test with a rate, or without one (0), and share the whole of it out to this worker.
func (r *rig) spawnAt(users int, rate float64) (from time.Time) {
	synctest.Wait()
	r.job++
	var option any
	if rate > 0 {
		option = rate
	}
	r.master.Say("spawn", map[string]any{
		"timestamp": r.job, "user_classes_count": map[string]int{"User": users}, "host": "", "stop_timeout": 0.0,
		"parsed_options": map[string]any{"gregaria_rate": option},
	})
	synctest.Wait()
	time.Sleep(time.Second)
	if rate > 0 {
		now := float64(time.Now().UnixNano()) / 1e9
		r.master.Say("gregaria_rate", map[string]any{
			"version": 1, "sent": now, "rate": rate, "arrivals": "constant", "origin": now + 0.1, "from": now + 0.1, "low": 0.0, "high": 1.0,
		})
	}
	return time.Now().Add(100 * time.Millisecond)
}

// told adds up what the worker has told the plug-in of its tasks, and says whether it has told its last. Tasks that run then never end for it.
func (r *rig) told() (begun, late, ended, missed int64, busy float64, last bool) {
	for _, m := range r.messages("gregaria_rate") {
		data := m.Data.(map[any]any)
		begun, late = begun+data["begun"].(int64), late+data["late"].(int64)
		ended, missed = ended+data["ended"].(int64), missed+data["missed"].(int64)
		busy, last = busy+data["busy"].(float64), data["last"].(bool)
	}
	return begun, late, ended, missed, busy, last
}

// phase counts the values of a phase in all reports, and returns the largest, of rows of a type.
func (r *rig) phase(p timing.Phase, kind string) (n int64, most time.Duration) {
	for _, m := range r.messages("stats") {
		rows, err := timingtest.Of(m.Data)
		if err != nil {
			r.t.Fatal(err)
		}
		for _, row := range rows {
			if h, ok := row.Histograms[int(p)]; ok && row.Type == kind {
				n += timingtest.Histogram(h).TotalCount()
				most = max(most, time.Duration(h.Max)*time.Microsecond)
			}
		}
	}
	return n, most
}

// TestRate: tasks begin when the master's rate has them due, evenly, and a test without one has none.
func TestRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, tasks := newRig(t), &taskLog{}
		r.Run(&Task{Fn: func() {
			tasks.note()
			time.Sleep(20 * time.Millisecond)
			r.RecordSuccess("task", "task", 20, 1)
		}})
		for _, rate := range []float64{50, 0, 200} {
			from := r.spawnAt(10, rate)
			time.Sleep(time.Until(from) + 20*time.Second - 50*time.Microsecond)
			at := tasks.since(from)
			r.stop(3 * time.Second)
			if rate == 0 { // a closed loop: 10 users, 50 a second each
				rate = 500
			}
			if n := float64(len(at)); math.Abs(n-20*rate) > 10 {
				t.Errorf("%v tasks in 20 s, want %v a second", n, rate)
			}
			if n := most(at, 100*time.Millisecond-time.Microsecond); rate < 500 && float64(n) > rate/10+1 {
				t.Errorf("%d tasks in 0.1 s, want %v", n, rate/10)
			}
		}
		begun, late, ended, missed, _, last := r.told()
		if begun < 4990 || begun > 5010 || late > 0 || ended < begun-20 || missed > 1 || !last {
			t.Errorf("told of %d tasks begun, %d late, %d ended, %d missed, the last: %v; want 5,000 of 20 s at 50 and 20 s at 200", begun, late, ended, missed, last)
		}
		if n, most := r.phase(timing.Lateness, "task"); n != begun || most > 10*time.Millisecond {
			t.Errorf("%d requests with a lateness of up to %v, want %d and none", n, most, begun)
		}
		r.Quit()
	})
}

// TestRateWithTooFewUsers: tasks that nobody is free for begin late. It is recorded with the first request of each, and what was not
// begun is missed.
func TestRateWithTooFewUsers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var n atomic.Int64
		r.Run(&Task{Fn: func() {
			n.Add(1)
			for range 2 { // two requests a task
				time.Sleep(100 * time.Millisecond)
				r.RecordSuccess("task", "task", 100, 1)
			}
		}})
		from := r.spawnAt(2, 20) // they do 10 a second
		time.Sleep(time.Until(from) + 10*time.Second)
		r.stop(3 * time.Second)
		begun, late, ended, missed, _, _ := r.told()
		if begun != n.Load() || ended < begun-2 || math.Abs(float64(begun)-100) > 3 || begun+missed < 199 || begun+missed > 202 {
			t.Errorf("told of %d tasks begun (%d were), %d ended and %d missed; want 100 of 200", begun, n.Load(), ended, missed)
		}
		if late < begun-4 {
			t.Errorf("%d of %d tasks late, want nearly all", late, begun)
		}
		if n, most := r.phase(timing.Lateness, "task"); n != begun || most < 4500*time.Millisecond || most > 5500*time.Millisecond {
			t.Errorf("%d requests have a lateness of up to %v, want %d and about 5 s", n, most, begun)
		}
		if n, most := r.phase(timing.Scheduled, "task"); n != 2*begun || most < 4600*time.Millisecond || most > 5600*time.Millisecond {
			t.Errorf("%d requests have a time as scheduled of up to %v, want %d and about 5.1 s", n, most, 2*begun)
		}
		if n, _ := r.phase(timing.Lateness, "MISSED"); n != missed {
			t.Errorf("%d missed tasks in the timings, want %d", n, missed)
		}
		r.Quit()
	})
}

// TestRateAndALimiter: both hold, and that is said once.
func TestRateAndALimiter(t *testing.T) {
	for _, tt := range []struct {
		reason      string
		limit, rate float64
		want        int
		late        bool
	}{
		{"the limiter lets more begin", 100, 20, 200, false},
		{"the limiter lets fewer begin", 20, 100, 200, true},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, tasks := newRig(t), &taskLog{}
				var out bytes.Buffer
				r.WithLogger(log.New(&out, "", 0))
				r.SetRateLimiter(NewStableRateLimiter(int64(tt.limit), time.Second))
				r.Run(&Task{Fn: tasks.note})
				for range 2 {
					from := r.spawnAt(10, tt.rate)
					time.Sleep(time.Until(from) + 10*time.Second)
					if n := len(tasks.since(from)); math.Abs(float64(n-tt.want)) > 12 { // users have a turn of the limiter each when the rate begins
						t.Errorf("%d tasks in 10 s, want %d", n, tt.want)
					}
					r.stop(3 * time.Second)
				}
				begun, late, _, _, busy, _ := r.told()
				if (late > begun/2) != tt.late || busy > 0.001 {
					t.Errorf("%d of %d tasks were late, want most: %v; they took %v s, want no wait in it", late, begun, tt.late, busy)
				}
				r.Quit()
				if n := strings.Count(out.String(), "both hold: where the limiter lets fewer tasks begin"); n != 1 {
					t.Errorf("that both hold is said %d times, want once:\n%s", n, &out)
				}
			})
		})
	}
}

// TestRateAndPanics: tasks that panic keep the rate, without the pause that they have else.
func TestRateAndPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, tasks := newRig(t), &taskLog{}
		r.Run(&Task{Fn: func() {
			tasks.note()
			panic("no")
		}})
		from := r.spawnAt(2, 50)
		time.Sleep(time.Until(from) + 10*time.Second)
		if n := len(tasks.since(from)); n < 499 || n > 502 {
			t.Errorf("%d tasks that panic in 10 s, want 500", n)
		}
		r.Quit()
	})
}

// TestWhatKeepsNoRate: loops take one turn for good, and goroutines of the program's own none. Both is said once.
func TestWhatKeepsNoRate(t *testing.T) {
	const loop, others = "A task has run for 10 s and goes on recording", "Requests are recorded in goroutines that are no users'"
	for _, tt := range []struct {
		reason string
		task   func(r *rig) func()
		said   []string
		begun  int64 // 0: any number
	}{
		{"a loop that records", func(r *rig) func() {
			return func() {
				for {
					time.Sleep(20 * time.Millisecond)
					r.RecordSuccess("udp", "echo", 20, 1)
				}
			}
		}, []string{loop}, 4},
		{"one that looks at Stopping", func(r *rig) func() {
			return func() {
				for stopping := r.Stopping(); ; {
					select {
					case <-stopping:
						return
					case <-time.After(20 * time.Millisecond):
						r.RecordSuccess("udp", "echo", 20, 1)
					}
				}
			}
		}, []string{loop}, 4},
		{"goroutines that go on by themselves", func(r *rig) func() {
			return func() {
				stopping := r.Stopping()
				go func() {
					for {
						select {
						case <-stopping:
							return
						case <-time.After(time.Second):
							r.RecordSuccess("udp", "echo", 20, 1)
						}
					}
				}()
			}
		}, []string{others}, 0},
		{"one long request", func(r *rig) func() {
			return func() {
				time.Sleep(15 * time.Second)
				r.RecordSuccess("chat", "story", 15000, 1)
			}
		}, nil, 0},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				var out bytes.Buffer
				r.WithLogger(log.New(&out, "", 0))
				r.Run(&Task{Fn: tt.task(r)})
				from := r.spawnAt(4, 10)
				time.Sleep(time.Until(from) + 15*time.Second)
				r.spawnAt(2, 10)
				time.Sleep(10 * time.Second)
				r.stop(20 * time.Second)
				begun, _, ended, _, _, last := r.told()
				if tt.begun > 0 && (begun != tt.begun || ended != 2) || begun == 0 || !last { // the others end after the last report
					t.Errorf("%d tasks have begun and %d ended, the last was told: %v; want %d, of whose users 2 were sent home", begun, ended, last, tt.begun)
				}
				r.Quit()
				for _, text := range []string{loop, others} {
					want := 0
					if slices.Contains(tt.said, text) {
						want = 1
					}
					if n := strings.Count(out.String(), text); n != want {
						t.Errorf("%q is said %d times, want %d:\n%s", text, n, want, &out)
					}
				}
			})
		})
	}
}
