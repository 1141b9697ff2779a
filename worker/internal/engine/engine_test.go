package engine

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// obedient users wait until they are asked to stop.
func obedient(_ context.Context, env *user.Env) { <-env.Stopping }

// busy users finish what they do: only the end of their time stops them.
func busy(ctx context.Context, _ *user.Env) { <-ctx.Done() }

func job(classes map[string]int, stopTimeout float64) locust.Job {
	return locust.Job{Classes: classes, StopTimeout: stopTimeout}
}

func engineOf(classes ...user.Class) *Engine {
	return New(classes, Services{Shard: stats.New(1).Shard, Report: func(user.Exception) {}}, slog.New(slog.DiscardHandler))
}

// counts compares once all users that a command starts have been started.
func counts(t *testing.T, e *Engine, want map[string]int) {
	t.Helper()
	time.Sleep(startTicks * startTick)
	synctest.Wait()
	if diff := cmp.Diff(want, e.Counts()); diff != "" {
		t.Errorf("users: want -, got +\n%s", diff)
	}
}

func TestSpawnByClass(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := engineOf(user.Class{Name: "A", Run: obedient}, user.Class{Name: "B", Run: obedient})
		counts(t, e, map[string]int{"A": 0, "B": 0})
		var done atomic.Int32
		e.Spawn(job(map[string]int{"A": 5, "B": 2}, 0), func() { done.Add(1) })
		counts(t, e, map[string]int{"A": 5, "B": 2})
		e.Spawn(job(map[string]int{"A": 1}, 0), func() { done.Add(1) })
		counts(t, e, map[string]int{"A": 1, "B": 2})
		e.Spawn(job(map[string]int{"A": 3, "B": 0, "Unknown": 4}, 0), func() { done.Add(1) })
		counts(t, e, map[string]int{"A": 3, "B": 0})
		e.Stop(0, func() { done.Add(1) })
		counts(t, e, map[string]int{"A": 0, "B": 0})
		if got := done.Load(); got != 4 {
			t.Errorf("done was called %d times, want once for each of 4 commands", got)
		}
	})
}

func TestAnyClass(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := New(nil, Services{Shard: stats.New(1).Shard, Any: obedient}, slog.New(slog.DiscardHandler))
		e.Spawn(job(map[string]int{"A": 2, "B": 1}, 0), nil)
		counts(t, e, map[string]int{"A": 2, "B": 1})
		e.Stop(0, nil)
		counts(t, e, map[string]int{"A": 0, "B": 0})
	})
}

func TestHost(t *testing.T) {
	t.Parallel()
	master := "http://master"
	tests := []struct {
		class  string
		job    *string
		want   string
		reason string
	}{
		{"http://class", nil, "http://class", "the master names none"},
		{"http://class", &master, master, "the master wins"},
		{"", nil, "", "there is none"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			var got string
			e := engineOf(user.Class{Name: "A", Host: tt.class, Run: func(_ context.Context, env *user.Env) { got = env.Host }})
			e.Spawn(locust.Job{Classes: map[string]int{"A": 1}, Host: tt.job}, func() {})
			synctest.Wait()
			if got != tt.want {
				t.Errorf("host = %q, want %q: %s", got, tt.want, tt.reason)
			}
		})
	}
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var got []string
		e := engineOf(user.Class{Name: "A", Host: "http://class", Run: func(_ context.Context, env *user.Env) {
			got = append(got, fmt.Sprint(env.Host, env.Tasks))
		}})
		e.Spawn(job(map[string]int{"A": 1}, 0), func() {})
		synctest.Wait()
		host := "http://updated"
		e.Update(locust.Update{Class: "A", Host: &host, Tasks: []string{"read"}})
		e.Update(locust.Update{Class: "A"})
		e.Update(locust.Update{Class: "Unknown", Host: &host})
		e.Spawn(job(map[string]int{"A": 1}, 0), func() {})
		synctest.Wait()
		if diff := cmp.Diff([]string{"http://class[]", "http://updated[read]"}, got); diff != "" {
			t.Errorf("users: want -, got +\n%s", diff)
		}
	})
}

