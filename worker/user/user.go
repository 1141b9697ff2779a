// Package user holds the words in which load is written in Go: a class of users, its tasks, the waits between them, and
// the requests they record. The worker runs what it describes; nothing here knows of Locust's protocol.
package user

import (
	"context"
	"time"
)

// A Class is one kind of user, known to the master by its name: the name of the user class in its locustfile.
// How many users of each class run is the master's decision (weight, fixed_count, class picker, load shapes).
type Class struct {
	// Name is the class's name in the master's locustfile.
	Name string
	// Host is the base URL used when the master names none. The master's host wins, as in Locust.
	Host string
	// Run is one user's whole life, from on_start to on_stop. It returns when the user has no more to do, soon after
	// env.Stopping is closed (the user finishes the task it is in), or at once when ctx is cancelled.
	Run func(ctx context.Context, env *Env)
}

// An Env is what the worker gives to one running user. It belongs to that user's goroutine.
type Env struct {
	// Class is the name of the user's class.
	Class string
	// Host is the base URL of the system under test, "" if neither the master nor the class names one.
	Host string
	// WorkerIndex is the number of the user's worker at the master, from 0; -1 before the master has said it. Workers that share
	// out what they have, such as accounts, each take what its number says.
	WorkerIndex int
	// Stopping is closed when the user is to begin no further task. A wait ends then.
	Stopping <-chan struct{}
	// Done is the context of the user's life: cancelled when the user's time is up.
	Done context.Context //nolint:containedctx // a user is a life with an end, not a call
	// Recorder takes the user's measurements.
	Recorder Recorder
	// Report sends an exception to the master's Exceptions tab.
	Report func(Exception)
	// Send sends a message of your own to the master, whose locustfile has registered for its type
	// (runner.register_message). The data must be something that msgpack can hold.
	Send func(kind string, data any) error
	// Options are the master's parsed command line options, as its spawn message carries them.
	Options map[string]any
	// Tasks are the names of the tasks that the user may do; nil, as usual, means all (the web UI's user class editor).
	Tasks []string
	// Limits are those of a test; nil, as usual, is none.
	Limits *Limits
	// Streams says which events of streams carry data; nil is that streams are not measured.
	Streams *Streams
	// Schedule says when tasks begin, in place of the waits between them; nil, as usual, is none.
	Schedule Schedule

	idle, exit []func()
	timer      *time.Timer // of the waits, one after another
	late       late
	turn       turn
	readings   readings
}

// OnIdle registers f to run whenever the user begins to wait: it gives back what a waiting user need not hold.
func (e *Env) OnIdle(f func()) { e.idle = append(e.idle, f) }

// OnExit registers f to run when the user's life is over, last registered first.
func (e *Env) OnExit(f func()) { e.exit = append(e.exit, f) }

// Idle runs what OnIdle registered.
func (e *Env) Idle() {
	for _, f := range e.idle {
		f()
	}
}

// Exit leaves the streams that have not come to their end, and runs what OnExit registered, last registered first.
func (e *Env) Exit() {
	for r := range e.readings.take(true) {
		r.Leave()
	}
	for i := len(e.exit) - 1; i >= 0; i-- {
		e.exit[i]()
	}
	e.idle, e.exit = nil, nil
}

// Proceed says whether the user may begin another task: not when it has been asked to stop or its time is up. When the
// process has had its GREGARIA_ITERATIONS, it blocks until then.
func (e *Env) Proceed() bool {
	if e.Stopped() {
		return false
	}
	if !e.Limits.Begin() {
		e.Idle()
		select {
		case <-e.Stopping:
		case <-e.Done.Done():
		}
		return false
	}
	return true
}

// Pause is the wait between two tasks: it says whether the user may go on, false as soon as it is asked to stop.
func (e *Env) Pause(d time.Duration) bool {
	e.Idle()
	if d = e.Limits.Wait(d); d <= 0 {
		return !e.Stopped()
	}
	if e.timer == nil {
		e.timer = time.NewTimer(d)
	} else {
		e.timer.Reset(d)
	}
	select {
	case <-e.timer.C:
		return !e.Stopped()
	case <-e.Stopping:
	case <-e.Done.Done():
	}
	e.timer.Stop()
	return false
}

// Stopped says whether the user is to begin nothing more.
func (e *Env) Stopped() bool {
	select {
	case <-e.Stopping:
		return true
	default:
		return e.Done.Err() != nil
	}
}

// An Exception is a task that went wrong, as the master's Exceptions tab shows it.
type Exception struct {
	// Message is the error's text. The master keeps the first one of each traceback.
	Message string
	// Traceback says where it happened. The master groups by this text alone, so it holds no address or value.
	Traceback string
}
