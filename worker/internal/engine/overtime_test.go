package engine

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// TestOvertime has tasks in Go that do not look at their context: they are ended where they next measure something, once a
// request in flight has had its time; OnStop runs, and is not ended itself.
func TestOvertime(t *testing.T) {
	t.Parallel()
	type state struct{ env *user.Env }
	record := func(s *state, name string) { s.env.Record(user.Request{Type: "x", Name: name}) }
	for _, tt := range []struct {
		reason string
		task   func(s *state, ctx context.Context) error
		want   time.Duration // of the stop
	}{
		{"a loop that records", func(s *state, _ context.Context) error {
			for {
				time.Sleep(50 * time.Millisecond)
				record(s, "loop")
			}
		}, 440 * time.Millisecond},
		{"a loop with a timer", func(s *state, _ context.Context) error {
			for {
				timer := s.env.Begin("x", "loop")
				time.Sleep(300 * time.Millisecond)
				timer.End(1, nil)
			}
		}, 590 * time.Millisecond},
		{"a task that measures twice what was in flight", func(s *state, _ context.Context) error {
			time.Sleep(200 * time.Millisecond)
			record(s, "loop")
			time.Sleep(100 * time.Millisecond)
			record(s, "second")
			return nil
		}, 290 * time.Millisecond},
		{"a goroutine of the task's own records", func(s *state, _ context.Context) error {
			done := make(chan struct{})
			go func() {
				defer close(done)
				time.Sleep(time.Second)
				record(s, "loop")
				record(s, "second")
			}()
			<-done
			return nil
		}, 990 * time.Millisecond},
		{"a task that measures nothing", func(*state, context.Context) error { time.Sleep(time.Hour); return nil }, DefaultLeave},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				recorder := stats.New(1)
				var stopped, deferred atomic.Int64
				class := user.Scenario[state]{
					Name: "A", New: func(env *user.Env) *state { return &state{env} },
					OnStop: func(s *state, _ context.Context) error {
						record(s, "first of on_stop")
						record(s, "last of on_stop")
						stopped.Add(1)
						return nil
					},
					Tasks: []user.Task[state]{{Name: "t", Run: func(s *state, ctx context.Context) error {
						defer deferred.Add(1)
						return tt.task(s, ctx)
					}}},
				}.Class()
				e := New([]user.Class{class}, Services{Shard: recorder.Shard, Report: func(user.Exception) {}}, slog.New(slog.DiscardHandler))
				e.Spawn(job(map[string]int{"A": 1}, 0), func() {})
				time.Sleep(6*time.Second + 10*time.Millisecond)
				began, gone := time.Now(), make(chan struct{})
				runs := deferred.Load()
				e.Stop(0, func() { close(gone) })
				<-gone
				if took := time.Since(began); took != tt.want {
					t.Errorf("the stop took %v, want %v", took, tt.want)
				}
				if tt.want == DefaultLeave {
					time.Sleep(time.Hour)
					return
				}
				if stopped.Load() != 1 || deferred.Load() != runs+1 {
					t.Errorf("OnStop ran %d times, want once; the task's deferred call %d, want once", stopped.Load(), deferred.Load()-runs)
				}
				recorder.Take()
				time.Sleep(time.Minute)
				if n := recorder.Take().Total.NumRequests; n > 0 {
					t.Errorf("%d requests were recorded afterwards, want none", n)
				}
			})
		})
	}
}
