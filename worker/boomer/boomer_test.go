package boomer

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/locusttest"
)

// The events are the process's, so tests in which a Boomer runs do not run in parallel.

// counted is a task that takes some time and counts itself, as the server would.
func counted(b *Boomer, name string, weight int, took time.Duration, n *atomic.Int64) *Task {
	return &Task{Name: name, Weight: weight, Fn: func() {
		time.Sleep(took)
		n.Add(1)
		b.RecordSuccess("task", name, took.Milliseconds(), 10)
	}}
}

func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var a, b atomic.Int64
		r.Run(counted(r.Boomer, "a", 3000, 100*time.Millisecond, &a), counted(r.Boomer, "b", 1000, 100*time.Millisecond, &b))
		r.spawn(map[string]int{"WebUser": 6, "Other": 4}, 0, 100*time.Second+50*time.Millisecond)
		r.stop(time.Second)
		if total := a.Load() + b.Load(); total != 10*1001 {
			t.Errorf("%d tasks, want 10,010: of 10 users, 10 a second each, and those that were begun are finished", total)
		}
		if share := float64(a.Load()) / float64(a.Load()+b.Load()); share < 0.72 || share > 0.78 {
			t.Errorf("share of the task with weight 3 of 4 = %.3f, want 0.75", share)
		}
		want := map[string]int64{"a": a.Load(), "b": b.Load()}
		if diff := cmp.Diff(want, r.requests()); diff != "" {
			t.Errorf("requests reported before client_stopped (-done +reported):\n%s", diff)
		}
		complete := r.messages("spawning_complete")[0].Data.(map[any]any)["user_classes_count"]
		if diff := cmp.Diff(map[any]any{"WebUser": int64(6), "Other": int64(4)}, complete); diff != "" {
			t.Errorf("users of each class (-want +got):\n%s", diff)
		}
		wantOrder := []string{"client_ready", "stats", "spawning", "spawning_complete", "stats", "client_stopped", "client_ready"}
		if diff := cmp.Diff(wantOrder, r.order()); diff != "" {
			t.Errorf("messages (-want +got):\n%s", diff)
		}
		r.Quit()
	})
}

func TestQuitReportsEverything(t *testing.T) {
	for _, tt := range []struct {
		name string
		quit func(r *rig)
	}{
		{"Quit", func(r *rig) { r.Quit() }},
		{"the master says quit", func(r *rig) { r.master.Say("quit", nil) }},
		{"the master is gone", func(r *rig) { r.master.Ignore("heartbeat", true) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				var done atomic.Int64
				closedAtQuit := false
				r.on(EVENT_QUIT, func() {
					select {
					case <-r.master.closed:
						closedAtQuit = true
					default:
					}
				})
				r.Run(counted(r.Boomer, "a", 1, 300*time.Millisecond, &done))
				r.spawn(map[string]int{"User": 20}, 5, 7*time.Second+100*time.Millisecond)
				tt.quit(r)
				if err := r.Wait(); err != nil {
					t.Errorf("Wait = %v, want nil", err)
				}
				if got := r.requests()["a"]; got != done.Load() || got == 0 {
					t.Errorf("requests reported = %d, want the %d that were done", got, done.Load())
				}
				if order := r.order(); order[len(order)-1] != "quit" {
					t.Errorf("messages = %v, want quit at the end", order)
				}
				if !closedAtQuit {
					t.Error("EVENT_QUIT came before the connection was closed: a program that ends then loses messages")
				}
			})
		})
	}
}

func TestQuitWithoutMaster(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.master.Ignore("client_ready", true)
		r.Run(&Task{Fn: func() {}})
		time.Sleep(time.Minute)
		began := time.Now()
		r.Quit()
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("Quit took %v without a master, want at most 3s", took)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.master.Ignore("client_ready", true)
		r.Run(&Task{Fn: func() {}})
		if err := r.Wait(); err == nil {
			t.Error("Wait = nil without a master, want an error")
		}
		r.Quit()
	})
	NewBoomer("master", 1).Quit() // never ran: nothing to do
}

func TestPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var calls, good atomic.Int64
		var none []int
		r.Run(&Task{Name: "broken", Weight: 1, Fn: func() {
			calls.Add(1)
			_ = none[calls.Load()]
		}}, &Task{Name: "empty"})
		r.spawn(map[string]int{"User": 1}, 0, time.Minute)
		if n := calls.Load(); n == 0 || n > 75 {
			t.Errorf("%d calls of a task that panics in a minute, want some, but a pause between them", n)
		}
		got := r.messages("exception")
		if len(got) < 60 || len(got) > 75 {
			t.Errorf("%d exceptions in a minute, want about one a second", len(got))
		}
		texts := map[string]int{}
		for _, m := range got {
			data := m.Data.(map[any]any)
			text := data["traceback"].(string)
			texts[text]++
			if strings.Contains(text, "0x") || strings.Contains(text, " in runtime.") {
				t.Errorf("an address, or a frame of the runtime, in a traceback, by which the master groups:\n%s", text)
			}
			if strings.Contains(text, "User.broken") {
				if !strings.Contains(text, "boomer_test.go") || !strings.HasPrefix(data["msg"].(string), "panic: runtime error: index out of range") {
					t.Errorf("exception = %v, want the panic and its place", data)
				}
			}
		}
		if len(texts) != 2 {
			t.Errorf("tracebacks = %v, want one of each task", texts)
		}
		r.Quit()
		r = newRig(t)
		n := 0
		r.Run(counted(r.Boomer, "good", 1, time.Millisecond, &good), &Task{Name: "seldom", Fn: func() {
			if n++; n%10 == 0 {
				panic("now and then")
			}
		}})
		r.spawn(map[string]int{"User": 1}, 0, time.Minute)
		r.Quit()
		if good.Load() < 50_000 {
			t.Errorf("%d good tasks in a minute beside one that panics now and then, want most of 60,000", good.Load())
		}
	})
}

func TestNoTasks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.Run()
		r.spawn(map[string]int{"User": 3}, 0, time.Minute) // a user that spins would not let the clock of the bubble go on
		if got := r.messages("exception"); len(got) != 3 {
			t.Errorf("%d exceptions, want one of each user", len(got))
		}
		stats := r.messages("stats")
		if got := stats[len(stats)-1].Data.(map[any]any)["user_count"]; got != int64(3) {
			t.Errorf("users after a minute = %v, want 3 as the master asked for", got)
		}
		r.stop(time.Second)
		if order := r.order(); order[len(order)-1] != "client_ready" {
			t.Errorf("messages = %v, want the worker to be ready again", order)
		}
		r.Quit()
	})
}

func TestRunClasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var a, b atomic.Int64
		r.RunClasses(map[string][]*Task{
			"Reader": {counted(r.Boomer, "read", 1, time.Second, &a)},
			"Writer": {counted(r.Boomer, "write", 1, time.Second, &b)},
		})
		r.spawn(map[string]int{"Reader": 5, "Writer": 2, "Stranger": 1}, 0, 9500*time.Millisecond)
		r.stop(time.Second)
		if diff := cmp.Diff(map[string]int64{"read": 50, "write": 20}, r.requests()); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
		if got := r.messages("exception"); len(got) != 1 || !strings.Contains(fmt.Sprint(got[0].Data), "Stranger") {
			t.Errorf("exceptions = %v, want one that names the class that is not there", got)
		}
		r.Quit()
	})
}

func TestTwoBoomers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one, two := newRig(t), newRig(t)
		var a, b atomic.Int64
		one.Run(counted(one.Boomer, "one", 1, time.Second, &a))
		two.Run(counted(two.Boomer, "two", 1, time.Second, &b))
		one.spawn(map[string]int{"User": 3}, 0, 0)
		two.spawn(map[string]int{"User": 5}, 0, 3500*time.Millisecond)
		one.Quit()
		time.Sleep(2200 * time.Millisecond)
		two.Quit()
		if diff := cmp.Diff(map[string]int64{"one": a.Load()}, one.requests()); diff != "" || a.Load() != 12 {
			t.Errorf("requests of the first, of which it did %d, want 12 (-want +got):\n%s", a.Load(), diff)
		}
		if diff := cmp.Diff(map[string]int64{"two": b.Load()}, two.requests()); diff != "" || b.Load() != 35 {
			t.Errorf("requests of the second, of which it did %d, want 35 (-want +got):\n%s", b.Load(), diff)
		}
	})
}

func TestRunAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var n atomic.Int64
		r.Run(counted(r.Boomer, "a", 1, time.Second, &n))
		r.Run(counted(r.Boomer, "ignored", 1, time.Second, &n))
		r.Quit()
		r.master = &connection{Master: locusttest.New(), closed: make(chan struct{})}
		r.Run(counted(r.Boomer, "again", 1, time.Second, &n))
		r.spawn(map[string]int{"User": 1}, 0, 5500*time.Millisecond)
		r.Quit()
		if diff := cmp.Diff(map[string]int64{"again": 6}, r.requests()); diff != "" {
			t.Errorf("requests of the second run (-want +got):\n%s", diff)
		}
	})
}

func TestRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.RecordSuccess("GET", "/before", 1, 1) // nobody to tell
		r.Run()
		r.spawn(map[string]int{"User": 1}, 0, time.Second)
		r.RecordSuccess("GET", "/a", 0, 5)
		r.RecordSuccessDuration("GET", "/a", 250*time.Microsecond, 5)
		r.RecordFailure("GET", "/b", 7, "")
		r.RecordFailureDuration("GET", "/b", 1500*time.Microsecond, 33, "refused")
		r.RecordFailure("GET", "/c", -5, "the clock was set back")
		r.Quit()
		type sum struct {
			N, Failed, Length int64
			Time              any
		}
		got := map[string]sum{}
		var failures []string
		for _, m := range r.messages("stats") {
			data := m.Data.(map[any]any)
			for _, row := range data["stats"].([]any) {
				row := row.(map[any]any)
				got[row["name"].(string)] = sum{
					row["num_requests"].(int64), row["num_failures"].(int64), row["total_content_length"].(int64), row["total_response_time"],
				}
			}
			for _, e := range data["errors"].(map[any]any) {
				failures = append(failures, e.(map[any]any)["error"].(string))
			}
		}
		want := map[string]sum{"/a": {2, 0, 10, 0.25}, "/b": {2, 2, 33, 8.5}, "/c": {1, 1, 0, 0.0}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
		slices.Sort(failures)
		if diff := cmp.Diff([]string{"no reason given", "refused", "the clock was set back"}, failures); diff != "" {
			t.Errorf("failures (-want +got):\n%s", diff)
		}
	})
}

func TestEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var log []string
		ready := false
		r.on(EVENT_CONNECTED, func() { log = append(log, "connected") })
		r.on(EVENT_SPAWN, func(users int, rate float64) {
			time.Sleep(30 * time.Second)
			ready = true
			log = append(log, fmt.Sprintf("spawn %d %.0f", users, rate))
		})
		r.on(EVENT_STOP, func() { log = append(log, "stop") })
		r.on(EVENT_QUIT, func() { log = append(log, "quit") })
		var early atomic.Bool
		r.Run(&Task{Fn: func() {
			if !ready {
				early.Store(true)
			}
			time.Sleep(time.Second)
		}})
		r.spawn(map[string]int{"A": 2, "B": 1}, 0, 40*time.Second)
		r.stop(2 * time.Second)
		r.Quit()
		want := []string{"connected", "spawn 3 3", "stop", "connected", "quit"}
		if diff := cmp.Diff(want, log); diff != "" || early.Load() {
			t.Errorf("a user began before the handlers were done: %v; events (-want +got):\n%s", early.Load(), diff)
		}
	})
}

func TestQuitInHandlers(t *testing.T) {
	for _, topic := range []string{EVENT_CONNECTED, EVENT_SPAWN, EVENT_STOP, EVENT_QUIT, "hello"} {
		t.Run(topic, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				var returned atomic.Int64
				began := time.Now()
				quit := func() { r.Quit(); returned.Add(1) }
				switch topic {
				case EVENT_SPAWN:
					r.on(topic, func(int, float64) { quit() })
				case "hello":
					r.on(topic, func(*CustomMessage) { quit() })
				default:
					r.on(topic, quit)
				}
				r.Run(&Task{Fn: func() { time.Sleep(time.Second) }})
				if topic == "hello" {
					r.master.Say(topic, nil)
				}
				r.spawn(map[string]int{"User": 1}, 0, 5*time.Second)
				r.master.Say("stop", nil)
				time.Sleep(5 * time.Second)
				r.master.Say("quit", nil)
				if err := r.Wait(); err != nil {
					t.Error(err)
				}
				if took := time.Since(began); took > 20*time.Second {
					t.Errorf("the end took %v, want at most 10 s of this test and some for the handler", took)
				}
				time.Sleep(5 * time.Second)
				if returned.Load() == 0 {
					t.Error("Quit in a handler does not return")
				}
			})
		})
	}
}
