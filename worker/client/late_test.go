package client

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/worker/user"
)

// TestLoopThatIgnoresItsContext: a task that asks on and on, whatever it is answered, ends where it asks once its user is in
// overtime; OnStop can still ask.
func TestLoopThatIgnoresItsContext(t *testing.T) {
	t.Parallel()
	host, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "abc") })
	var left atomic.Int64
	class := user.Scenario[Session]{
		Name: "Looper", New: New,
		OnStop: func(s *Session, ctx context.Context) error {
			if r := s.Get(ctx, "/bye"); r.OK() {
				left.Add(1)
			}
			return nil
		},
		Tasks: []user.Task[Session]{{Name: "loop", Run: func(s *Session, ctx context.Context) error {
			for {
				s.Get(ctx, "/")
			}
		}}},
	}.Class()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	env := &user.Env{Class: "Looper", Host: host, Done: ctx, Recorder: &recorded{}, Report: func(e user.Exception) { t.Error(e) }}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer env.Exit()
		class.Run(ctx, env)
	}()
	time.Sleep(50 * time.Millisecond)
	cancel()
	env.Overtime()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("the user goes on for 10 s after its time")
	}
	if left.Load() != 1 {
		t.Errorf("OnStop was answered %d times, want once", left.Load())
	}
}
