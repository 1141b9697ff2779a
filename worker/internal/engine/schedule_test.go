package engine

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A plain Schedule has a task every second while it is on.
type plain struct {
	on, ended bool
	next      time.Time
}

func (s *plain) Begin(options map[string]any) bool {
	s.on = options["gregaria_rate"] != nil
	s.next = time.Now()
	return s.on
}

func (s *plain) End() { s.ended = true }

func (s *plain) Next(stopping, _ <-chan struct{}) (time.Time, bool) {
	s.next = s.next.Add(time.Second)
	select {
	case <-time.After(time.Until(s.next)):
		return s.next, true
	case <-stopping:
		return time.Time{}, false
	}
}

func (s *plain) Ended(time.Duration) {}

// A notebook keeps requests, and samples as the requests that they are.
type notebook struct {
	mu       sync.Mutex // guards requests
	requests []user.Request
}

func (n *notebook) Record(q user.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.requests = append(n.requests, q)
}

func (n *notebook) RecordSample(q stats.Sample) { n.Record(q.Request()) }

// TestSchedule: users have the schedule that the options switch on, and their requests, of both kinds, how late their tasks were.
func TestSchedule(t *testing.T) {
	t.Parallel()
	for _, options := range []map[string]any{nil, {"gregaria_rate": 1.0}} {
		synctest.Test(t, func(t *testing.T) {
			notes, schedule := &notebook{}, &plain{}
			class := user.Scenario[user.Env]{
				Name: "A", Wait: user.Constant(time.Hour), New: func(e *user.Env) *user.Env { return e },
				Tasks: []user.Task[user.Env]{{Name: "task", Run: func(e *user.Env, _ context.Context) error {
					e.Recorder.(stats.Sampler).RecordSample(stats.Sample{Name: "first"})
					e.Record(user.Request{Name: "second"})
					time.Sleep(1200 * time.Millisecond)
					return nil
				}}},
			}.Class()
			e := New([]user.Class{class}, Services{
				Shard: func() user.Recorder { return notes }, Report: func(user.Exception) {}, Schedule: schedule,
			}, slog.New(slog.DiscardHandler))
			e.Spawn(locust.Job{Classes: map[string]int{"A": 1}, Options: options}, func() {})
			time.Sleep(2500 * time.Millisecond)
			done := make(chan struct{})
			e.Stop(2*time.Second, func() { close(done) })
			<-done
			if options == nil {
				if n := len(notes.requests); n != 2 || notes.requests[0].Scheduled || schedule.ended {
					t.Errorf("without a rate: %+v, schedule ended: %v", notes.requests, schedule.ended)
				}
				return
			}
			if len(notes.requests) != 4 || !schedule.ended {
				t.Fatalf("%d requests, want 4 of 2 tasks; schedule ended: %v", len(notes.requests), schedule.ended)
			}
			for i, want := range []time.Duration{0, user.NoTime, 200 * time.Millisecond, user.NoTime} {
				if q := notes.requests[i]; !q.Scheduled || q.Lateness != want {
					t.Errorf("request %d is %v late (%v), want %v", i, q.Lateness, q.Scheduled, want)
				}
			}
		})
	}
}

// TestHeedless: a class in Go with a loop of its own is named, once, unless it takes turns.
func TestHeedless(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		own := func(takesTurns bool) func(context.Context, *user.Env) {
			return func(_ context.Context, env *user.Env) {
				for env.Proceed() {
					if takesTurns && !env.BeginTask() {
						return
					}
					env.Record(user.Request{Name: "round"})
					time.Sleep(100 * time.Millisecond)
					if takesTurns {
						env.EndTask()
					}
				}
			}
		}
		var log bytes.Buffer
		e := New([]user.Class{{Name: "Heedless", Run: own(false)}, {Name: "Heeding", Run: own(true)}}, Services{
			Shard: func() user.Recorder { return &notebook{} }, Report: func(user.Exception) {}, Schedule: &plain{},
		}, slog.New(slog.NewTextHandler(&log, nil)))
		for _, tt := range []struct {
			options map[string]any
			lives   time.Duration
			said    int
		}{{nil, 20 * time.Second, 0}, {map[string]any{"gregaria_rate": 1.0}, 9 * time.Second, 0}, {map[string]any{"gregaria_rate": 1.0}, 20 * time.Second, 1}} {
			e.Spawn(locust.Job{Classes: map[string]int{"Heedless": 2, "Heeding": 1}, Options: tt.options}, func() {})
			time.Sleep(tt.lives)
			done := make(chan struct{})
			e.Stop(2*time.Second, func() { close(done) })
			<-done
			if n := strings.Count(log.String(), "class Heedless do not keep the master's --rate: in 10s"); n != tt.said || strings.Contains(log.String(), "Heeding") {
				t.Errorf("after %v with %v it is said %d times, want %d:\n%s", tt.lives, tt.options, n, tt.said, &log)
			}
		}
	})
}
