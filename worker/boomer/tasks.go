package boomer

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sort"
	"time"

	"gregaria/worker/user"
)

// The pause after a task that panicked: it doubles with each further panic in a row, so that a broken task neither spins
// nor floods the log, and one that panics now and then loses little.
const (
	firstPause   = time.Millisecond
	longestPause = time.Second
)

// minBlock is how long a rate limiter that says no is expected to have blocked; one that has not is asked again after it.
const minBlock = time.Millisecond

// A routine is what the users of one class do: its tasks, at random by weight.
type routine struct {
	tasks  []*Task
	sums   []int // of the weights, up to and including each task's
	actors *actors
	limit  RateLimiter
}

// newRoutine takes the tasks as they are now. A weight below 1 counts as 1.
func newRoutine(tasks []*Task, actors *actors, limit RateLimiter) *routine {
	r := &routine{actors: actors, limit: limit}
	sum := 0
	for _, t := range tasks {
		if t == nil {
			continue
		}
		sum += max(t.Weight, 1)
		r.tasks, r.sums = append(r.tasks, t), append(r.sums, sum)
	}
	return r
}

// pick returns a task.
func (r *routine) pick() *Task {
	n := rand.IntN(r.sums[len(r.sums)-1])
	return r.tasks[sort.SearchInts(r.sums, n+1)]
}

// live is one user's life.
func (r *routine) live(_ context.Context, env *user.Env) {
	if len(r.tasks) == 0 {
		env.Report(user.Exception{
			Message:   "No tasks defined: Run was given none, so its users do nothing",
			Traceback: "  User " + env.Class + "\n",
		})
		<-env.Stopping
		return
	}
	me, leave := r.actors.enter(env)
	defer leave()
	pause := firstPause
	for env.Proceed() {
		if !r.turn(env) || !env.BeginTask() {
			continue
		}
		task := r.pick()
		me.begin()
		p := call(task)
		r.actors.returned(me, time.Since(me.began))
		env.EndTask()
		if p == nil {
			pause = firstPause
			continue
		}
		env.Report(user.Exception{
			Message:   fmt.Sprintf("panic: %v", p.value),
			Traceback: fmt.Sprintf("  Task %s.%s\n%s", env.Class, task.Name, p.stack),
		})
		if env.Schedule != nil { // it says when the next task begins
			continue
		}
		env.Pause(pause)
		pause = min(2*pause, longestPause)
	}
}

// turn waits until the rate limiter lets the user do a task, and says whether it does. It comes before the turn of the master's
// --rate: what a limiter keeps back is late then, and the time of a task has no wait in it.
func (r *routine) turn(env *user.Env) bool {
	switch limit := r.limit.(type) {
	case nil:
		return true
	case interface {
		acquire(stopping <-chan struct{}) bool
	}: // one of ours: it knows how to be interrupted
		if limit.acquire(env.Stopping) {
			return !env.Stopped()
		}
	default:
		began := time.Now()
		if blocked := limit.Acquire(); !blocked {
			return !env.Stopped()
		}
		if time.Since(began) >= minBlock {
			return false
		}
	}
	env.Pause(minBlock)
	return false
}
