package boomer

import (
	"bytes"
	"fmt"
	"log"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ends are the ways in which a test ends, and whether the Boomer ends too.
func ends() []struct {
	name string
	end  func(r *rig)
	quit bool
} {
	return []struct {
		name string
		end  func(r *rig)
		quit bool
	}{
		{"the master says stop", func(r *rig) { r.master.Say("stop", nil) }, false},
		{"the master says quit", func(r *rig) { r.master.Say("quit", nil) }, true},
		{"Quit, as a signal does", func(r *rig) { go r.Quit() }, true},
		{"the master is gone", func(r *rig) {
			r.master.Ignore("heartbeat", true)
			time.Sleep(time.Minute)
		}, true},
	}
}

// A handler of EVENT_STOP that takes its time meets users who begin nothing more, whatever ends the test; and what they
// finish meanwhile is reported before the handler has returned.
func TestUsersBeginNothingAfterStop(t *testing.T) {
	for _, tt := range ends() {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				var stopped, late, done atomic.Int64
				r.on(EVENT_STOP, func() {
					stopped.Store(1)
					time.Sleep(2 * time.Second)
					r.RecordSuccess("handler", "handler", 1, 1)
				})
				var reported int64
				r.Run(&Task{Fn: func() {
					if stopped.Load() > 0 {
						late.Add(1)
					}
					time.Sleep(20 * time.Millisecond)
					done.Add(1)
					r.RecordSuccess("task", "task", 20, 1)
				}})
				r.spawn(map[string]int{"User": 10}, 0, 5*time.Second+time.Millisecond)
				tt.end(r)
				time.Sleep(450 * time.Millisecond) // a headless master listens for 500
				reported = r.requests()["task"]
				time.Sleep(5 * time.Second)
				if late.Load() > 0 {
					t.Errorf("%d tasks were begun after EVENT_STOP, want none", late.Load())
				}
				want := map[string]int64{"task": done.Load(), "handler": 1}
				if diff := cmp.Diff(want, r.requests()); diff != "" || done.Load() < 100 {
					t.Errorf("requests (-done +reported):\n%s", diff)
				}
				if tt.name != "the master is gone" && reported != done.Load() {
					t.Errorf("%d requests were reported while the handler ran, want all %d", reported, done.Load())
				}
				if !tt.quit {
					r.Quit()
				}
			})
		})
	}
}

// A stop that comes while the handlers of EVENT_SPAWN run: no user begins, and EVENT_STOP follows.
func TestStopOvertakesSpawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var began atomic.Int64
		var stops atomic.Int64
		r.on(EVENT_SPAWN, func(int, float64) { time.Sleep(10 * time.Second) })
		r.on(EVENT_STOP, func() { stops.Add(1) })
		r.Run(&Task{Fn: func() { began.Add(1); time.Sleep(time.Second) }})
		r.spawn(map[string]int{"User": 10}, 0, time.Second)
		r.stop(20 * time.Second)
		if began.Load() > 0 || stops.Load() != 1 {
			t.Errorf("%d tasks were begun, want 0; %d times EVENT_STOP, want 1", began.Load(), stops.Load())
		}
		r.spawn(map[string]int{"User": 1}, 0, 15*time.Second+500*time.Millisecond)
		if began.Load() != 6 {
			t.Errorf("%d tasks in the 5.5 s of the next test, want 6", began.Load())
		}
		r.Quit()
	})
}

// Tasks that never return, in their kinds: the test ends about as soon as with boomer, no load goes on, all that was done is
// counted, and nothing of it in the next test.
func TestTasksThatNeverReturn(t *testing.T) {
	for _, tt := range []struct {
		name  string
		task  func(r *rig, sent *atomic.Int64) func()
		limit time.Duration // of the stop
		goes  bool          // the goroutine goes on for good: nothing can end it
	}{
		{"a loop that records", func(r *rig, sent *atomic.Int64) func() {
			return func() {
				for {
					sent.Add(1)
					time.Sleep(20 * time.Millisecond)
					r.RecordSuccess("udp", "echo", 20, 1)
				}
			}
		}, 20 * time.Millisecond, false},
		{"a loop of requests of which each takes longer than the wait", func(r *rig, sent *atomic.Int64) func() {
			return func() {
				for {
					sent.Add(1)
					time.Sleep(700 * time.Millisecond)
					r.RecordFailure("udp", "echo", 700, "lost")
				}
			}
		}, leaveTime, false},
		{"a loop that looks at Stopping", func(r *rig, sent *atomic.Int64) func() {
			return func() {
				for stopping := r.Stopping(); ; {
					select {
					case <-stopping:
						return
					case <-time.After(20 * time.Millisecond):
						sent.Add(1)
						r.RecordSuccess("udp", "echo", 20, 1)
					}
				}
			}
		}, 20 * time.Millisecond, false},
	} {
		for _, end := range ends() {
			t.Run(tt.name+"/"+end.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					r := newRig(t)
					var sent atomic.Int64
					r.Run(&Task{Fn: tt.task(r, &sent)})
					r.spawn(map[string]int{"User": 10}, 0, 5*time.Second+time.Millisecond)
					end.end(r)
					synctest.Wait()
					at := sent.Load()
					if end.name != "the master is gone" {
						time.Sleep(tt.limit + time.Millisecond)
						last := map[bool]string{false: "client_ready", true: "quit"}[end.quit]
						if order := r.order(); order[len(order)-1] != last {
							t.Errorf("messages %v after the end = %v, want %s at their end", tt.limit, order, last)
						}
						if n := sent.Load(); n > at+10 {
							t.Errorf("%d requests were sent after the end, want none but the last of each user", n-at)
						}
					}
					time.Sleep(5 * time.Second)
					at = sent.Load()
					time.Sleep(time.Minute)
					if n := sent.Load(); n != at {
						t.Errorf("%d requests were sent later still", n-at)
					}
					if end.quit {
						return
					}
					if got := r.requests()["echo"]; got != at {
						t.Errorf("%d requests were reported in the end, want the %d that were sent", got, at)
					}
					r.spawn(map[string]int{"User": 1}, 0, time.Second)
					r.Quit()
					if now, got := sent.Load()-at, r.requests()["echo"]-at; now != got && tt.limit < leaveTime || now == 0 {
						t.Errorf("the next test: %d requests reported, want the %d that its user sent", got, now)
					}
					time.Sleep(time.Second)
				})
			})
		}
	}
}