func TestStopTimeout(t *testing.T) {
	t.Parallel()
	tests := []struct {
		run     func(context.Context, *user.Env)
		timeout time.Duration
		want    time.Duration
		reason  string
	}{
		{obedient, time.Minute, 0, "users who wait end at once"},
		{busy, time.Minute, time.Minute, "a task may use all of the time"},
		{busy, 0, 0, "no time, no wait"},
		{deaf, time.Second, time.Second + DefaultLeave, "a task that ignores its end is abandoned"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				e := engineOf(user.Class{Name: "A", Run: tt.run})
				e.Spawn(job(map[string]int{"A": 3}, 0), func() {})
				began := time.Now()
				stopped := make(chan struct{})
				e.Stop(tt.timeout, func() { close(stopped) })
				<-stopped
				if got := time.Since(began); got != tt.want {
					t.Errorf("stopped after %v, want %v", got, tt.want)
				}
				counts(t, e, map[string]int{"A": 0})
				time.Sleep(2 * time.Hour) // the deaf ones come to their end too
				counts(t, e, map[string]int{"A": 0})
			})
		})
	}
}

// deaf users hear neither that they should stop nor that their time is up.
func deaf(context.Context, *user.Env) { time.Sleep(time.Hour) }

// TestManyAreStartedOverSomeTime has more users than one tick starts.
func TestManyAreStartedOverSomeTime(t *testing.T) {
	t.Parallel()
	for _, users := range []int{startBatch, 500, 10_000} {
		synctest.Test(t, func(t *testing.T) {
			e := engineOf(user.Class{Name: "A", Run: obedient})
			began := time.Now()
			done := make(chan struct{})
			e.Spawn(job(map[string]int{"A": users}, 0), func() { close(done) })
			<-done
			took := time.Since(began)
			if first := users <= startBatch; first != (took == 0) || took > startTicks*startTick {
				t.Errorf("%d users took %v to start, want no time for a few and at most %v for many", users, took, startTicks*startTick)
			}
			counts(t, e, map[string]int{"A": users})
			e.Stop(0, func() {})
			counts(t, e, map[string]int{"A": 0})
		})
	}
}

// TestCommandsOvertakeAStart stops, or wants fewer users, while the first command still starts them.
func TestCommandsOvertakeAStart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := engineOf(user.Class{Name: "A", Run: obedient})
		overtaken := false
		e.Spawn(job(map[string]int{"A": 1000}, 0), func() { overtaken = true })
		time.Sleep(10 * startTick)
		e.Spawn(job(map[string]int{"A": 20}, 0), func() {})
		counts(t, e, map[string]int{"A": 20})
		e.Spawn(job(map[string]int{"A": 1000}, 0), func() { overtaken = true })
		time.Sleep(10 * startTick)
		stopped := false
		e.Stop(0, func() { stopped = true })
		counts(t, e, map[string]int{"A": 0})
		if overtaken || !stopped {
			t.Errorf("overtaken commands done = %v, stop done = %v, want false, true", overtaken, stopped)
		}
	})
}

// TestRampDownThenUp starts users again while others still finish: those that finish do not count as wanted.
func TestRampDownThenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := engineOf(user.Class{Name: "A", Run: busy})
		e.Spawn(job(map[string]int{"A": 10}, 30), func() {})
		counts(t, e, map[string]int{"A": 10})
		early := false
		e.Spawn(job(map[string]int{"A": 4}, 30), func() { early = true })
		counts(t, e, map[string]int{"A": 10})
		settled := false
		e.Spawn(job(map[string]int{"A": 7}, 30), func() { settled = true })
		counts(t, e, map[string]int{"A": 13})
		time.Sleep(31 * time.Second)
		counts(t, e, map[string]int{"A": 7})
		if early || !settled {
			t.Errorf("overtaken command done = %v, last one done = %v, want false, true", early, settled)
		}
		e.Stop(0, func() {})
		synctest.Wait()
	})
}

