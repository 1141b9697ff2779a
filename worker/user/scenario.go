package user

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"time"
)

// ErrStopUser ends the user for good when a task or OnStart returns it, as Locust's StopUser does. OnStop still runs.
var ErrStopUser = errors.New("user stopped itself")

// ErrReschedule abandons the task that returns it without a word: the user waits, then begins another.
var ErrReschedule = errors.New("task rescheduled")

// A Scenario describes a class of users whose state is an S, one each. It is the Go form of a Locust user class.
type Scenario[S any] struct {
	// Name and Host are the class's.
	Name, Host string
	// Wait is the pause after each task; nil means none.
	Wait Wait
	// New makes the state of a new user; nil means a zero S.
	New func(*Env) *S
	// OnStart runs once before the first task, OnStop once after the last, also when the user is cut off in a task; its
	// context then is a fresh one. An error from OnStart is reported as an exception and ends the user.
	OnStart, OnStop func(*S, context.Context) error
	// Tasks are what the user does: the next one is picked at random by weight.
	Tasks []Task[S]
}

// A Task is one thing a user does. Its method usually is a method expression, (*S).method.
type Task[S any] struct {
	// Name is the task's name in the Exceptions tab.
	Name string
	// Weight is how often the task is picked, relative to its siblings; 0 means 1.
	Weight int
	// Run does it. An error, or a panic, goes to the Exceptions tab; the user waits and goes on, as in Locust.
	Run func(*S, context.Context) error
}

// onStopTime bounds a user's OnStop: a worker that stops waits for it.
const onStopTime = 5 * time.Second

// Class makes the scenario a class that a worker can run. It panics if the scenario has no name or no task.
func (s Scenario[S]) Class() Class {
	if s.Name == "" || len(s.Tasks) == 0 {
		panic("user: a scenario needs a name and at least one task")
	}
	wait := s.Wait
	if wait == nil {
		wait = Constant(0)
	}
	loop := loop[S]{Scenario: s, wait: wait, pick: weighted(s.Tasks)}
	return Class{Name: s.Name, Host: s.Host, Run: loop.run}
}

// weighted lists the index of each task as often as its weight says, as locust.user.task.get_tasks_from_base_classes does.
func weighted[S any](tasks []Task[S]) []int {
	var pick []int
	for i, t := range tasks {
		for range max(t.Weight, 1) {
			pick = append(pick, i)
		}
	}
	return pick
}

type loop[S any] struct {
	Scenario[S]
	wait Wait
	pick []int
}

func (l *loop[S]) run(ctx context.Context, env *Env) {
	state := new(S)
	if l.New != nil {
		state = l.New(env)
	}
	if l.OnStart == nil || l.attempt(ctx, env, "on_start", state, l.OnStart) {
		l.tasks(ctx, env, state)
	}
	if l.OnStop != nil {
		rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), onStopTime)
		defer cancel()
		l.attempt(rest, env, "on_stop", state, l.OnStop)
	}
}

// tasks runs one task after another until the user is asked to stop or stops itself.
func (l *loop[S]) tasks(ctx context.Context, env *Env, state *S) {
	for !env.stopped() {
		task := &l.Tasks[l.pick[rand.IntN(len(l.pick))]]
		began := time.Now()
		err := protect(state, ctx, task.Run)
		if errors.Is(err, ErrStopUser) {
			return
		}
		if err != nil && !errors.Is(err, ErrReschedule) && ctx.Err() == nil {
			env.Report(l.exception(task.Name, err))
		}
		if !env.sleep(l.wait(began)) {
			return
		}
	}
}

// attempt runs a hook and says whether it went well; what went wrong is reported.
func (l *loop[S]) attempt(ctx context.Context, env *Env, name string, state *S, hook func(*S, context.Context) error) bool {
	err := protect(state, ctx, hook)
	if err != nil && !errors.Is(err, ErrStopUser) && ctx.Err() == nil {
		env.Report(l.exception(name, err))
	}
	return err == nil
}

func (l *loop[S]) exception(task string, err error) Exception {
	e := Exception{Message: err.Error(), Traceback: fmt.Sprintf("  Task %s.%s\n", l.Name, task)}
	var p *panicError
	if errors.As(err, &p) {
		e.Traceback += p.stack
	}
	return e
}

// panicError is a panic of a task, with the frames that led to it.
type panicError struct {
	value any
	stack string
}

func (p *panicError) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// protect calls a task and turns a panic into an error: one bad task must not end the worker.
func protect[S any](state *S, ctx context.Context, f func(*S, context.Context) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{v, frames()}
		}
	}()
	return f(state, ctx)
}

// frames lists where the current panic came from, innermost last as Python does, without addresses or goroutine
// numbers, so that one bug is one group in the Exceptions tab.
func frames() string {
	pcs := make([]uintptr, 32)
	n := runtime.Callers(3, pcs)
	it := runtime.CallersFrames(pcs[:n])
	var lines []string
	for {
		f, more := it.Next()
		if strings.Contains(f.Function, "/user.protect[") {
			break
		}
		if !strings.HasPrefix(f.Function, "runtime.") {
			lines = append(lines, fmt.Sprintf("  File %q, line %d, in %s\n", f.File, f.Line, f.Function))
		}
		if !more {
			break
		}
	}
	var b strings.Builder
	for i := len(lines) - 1; i >= 0; i-- {
		b.WriteString(lines[i])
	}
	return b.String()
}