// The master's stop timeout is that of tasks which do not return, too.
func TestStopTimeoutIsObeyed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var out bytes.Buffer
		r.WithLogger(log.New(&out, "", 0))
		var sent atomic.Int64
		r.Run(&Task{Fn: func() {
			for {
				sent.Add(1)
				time.Sleep(100 * time.Millisecond)
				r.RecordSuccess("udp", "echo", 100, 1)
			}
		}})
		r.spawn(map[string]int{"User": 1}, 3, 2*time.Second+50*time.Millisecond)
		r.stop(10 * time.Second)
		if n := sent.Load(); n != 51 || r.requests()["echo"] != 51 {
			t.Errorf("%d requests sent, %d reported, want 51 in 2 s and the 3 of the stop timeout", n, r.requests()["echo"])
		}
		r.Quit()
		if !strings.Contains(out.String(), "1 users were still in their task when their time was up") {
			t.Errorf("log = %s, want it to say how the user ended", &out)
		}
	})
}

// A task that never returns and never records is not waited for. What others record for it is counted as before.
func TestDeadEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		over := make(chan struct{})
		r.Run(&Task{Fn: func() { <-over }})
		r.spawn(map[string]int{"User": 3}, 0, 5*time.Second)
		r.RecordSuccess("udp", "elsewhere", 1, 1)
		r.stop(leaveTime + time.Millisecond)
		if order := r.order(); order[len(order)-1] != "client_ready" {
			t.Errorf("messages %v after the stop = %v, want client_ready at their end", leaveTime, order)
		}
		if n := r.requests()["elsewhere"]; n != 1 {
			t.Errorf("%d requests that no user recorded were reported, want 1", n)
		}
		close(over)
		r.Quit()
	})
}

// What a user records whose test is over: counted there until the next one begins, afterwards nowhere.
func TestLateRecords(t *testing.T) {
	for _, tt := range []struct {
		name  string
		after time.Duration // from the stop to the record
		want  int64
	}{
		{"before the next test", 2 * time.Second, 1},
		{"in the next test", 20 * time.Second, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				var first sync.Once
				ended := false
				r.Run(&Task{Fn: func() {
					late := false
					first.Do(func() { late = true })
					if !late {
						time.Sleep(time.Second)
						return
					}
					defer func() {
						r.RecordSuccess("late", "deferred", 1, 1) // while the goroutine ends: it does not end it once more
						ended = true
					}()
					time.Sleep(5*time.Second + tt.after)
					r.RecordSuccess("late", "late", 1, 1)
					t.Error("the user goes on after it has recorded")
				}})
				r.spawn(map[string]int{"User": 1}, 0, 5*time.Second)
				r.stop(10 * time.Second)
				r.spawn(map[string]int{"User": 1}, 0, 30*time.Second)
				r.Quit()
				got := r.requests()
				if got["late"] != tt.want || got["deferred"] != tt.want || !ended {
					t.Errorf("requests = %v, want %d each; the deferred call ran: %v", got, tt.want, ended)
				}
				incomplete := int64(0)
				for _, m := range r.messages("stats") {
					n, _ := m.Data.(map[any]any)["incomplete"].(int64)
					incomplete += n
				}
				if incomplete != 2-2*tt.want {
					t.Errorf("incomplete = %d, want %d", incomplete, 2-2*tt.want)
				}
			})
		})
	}
}

