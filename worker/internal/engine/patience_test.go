package engine

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// TestAbandoned has users that do not end: what they record when nobody waits for them any more is in no later report but
// as incomplete, and the log says what to do.
func TestAbandoned(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		patience Patience
		want     time.Duration // of the stop, whose timeout is 2 s
		advice   string
	}{
		{Patience{}, 2*time.Second + DefaultLeave, "must return when its context is cancelled"},
		{Patience{Finish: func() time.Duration { return time.Second }, Leave: 500 * time.Millisecond, Advice: "look up"}, 3500 * time.Millisecond, "of their time and are no longer waited for: look up"},
	} {
		synctest.Test(t, func(t *testing.T) {
			var log bytes.Buffer
			recorder := stats.New(1)
			e := New([]user.Class{{Name: "A", Run: func(ctx context.Context, env *user.Env) {
				<-ctx.Done()
				env.Record(user.Request{Type: "GET", Name: "in time"})
				time.Sleep(time.Minute)
				env.Record(user.Request{Type: "GET", Name: "late"})
			}}}, Services{Shard: recorder.Shard, Report: func(user.Exception) {}, Patience: tt.patience}, slog.New(slog.NewTextHandler(&log, nil)))
			e.Spawn(locust.Job{Classes: map[string]int{"A": 3}}, func() {})
			began, stopped := time.Now(), make(chan struct{})
			e.Stop(2*time.Second, func() { close(stopped) })
			<-stopped
			if got := time.Since(began); got != tt.want {
				t.Errorf("the stop took %v, want %v", got, tt.want)
			}
			synctest.Wait()
			if !strings.Contains(log.String(), "3 users did not end within") || !strings.Contains(log.String(), tt.advice) {
				t.Errorf("log = %s, want it to say of 3 users %q", log.String(), tt.advice)
			}
			if got := recorder.Take(); got.Total.NumRequests != 3 || got.Incomplete != 0 {
				t.Errorf("%d requests, %d incomplete in the first test, want 3 and 0", got.Total.NumRequests, got.Incomplete)
			}
			recorder.Clear() // the next test
			time.Sleep(time.Hour)
			if got := recorder.Take(); got.Total.NumRequests != 0 || got.Incomplete != 3 {
				t.Errorf("%d requests, %d incomplete in the next test, want 0 and 3", got.Total.NumRequests, got.Incomplete)
			}
		})
	}
}
