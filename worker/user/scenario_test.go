package user

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A trial is one user of a class in a bubble.
type trial struct {
	env      *Env
	stopping chan struct{}
	cancel   context.CancelFunc
	reported []Exception
	ended    chan struct{}

	mu       sync.Mutex // guards recorded
	recorded []Request
}

// Record implements Recorder as the engine's tally does.
func (l *trial) Record(q Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !q.Apart {
		q.Lateness, q.Scheduled = l.env.Lateness()
	}
	l.recorded = append(l.recorded, q)
}

func begin(c Class) *trial { return beginWith(c, nil, nil) }

func beginWith(c Class, options map[string]any, limits *Limits) *trial {
	return beginEnv(c, &Env{Options: options, Limits: limits})
}

func beginPicked(c Class, tasks []string) *trial { return beginEnv(c, &Env{Tasks: tasks}) }

func beginEnv(c Class, env *Env) *trial {
	ctx, cancel := context.WithCancel(context.Background())
	l := &trial{stopping: make(chan struct{}), cancel: cancel, ended: make(chan struct{})}
	l.env = env
	env.Class, env.Stopping, env.Done = c.Name, l.stopping, ctx
	env.Recorder = l
	env.Report = func(e Exception) { l.reported = append(l.reported, e) }
	go func() {
		defer close(l.ended)
		c.Run(ctx, l.env)
		l.env.Exit()
	}()
	return l
}

// stop asks the user to stop and waits for its end.
func (l *trial) stop() { close(l.stopping); <-l.ended; l.cancel() }

// counter is the state of the users below.
type counter struct {
	started, stopped, a, b int
	fail                   error
}

func (c *counter) start(context.Context) error { c.started++; return c.fail }
func (c *counter) end(context.Context) error   { c.stopped++; return nil }
func (c *counter) doA(context.Context) error   { c.a++; return nil }
func (c *counter) doB(context.Context) error   { c.b++; return nil }

func scenario(c *counter) Scenario[counter] {
	return Scenario[counter]{
		Name: "Counter", Wait: Constant(time.Second), New: func(*Env) *counter { return c },
		OnStart: (*counter).start, OnStop: (*counter).end,
		Tasks: []Task[counter]{{Name: "a", Weight: 3, Run: (*counter).doA}, {Name: "b", Run: (*counter).doB}},
	}
}

func TestWeights(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var c counter
		l := begin(scenario(&c).Class())
		time.Sleep(10_000*time.Second + time.Millisecond)
		l.stop()
		if total := c.a + c.b; total != 10_001 {
			t.Errorf("%d tasks in 10,000 s, want 10,001: one a second", total)
		}
		if share := float64(c.a) / float64(c.a+c.b); share < 0.73 || share > 0.77 {
			t.Errorf("share of the task with weight 3 of 4 = %.3f, want 0.75", share)
		}
		if c.started != 1 || c.stopped != 1 {
			t.Errorf("on_start ran %d times, on_stop %d, want once each", c.started, c.stopped)
		}
	})
}

func TestStopEndsAWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var c counter
		s := scenario(&c)
		s.Wait = Constant(time.Hour)
		l := begin(s.Class())
		time.Sleep(time.Minute)
		began := time.Now()
		l.stop()
		if took := time.Since(began); took != 0 || c.a+c.b != 1 || c.stopped != 1 {
			t.Errorf("ended after %v, %d tasks, on_stop %d times, want 0s, 1, 1", took, c.a+c.b, c.stopped)
		}
	})
}

func TestErrorInOnStartEndsTheUser(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := counter{fail: errors.New("no login")}
		l := begin(scenario(&c).Class())
		<-l.ended
		if c.a+c.b != 0 || len(l.reported) != 1 || l.reported[0].Message != "no login" {
			t.Errorf("%d tasks, reported %v, want none and the error", c.a+c.b, l.reported)
		}
		l.cancel()
	})
}

