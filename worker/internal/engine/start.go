package engine

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

// Users of one command are started over some time, not in one instant: a few each tick, and the more the more there are,
// so that even thousands take no longer than half a second. Users who start together connect, ask and wait together, and
// again after each wait of the same length; what they would measure then is this process's own queue.
const (
	startTick  = time.Millisecond
	startBatch = 8
	startTicks = 500
)

// begin starts one user of each class named in missing, some at once and the rest tick by tick, unless another command
// comes before.
func (e *Engine) begin(missing []string, job *locust.Job) {
	e.command++
	e.missing = missing
	batch := max(startBatch, (len(missing)+startTicks-1)/startTicks)
	e.startSome(batch, job)
	if len(e.missing) > 0 {
		go e.startRest(e.command, batch, job)
	}
}

func (e *Engine) startRest(command, batch int, job *locust.Job) {
	tick := time.NewTicker(startTick)
	defer tick.Stop()
	for range tick.C {
		if !e.startMore(command, batch, job) {
			return
		}
	}
}

// startMore says whether there is more to start.
func (e *Engine) startMore(command, batch int, job *locust.Job) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if command != e.command {
		return false
	}
	e.startSome(batch, job)
	if len(e.missing) > 0 {
		return true
	}
	e.settle(e.settled)
	return false
}

func (e *Engine) startSome(n int, job *locust.Job) {
	n = min(n, len(e.missing))
	for _, name := range e.missing[:n] {
		e.start(e.groups[name], e.classes[name], job)
	}
	e.missing = e.missing[n:]
}

// start begins one user's life.
func (e *Engine) start(g *group, class user.Class, job *locust.Job) {
	ctx, cancel := context.WithCancel(context.Background())
	recorder := e.services.Shard()
	if e.services.Observe != nil {
		recorder = e.services.Observe(class.Name, recorder)
	}
	m := &member{
		group: g, slot: len(g.active), stop: make(chan struct{}), cancel: cancel, tally: &tally{Recorder: recorder},
	}
	g.active = append(g.active, m)
	g.alive++
	host := class.Host
	if job.Host != nil && *job.Host != "" {
		host = *job.Host
	}
	env := &user.Env{
		Class: class.Name, Host: host, WorkerIndex: e.services.Index(), Stopping: m.stop, Done: ctx, Recorder: m.tally,
		Report: e.services.Report, Send: e.services.Send, Options: job.Options, Tasks: e.tasks[class.Name], Limits: e.services.Limits,
		Streams: e.services.Streams, Schedule: e.turns,
	}
	m.tally.env = env
	go e.live(ctx, m, class, env)
}

// live runs one user to its end. A panic in a class's own code ends that user, not the worker.
func (e *Engine) live(ctx context.Context, m *member, class user.Class, env *user.Env) {
	defer e.end(m)
	defer env.Exit()
	defer func() {
		if v := recover(); v != nil {
			e.log.Error(fmt.Sprintf("A user of class %s ended by a panic: %v\n%s", class.Name, v, debug.Stack()))
			e.services.Report(user.Exception{Message: fmt.Sprintf("panic: %v", v), Traceback: "  User " + class.Name + "\n"})
		}
	}()
	defer e.heedless(env, time.Now())
	class.Run(ctx, env)
}

// longStart is how long an on_start takes at most, for all that the engine knows.
const longStart = 10 * time.Second

// heedless says that a class does not begin its tasks by the master's --rate, when one of its users has lived long without it.
func (e *Engine) heedless(env *user.Env, began time.Time) {
	if env.Schedule == nil || env.AsksForTurns() || time.Since(began) < longStart {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.once(fmt.Sprintf("Users of class %s do not keep the master's --rate: in %v they have begun no task by it. Give them tasks; "+
		"in Go a Class.Run with a loop of its own calls BeginTask and EndTask of its Env around each", env.Class, longStart))
}