// A task that takes longer than users are waited for otherwise is finished, once one like it has been.
func TestSlowTasksAreFinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var done atomic.Int64
		r.Run(counted(r.Boomer, "slow", 1, 3*time.Second, &done))
		r.spawn(map[string]int{"User": 10}, 0, 10*time.Second)
		r.stop(2*time.Second + time.Millisecond)
		if got := r.requests()["slow"]; got != 40 || done.Load() != 40 {
			t.Errorf("%d requests reported of %d, want 40: each user was in its fourth", got, done.Load())
		}
		if order := r.order(); order[len(order)-1] != "client_ready" {
			t.Errorf("messages after the last one = %v, want client_ready at their end", order)
		}
		r.Quit()
	})
}

// Stopping is that of the user whose task calls it, or of the test.
func TestStopping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		open := func(c <-chan struct{}) bool {
			select {
			case <-c:
				return false
			default:
				return true
			}
		}
		if open(r.Stopping()) {
			t.Error("Stopping is open before Run")
		}
		var left atomic.Int64
		atSpawn := make(chan bool, 3)
		r.on(EVENT_SPAWN, func(int, float64) { atSpawn <- open(r.Stopping()) })
		r.Run(&Task{Fn: func() {
			<-r.Stopping()
			left.Add(1)
		}})
		if open(r.Stopping()) {
			t.Error("Stopping is open before a test")
		}
		r.spawn(map[string]int{"User": 5}, 10, time.Second)
		test := r.Stopping()
		r.spawn(map[string]int{"User": 3}, 10, time.Second)
		if left.Load() != 2 || !open(test) || !<-atSpawn {
			t.Errorf("%d users left, want 2 of 5; the test goes on: %v", left.Load(), open(test))
		}
		r.stop(time.Second)
		if left.Load() != 5 || open(test) || open(r.Stopping()) {
			t.Errorf("%d users left, want 5; the test goes on: %v", left.Load(), open(test))
		}
		r.Quit()
	})
}

// A rate limiter of the program's own may hold its users until it is stopped.
func TestLimiterThatHoldsUsers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		l := &holding{}
		r.SetRateLimiter(l)
		r.Run(&Task{Fn: func() { t.Error("a task is begun") }})
		r.spawn(map[string]int{"User": 3}, 0, time.Second)
		r.stop(time.Millisecond)
		if order := r.order(); order[len(order)-1] != "client_ready" {
			t.Errorf("messages after the stop = %v, want client_ready at their end", order)
		}
		r.Quit()
	})
}

// holding is a limiter that gives nothing.
type holding struct{ stop chan struct{} }

func (h *holding) Start()        { h.stop = make(chan struct{}) }
func (h *holding) Acquire() bool { <-h.stop; return true }
func (h *holding) Stop()         { close(h.stop) }

// Without a master it is the same.
func TestStandaloneStops(t *testing.T) {
	for _, loop := range []bool{false, true} {
		t.Run(fmt.Sprintf("loop=%v", loop), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := NewStandaloneBoomer(10, 0)
				sums := &sums{}
				b.AddOutput(sums)
				var stopped, late, done atomic.Int64
				on := func() {
					stopped.Store(1)
					time.Sleep(100 * time.Millisecond)
				}
				if err := Events.Subscribe(EVENT_STOP, on); err != nil {
					t.Fatal(err)
				}
				defer func() { _ = Events.Unsubscribe(EVENT_STOP, on) }()
				time.AfterFunc(5*time.Second+time.Millisecond, b.Quit)
				b.Run(&Task{Fn: func() {
					late.Add(stopped.Load())
					for more := true; more; more = loop {
						time.Sleep(20 * time.Millisecond)
						done.Add(1)
						b.RecordSuccess("task", "task", 20, 1)
					}
				}})
				if late.Load() > 0 {
					t.Errorf("%d tasks were begun after EVENT_STOP", late.Load())
				}
				if done.Load() < 2500 || sums.requests != done.Load() {
					t.Errorf("%d requests were done and %d handed to the output, want about 2,510", done.Load(), sums.requests)
				}
			})
		})
	}
}

// sums is an output that counts.
type sums struct{ requests int64 }

func (*sums) OnStart() {}
func (*sums) OnStop()  {}
func (s *sums) OnEvent(data map[string]any) {
	s.requests += data["stats_total"].(map[string]any)["num_requests"].(int64)
}

// Quit in a task ends the Boomer without that task, which is waiting for it.
func TestQuitInATask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var done, quit atomic.Int64
		began := time.Now()
		r.Run(&Task{Fn: func() {
			time.Sleep(100 * time.Millisecond)
			n := done.Add(1)
			r.RecordSuccess("task", "a", 100, 1)
			if n == 100 {
				r.Quit()
				quit.Store(int64(time.Since(began)))
			}
		}})
		r.spawn(map[string]int{"User": 4}, 0, time.Minute)
		if err := r.Wait(); err != nil {
			t.Errorf("Wait = %v, want nil", err)
		}
		if took := time.Duration(quit.Load()); took == 0 || took > 4*time.Second {
			t.Errorf("Quit returned %v after the start, want soon after the 2.5 s of 100 tasks", took)
		}
		if got := r.requests()["a"]; got != done.Load() {
			t.Errorf("%d requests reported of %d", got, done.Load())
		}
	})
}