func TestUserThatEndsIsNotReplacedUntilTheNextSpawn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		end := make(chan struct{})
		e := engineOf(user.Class{Name: "A", Run: func(_ context.Context, env *user.Env) {
			select {
			case <-end:
			case <-env.Stopping:
			}
		}})
		e.Spawn(job(map[string]int{"A": 3}, 0), func() {})
		synctest.Wait()
		end <- struct{}{}
		counts(t, e, map[string]int{"A": 2})
		e.Spawn(job(map[string]int{"A": 3}, 0), func() {})
		counts(t, e, map[string]int{"A": 3})
		e.Stop(0, func() {})
		synctest.Wait()
	})
}

func TestPanicEndsTheUserOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var reported []user.Exception
		exits := 0
		e := New([]user.Class{{Name: "A", Run: func(_ context.Context, env *user.Env) {
			env.OnExit(func() { exits++ })
			panic("no such story")
		}}}, Services{Shard: stats.New(1).Shard, Report: func(x user.Exception) { reported = append(reported, x) }}, slog.New(slog.DiscardHandler))
		e.Spawn(job(map[string]int{"A": 1}, 0), func() {})
		counts(t, e, map[string]int{"A": 0})
		if len(reported) != 1 || reported[0].Message != "panic: no such story" || exits != 1 {
			t.Errorf("reported %v, exits %d, want the panic once and one exit", reported, exits)
		}
	})
}

func BenchmarkSpawnStop10000(b *testing.B) {
	e := engineOf(user.Class{Name: "A", Run: obedient})
	for b.Loop() {
		started := make(chan struct{})
		e.Spawn(job(map[string]int{"A": 10000}, 0), func() { close(started) })
		<-started
		done := make(chan struct{})
		e.Stop(0, func() { close(done) })
		<-done
	}
}

// TestSpawnOvertakesARampDown has users who take their time to stop: the next command does not wait for them, and gets the
// users it asks for.
func TestSpawnOvertakesARampDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := user.Class{Name: "A", Run: func(ctx context.Context, env *user.Env) {
			<-env.Stopping
			select {
			case <-time.After(5 * time.Second):
			case <-ctx.Done():
			}
		}}
		e := New([]user.Class{slow}, Services{Shard: func() user.Recorder { return nil }}, slog.New(slog.DiscardHandler))
		var done []string
		command := func(name string, n int) {
			e.Spawn(locust.Job{Classes: map[string]int{"A": n}, StopTimeout: 8}, func() { done = append(done, name) })
			time.Sleep(time.Second)
			synctest.Wait()
		}
		command("up", 10)
		command("down", 4)
		command("up again", 6)
		if got := e.Counts()["A"]; got != 12 {
			t.Errorf("users = %d, want the 6 that leave and 6", got)
		}
		command("down again", 5)
		time.Sleep(2500 * time.Millisecond) // the 6 are gone, the last one is not
		synctest.Wait()
		if diff := cmp.Diff([]string{"up", "up again"}, done); diff != "" || e.Counts()["A"] != 6 {
			t.Errorf("%d users; done: want -, got +\n%s", e.Counts()["A"], diff)
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if diff := cmp.Diff([]string{"up", "up again", "down again"}, done); diff != "" || e.Counts()["A"] != 5 {
			t.Errorf("%d users; done: want -, got +\n%s", e.Counts()["A"], diff)
		}
		command("down once more", 1)
		e.Stop(time.Second, func() { done = append(done, "stop") })
		time.Sleep(1100 * time.Millisecond)
		synctest.Wait()
		if last := done[len(done)-1]; last != "stop" || e.Counts()["A"] != 0 {
			t.Errorf("last done = %s with %d users, want the stop with none: its timeout is that of all who leave", last, e.Counts()["A"])
		}
	})
}