func TestWhatATaskReturns(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		task    func(n int) error
		tasks   int
		message string
	}{
		{"an error is reported and the user goes on", func(n int) error {
			if n == 1 {
				return errors.New("no story")
			}
			return nil
		}, 3, "no story"},
		{"a panic is reported and the user goes on", func(n int) error {
			if n == 1 {
				panic("nil story")
			}
			return nil
		}, 3, "panic: nil story"},
		{"ErrStopUser ends the user", func(int) error { return fmt.Errorf("enough: %w", ErrStopUser) }, 1, ""},
		{"ErrReschedule is not reported", func(int) error { return ErrReschedule }, 3, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				n := 0
				s := Scenario[counter]{Name: "Teller", Wait: Constant(time.Second), Tasks: []Task[counter]{
					{Name: "tell", Run: func(*counter, context.Context) error { n++; return tt.task(n) }},
				}}
				l := begin(s.Class())
				time.Sleep(2500 * time.Millisecond)
				l.stop()
				if n != tt.tasks {
					t.Errorf("%d tasks in 2.5 s, want %d", n, tt.tasks)
				}
				text := ""
				if len(l.reported) > 0 {
					text = l.reported[0].Message
				}
				if text != tt.message || len(l.reported) > 1 {
					t.Errorf("reported %v, want %q", l.reported, tt.message)
				}
			})
		})
	}
}

func TestTracebackOfAPanicHasNoAddress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := Scenario[counter]{Name: "Teller", Wait: Constant(time.Second), Tasks: []Task[counter]{
			{Name: "tell", Run: func(*counter, context.Context) error { var p *counter; p.a++; return nil }},
		}}
		l := begin(s.Class())
		time.Sleep(1500 * time.Millisecond)
		l.stop()
		if len(l.reported) != 2 || l.reported[0] != l.reported[1] {
			t.Fatalf("reported %v, want one text twice: the master groups by it", l.reported)
		}
		trace := l.reported[0].Traceback
		if !strings.HasPrefix(trace, "  Task Teller.tell\n  File ") || !strings.Contains(trace, "scenario_test.go") || strings.Contains(trace, "0x") {
			t.Errorf("traceback:\n%s", trace)
		}
	})
}

func TestCutUserRunsOnStopWithATimeOfItsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		stopped := errors.New("on_stop did not run")
		s := Scenario[counter]{
			Name: "Slow", Tasks: []Task[counter]{{Name: "slow", Run: func(_ *counter, ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}},
			OnStop: func(_ *counter, ctx context.Context) error { stopped = ctx.Err(); return nil },
		}
		l := begin(s.Class())
		time.Sleep(time.Second)
		l.cancel()
		<-l.ended
		if stopped != nil {
			t.Errorf("on_stop's context: %v, want a live one", stopped)
		}
		if len(l.reported) > 0 {
			t.Errorf("reported %v: being cut off is no exception", l.reported)
		}
	})
}

func TestIdleAndExit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var order []string
		s := Scenario[counter]{
			Name: "A", Wait: Constant(time.Minute),
			New: func(e *Env) *counter {
				e.OnIdle(func() { order = append(order, "idle") })
				e.OnExit(func() { order = append(order, "first") })
				e.OnExit(func() { order = append(order, "last") })
				return &counter{}
			},
			Tasks: []Task[counter]{{Name: "a", Run: (*counter).doA}},
		}
		l := begin(s.Class())
		time.Sleep(time.Second)
		l.stop()
		if got := strings.Join(order, " "); got != "idle last first" {
			t.Errorf("order = %s, want idle last first", got)
		}
	})
}

func TestBetween(t *testing.T) {
	t.Parallel()
	wait := Between(time.Second, 3*time.Second)
	low, high := time.Hour, time.Duration(0)
	for range 10_000 {
		d := wait(&Pace{})
		low, high = min(low, d), max(high, d)
	}
	if low < time.Second || high > 3*time.Second || low > 1100*time.Millisecond || high < 2900*time.Millisecond {
		t.Errorf("10,000 waits were %v to %v, want most of 1s to 3s", low, high)
	}
}

func TestScenarioWithoutTasks(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("Class() of a scenario without tasks returned, want a panic")
		}
	}()
	Scenario[counter]{Name: "A"}.Class()
}

func sorted(set map[string]bool) string { return strings.Join(slices.Sorted(maps.Keys(set)), " ") }
