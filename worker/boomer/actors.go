package boomer

import (
	"context"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/worker/internal/goroutine"
	"gregaria/worker/internal/requestlog"
	"gregaria/worker/user"
)

// finishTime is the most that users get beyond the master's stop timeout to finish their task.
const finishTime = 10 * time.Second

// hiccup is how much later than ever a task may return because the machine was busy.
const hiccup = 100 * time.Millisecond

// leaveTime is how long a user whose time is up is waited for: as long as a request in flight of a Go class may still take
// (client.DrainTime), shorter than the half second a headless master listens for the last report (MasterRunner.quit).
const leaveTime = 400 * time.Millisecond

// actors are the users that live, by the goroutine in which each does its tasks: boomer's functions do not say for which
// user they are called.
type actors struct {
	late    atomic.Int64 // users whose time is up and who have not ended
	paced   atomic.Int64 // users whose tasks have a schedule
	test    atomic.Int64 // counts tests
	longest atomic.Int64 // the time in ns of the longest task that has returned in this test
	cut     atomic.Int64 // users that were ended where they recorded, and of whom the log does not know yet
	remarks remarks

	shard    func() user.Recorder
	requests *requestlog.Worker // nil: requests are not logged
	hushed   atomic.Bool        // nothing is logged any more

	mu   sync.RWMutex // guards what follows
	all  map[uint64]*actor
	over chan struct{} // closed unless a test is on
}

// An actor is one of them.
type actor struct {
	env   *user.Env
	test  int64
	ended atomic.Bool

	// its goroutine's
	to       user.Recorder // where its requests are logged, and counted
	longest  time.Duration // of its own tasks
	began    time.Time     // its task
	recorded int           // requests of that
}

// begin says that a task begins.
func (me *actor) begin() { me.began, me.recorded = time.Now(), 0 }

func newActors(shard func() user.Recorder, log *slog.Logger) *actors {
	a := &actors{shard: shard, all: map[uint64]*actor{}, over: make(chan struct{})}
	a.remarks.log = log
	close(a.over)
	return a
}

// begin begins a test.
func (a *actors) begin() {
	a.test.Add(1)
	a.longest.Store(0)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.over = make(chan struct{})
}

// end ends the test.
func (a *actors) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	select {
	case <-a.over:
	default:
		close(a.over)
	}
}

// enter makes the calling goroutine that of a user, until leave is called.
func (a *actors) enter(env *user.Env) (me *actor, leave func()) {
	id := goroutine.ID()
	me = &actor{env: env, test: a.test.Load(), to: a.logged(env.Class)}
	a.mu.Lock()
	if id != 0 {
		a.all[id] = me
	}
	a.mu.Unlock()
	unhook := context.AfterFunc(env.Done, func() { a.late.Add(1) })
	if env.Schedule != nil {
		a.paced.Add(1)
	}
	return me, func() {
		if env.Schedule != nil {
			a.paced.Add(-1)
			env.EndTask() // of one that was ended where it recorded
		}
		a.mu.Lock()
		delete(a.all, id)
		a.mu.Unlock()
		if !unhook() {
			a.late.Add(-1)
		}
	}
}

// me returns the user whose goroutine this is, or nil.
func (a *actors) me() *actor {
	id := goroutine.ID()
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.all[id]
}

// stopping is closed when the user whose goroutine this is, or the test if it is nobody's, is to begin nothing more.
func (a *actors) stopping() <-chan struct{} {
	if me := a.me(); me != nil {
		return me.env.Stopping
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.over
}

// returned notes how long a task took.
func (a *actors) returned(me *actor, took time.Duration) {
	if took <= me.longest || me.test != a.test.Load() {
		return
	}
	me.longest = took
	for {
		known := a.longest.Load()
		if int64(took) <= known || a.longest.CompareAndSwap(known, int64(took)) {
			return
		}
	}
}

// finish is how long users may go on with their task after the stop timeout: twice as long as one has taken in this test,
// and something for a hiccup. So what is under way is finished, and tasks that never return, of which nothing is known, hold
// nothing up.
func (a *actors) finish() time.Duration {
	longest := time.Duration(a.longest.Load())
	if longest == 0 {
		return 0
	}
	return min(2*longest+hiccup, finishTime)
}

// logged returns the recorder of one more user of a class, "" if it is none's.
func (a *actors) logged(class string) user.Recorder {
	if a.requests == nil || a.hushed.Load() {
		return a.shard()
	}
	return a.requests.Recorder(class, a.shard())
}

// hush says that what is recorded from now on is reported to nobody: it is not logged.
func (a *actors) hush() { a.hushed.Store(true) }

// looked says whether it matters who records.
func (a *actors) looked() bool {
	return a.late.Load() > 0 || a.paced.Load() > 0 || a.requests != nil
}

// record records q. A user whose time is up ends here, as one of Locust's is killed where it next waits: its
// goroutine runs its deferred calls and is gone, and sends nothing more. That is the only hold there is on a task that does
// not return. A request that comes when the next test is on is none of that test.
func (a *actors) record(q user.Request) {
	if !a.looked() {
		a.shard().Record(q)
		return
	}
	me := a.me()
	if a.paced.Load() > 0 {
		a.remarks.see(me)
	}
	if me == nil {
		a.logged("").Record(q)
		return
	}
	to := me.to
	if a.hushed.Load() {
		to = a.shard()
	}
	q.Lateness, q.Scheduled = me.env.Lateness()
	if me.env.Done.Err() == nil {
		to.Record(q)
		return
	}
	q.Incomplete = me.test != a.test.Load()
	to.Record(q)
	if me.ended.CompareAndSwap(false, true) { // not again in a deferred call
		a.cut.Add(1)
		runtime.Goexit()
	}
}
