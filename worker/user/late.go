package user

import (
	"runtime"
	"sync/atomic"

	"gregaria/worker/internal/goroutine"
)

// A late is what ends a user that does not see that its time is up.
type late struct {
	over      atomic.Bool   // set by the worker: the time has been up for as long as a request in flight may take
	goroutine atomic.Uint64 // the user's; 0 if it is none of a Scenario, or has ended: another one may have its number then
	inTask    bool          // whether a task runs; the user's goroutine's
	ended     bool          // the user was ended in a task; the user's goroutine's
}

// Overtime says that the user's time has been up for as long as a request in flight may still take. The worker calls it.
func (e *Env) Overtime() { e.late.over.Store(true) }

// Leave ends the user if it is in overtime and in a task: the goroutine's deferred calls run, then the OnStop functions. It is
// called wherever a task measures something or asks for a request, so that one that does not look at its context is no load
// for long, as a greenlet of Locust's is killed where it next waits. In a goroutine that the task has started it does nothing.
func (e *Env) Leave() {
	if !e.late.over.Load() {
		return
	}
	if user := e.late.goroutine.Load(); user == 0 || goroutine.ID() != user || !e.late.inTask {
		return
	}
	e.late.inTask, e.late.ended = false, true
	runtime.Goexit()
}
