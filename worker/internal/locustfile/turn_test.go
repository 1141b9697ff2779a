package locustfile

import (
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

const fires = `
import time
from locust import User, TaskSet, task, constant, constant_pacing, constant_throughput

class Fires(User):
    abstract = True
    n = 0
    def fire(self, name):
        self.environment.events.request.fire(request_type="x", name=name, response_time=1, response_length=0, exception=None, context={})
    def on_start(self):
        self.fire("on_start")
    def on_stop(self):
        self.fire("on_stop")
`

// TestLateness has files whose second task takes too long for their pacing.
func TestLateness(t *testing.T) {
	t.Parallel()
	const task = `
    @task
    def t(self):
        self.n += 1
        self.fire("first")
        self.fire("second")
        time.sleep(1.2 if self.n == 2 else 0)
        if self.n == 4:
            print("done")
`
	nested := strings.ReplaceAll(strings.ReplaceAll(task, "\n    ", "\n        "), "self.", "self.user.")
	missed := func(late float64) [2]any { return [2]any{user.Missed, late} }
	slipped := [][2]any{
		{"on_start", nil}, {"first", nil}, {"second", nil}, {"first", 0.0}, {"second", -1.0}, // due at 0.5, ends at 1.7
		missed(0.2), {"first", 0.7}, {"second", -1.0}, // due at 1.0; that of 1.5 never began
		{"first", 0.0}, {"second", -1.0}, {"on_stop", nil},
	}
	plain := [][2]any{
		{"on_start", nil},
		{"first", nil},
		{"second", nil},
		{"first", nil},
		{"second", nil},
		{"first", nil},
		{"second", nil},
		{"first", nil},
		{"second", nil},
		{"on_stop", nil},
	}
	for _, tt := range []struct {
		reason, text string
		want         [][2]any // a name, and the lateness in seconds: nil without a schedule, -1 in a request that is not the first
	}{
		{"constant_pacing", "class U(Fires):\n    wait_time = constant_pacing(0.5)\n" + task, slipped},
		{"constant_throughput", "class U(Fires):\n    wait_time = constant_throughput(2)\n" + task, slipped},
		{"called by a wait of the file's own", "class U(Fires):\n    wait_time = lambda self: constant_pacing(0.5)(self)\n" + task, slipped},
		{"of a task set", "class U(Fires):\n    @task\n    class Inner(TaskSet):\n        wait_time = constant_pacing(0.5)\n" + nested, slipped},
		{"constant has no schedule", "class U(Fires):\n    wait_time = constant(0.05)\n" + task, plain},
		{"nor has a pacing of nothing", "class U(Fires):\n    wait_time = constant_pacing(0)\n" + strings.Replace(task, `print("done")`, `print("done"); time.sleep(60)`, 1), plain},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			t.Parallel()
			r := start(t, fires+tt.text, nil)
			r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}})
			r.prints(t, "done")
			r.stop(t, 0)
			r.mu.Lock()
			defer r.mu.Unlock()
			if len(r.requests) != len(tt.want) {
				t.Fatalf("%d requests, want %d: %+v", len(r.requests), len(tt.want), r.requests)
			}
			for i, q := range r.requests {
				name, late := tt.want[i][0], tt.want[i][1]
				if q.Name != name && q.Type != name || q.Scheduled != (late != nil) || q.Apart != (name == user.Missed) {
					t.Errorf("request %d is %+v, want %v", i, q, tt.want[i])
				}
				if want, ok := late.(float64); ok && want >= 0 && math.Abs(q.Lateness.Seconds()-want) > 0.15 || late == -1.0 && q.Lateness != user.NoTime {
					t.Errorf("request %d (%v) is %v late, want %v s", i, name, q.Lateness, late)
				}
			}
		})
	}
}

// A timetable is a schedule with a task every so often.
type timetable struct {
	every time.Duration

	mu           sync.Mutex // guards what follows
	next         time.Time
	given, ended int
}

func (s *timetable) Begin(map[string]any) bool { s.next = time.Now(); return true }
func (s *timetable) End()                      {}

func (s *timetable) Next(stopping, _ <-chan struct{}) (time.Time, bool) {
	s.mu.Lock()
	s.next = s.next.Add(s.every)
	due := s.next
	s.mu.Unlock()
	select {
	case <-time.After(time.Until(due)):
		s.mu.Lock()
		defer s.mu.Unlock()
		s.given++
		return due, true
	case <-stopping:
		return time.Time{}, false
	}
}

func (s *timetable) Ended(time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended++
}

// TestSchedule has a file under a --rate: every task and every wait() within one takes a turn, whatever the waits are; sets, interrupts and
// exceptions do not.
func TestSchedule(t *testing.T) {
	t.Parallel()
	schedule := &timetable{every: 20 * time.Millisecond}
	r := startUnder(t, Config{Sources: []Source{{Path: "locustfile.py", Remote: true, Text: []byte(fires + `
class U(Fires):
    wait_time = constant(3600)
    turns = 0
    def took(self, name, turns=1):
        self.fire(name)
        U.turns += turns
        if U.turns == 40:
            print("done")
    @task
    def plain(self):
        self.took("plain")
    @task
    def fails(self):
        self.took("fails")
        raise ValueError("no")
    @task
    def waits(self):
        self.took("waits")
        self.wait()
        self.took("waited")
    @task
    class Inner(TaskSet):
        wait_time = constant(3600)
        @task
        def leaves(self):
            self.user.took("leaves")
            self.interrupt()
        @task
        def stays(self):
            self.user.took("stays")
`)}}}, engine.Services{Schedule: schedule})
	r.spawn(t, locust.Job{Classes: map[string]int{"U": 1}})
	r.prints(t, "done")
	began := time.Now()
	schedule.mu.Lock()
	schedule.next = schedule.next.Add(time.Hour)
	schedule.mu.Unlock()
	r.stop(t, time.Minute)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("a user that waits for its turn took %v to stop", took)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, q := range r.requests {
		if q.Name == "on_start" || q.Name == "on_stop" {
			if q.Scheduled {
				t.Errorf("%s has a schedule", q.Name)
			}
			continue
		}
		n++
		if !q.Scheduled || q.Lateness < 0 {
			t.Errorf("%+v has no time to begin at, and is the only request of its turn", q)
		}
	}
	if n != schedule.given || n < 40 || schedule.ended < n-1 {
		t.Errorf("%d turns were given, %d requests made, one a turn; %d turns ended", schedule.given, n, schedule.ended)
	}
}
