package user

import (
	"context"
	"sync/atomic"

	"gregaria/worker/internal/goroutine"
)

// A Scenario describes a class of users whose state is an S, one each. It is the Go form of a Locust user class.
type Scenario[S any] struct {
	// Name and Host are the class's.
	Name, Host string
	// Wait is the pause after each task; nil means none.
	Wait Wait
	// New makes the state of a new user; nil means a zero S.
	New func(*Env) *S
	// OnStart runs once before the first task, OnStop once after the last, also when the user is cut off in a task; its
	// context then is a fresh one. An error from OnStart is reported as an exception and ends the user, as in Locust
	// without OnStop; after ErrStopUser OnStop runs.
	OnStart, OnStop func(*S, context.Context) error
	// Tasks are what the user does: the next one is picked at random by weight.
	Tasks []Task[S]
}

// A Task is one thing a user does: a function, or a set of tasks that the user stays in until one of them interrupts it.
type Task[S any] struct {
	// Name is the task's name in the Exceptions tab; "" means that of the Set.
	Name string
	// Weight is how often the task is picked, relative to its siblings, or repeated in a sequential set; 0 means 1.
	Weight int
	// Tags are what the master's --tags and --exclude-tags pick tasks by, beside those of the sets around it.
	Tags []string
	// Run does it. An error, or a panic, goes to the Exceptions tab; the user waits and goes on, as in Locust. See also
	// ErrStopUser, ErrReschedule, ErrRescheduleNow and Interrupt. Its method usually is a method expression, (*S).method.
	Run func(*S, context.Context) error
	// Set is entered instead, if there is no Run.
	Set *Set[S]
}

// A Set is a group of tasks inside a scenario, Locust's TaskSet. A user who enters it stays, doing one of its tasks after
// another, until one returns Interrupt, or the user stops.
type Set[S any] struct {
	// Name is the set's name in the Exceptions tab.
	Name string
	// Sequential makes the user do the tasks in their order, from the first again after the last, each as often in a row
	// as its weight says (SequentialTaskSet). Otherwise the next one is picked at random by weight.
	Sequential bool
	// Tags are added to those of every task in the set.
	Tags []string
	// Wait is the pause after each task of the set; nil means the scenario's, also in a set within a set.
	Wait Wait
	// OnStart runs whenever a user enters the set, OnStop when the user leaves it or stops in it. An error from OnStart
	// is an exception of the task that the set is: the user does not enter it.
	OnStart, OnStop func(*S, context.Context) error
	// Tasks are what a user does in the set.
	Tasks []Task[S]
}

// Class makes the scenario a class that a worker can run. It panics if the scenario has no name or no task, or a task
// nothing to do: a mistake that shows at once.
func (s Scenario[S]) Class() Class {
	if s.Name == "" {
		panic("user: a scenario needs a name")
	}
	wait := s.Wait
	if wait == nil {
		wait = Constant(0)
	}
	r := &runner[S]{wait: wait, new: s.New, root: newNode(s.Name, &Set[S]{
		Name: s.Name, OnStart: s.OnStart, OnStop: s.OnStop, Tasks: s.Tasks,
	}, nil)}
	return Class{Name: s.Name, Host: s.Host, Run: r.run}
}

// A runner is a scenario, made ready to run.
type runner[S any] struct {
	wait  Wait
	new   func(*Env) *S
	root  *node[S]
	cache atomic.Pointer[selection[S]] // the tasks that the last user's tags picked
}

// run is one user's life. The wait is here, in the loop, and not somewhere below: a goroutine that waits near the
// bottom of its stack gets a small one back from the garbage collector, whatever its task needed.
func (r *runner[S]) run(ctx context.Context, env *Env) {
	l := &life[S]{runner: r, ctx: ctx, env: env, state: new(S)}
	if r.new != nil {
		l.state = r.new(env)
	}
	if !l.begin() {
		return
	}
	env.late.goroutine.Store(goroutine.ID())
	defer env.late.goroutine.Store(0)
	defer func() {
		if env.late.ended { // in a task, by Leave
			l.end()
		}
	}()
	for env.Proceed() {
		if pause, more := l.step(); !more || pause >= 0 && !env.Pause(pause) {
			break
		}
	}
	l.end()
}
