package engine

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// TestUpdateSaysWhatIsNotObeyed: a class in Go has no other attributes; of a locustfile someone else sets them.
func TestUpdateSaysWhatIsNotObeyed(t *testing.T) {
	t.Parallel()
	for _, attributes := range []bool{false, true} {
		var log bytes.Buffer
		e := New([]user.Class{{Name: "A", Run: obedient}}, Services{Attributes: attributes}, slog.New(slog.NewTextHandler(&log, nil)))
		for range 2 {
			e.Update(locust.Update{Class: "A", Rest: map[string]any{"wait": int64(3), "weight": int64(1), "fixed_count": int64(0)}})
			e.Update(locust.Update{Class: "Unknown", Rest: map[string]any{"wait": int64(3)}})
		}
		want := map[bool]int{false: 1, true: 0}[attributes]
		if n := strings.Count(log.String(), "level"); n != want || strings.Count(log.String(), "sets wait of user class A") != want {
			t.Errorf("with attributes %v: log = %s, want %d line about wait", attributes, &log, want)
		}
	}
}

// TestIterationsAreSaid: locust-plugins' option reaches the worker with each spawn message.
func TestIterationsAreSaid(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	e := New(nil, Services{}, slog.New(slog.NewTextHandler(&log, nil)))
	for _, n := range []any{nil, int64(0), int64(5), int64(5)} {
		e.Spawn(locust.Job{Options: map[string]any{"iterations": n}}, func() {})
	}
	if n := strings.Count(log.String(), "--iterations=5"); n != 1 || strings.Count(log.String(), "level") != 1 {
		t.Errorf("log = %s, want one line about --iterations=5", &log)
	}
}

func TestWorkerIndex(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			index func() int
			want  int
		}{{nil, -1}, {func() int { return 2 }, 2}} {
			got := make(chan int, 1)
			e := New([]user.Class{{Name: "A", Run: func(_ context.Context, env *user.Env) { got <- env.WorkerIndex }}},
				Services{Shard: stats.New(1).Shard, Report: func(user.Exception) {}, Index: tt.index}, slog.New(slog.DiscardHandler))
			e.Spawn(job(map[string]int{"A": 1}, 0), func() {})
			if n := <-got; n != tt.want {
				t.Errorf("WorkerIndex = %d, want %d", n, tt.want)
			}
		}
	})
}
