package locustfile

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/worker/client"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/user"
)

// onStopTime bounds the on_stop methods of a user whose time is up: a worker that stops waits for them.
const onStopTime = 5 * time.Second

// A life is one running user: what its thread holds as Local. It belongs to the user's goroutine.
//
//	phase    what runs                            ends
//	living   __init__, on_start, tasks, waits     when asked to stop, before the next task; or, its time up, at the next
//	                                              thing that waits, at the latest after client.DrainTime
//	ending   on_stop of the sets and of the user  after onStopTime
type life struct {
	file    *File
	t       *python.Thread
	env     *user.Env
	user    *python.Instance
	root    set
	born    bool // it could be made
	running bool // it is in User.run
	waiting bool
	inTask  bool
	paced   pace // by the wait that is being worked out
	stopped bool // by its own stop()

	ctx atomic.Pointer[context.Context] // of the phase

	mu     sync.Mutex // guards what follows against the end of the user's time
	ending bool
	finish context.CancelFunc
}

var _ requests.Owner = (*life)(nil)

func newLife(f *File, t *python.Thread) *life {
	l, ctx := &life{file: f, t: t}, context.Background()
	l.ctx.Store(&ctx)
	l.env = &user.Env{Stopping: make(chan struct{}), Done: ctx, Recorder: f.linked().Recorder, Streams: f.linked().Streams}
	return l
}

// lifeOf returns the life of a User; without User.__init__ there is none.
func lifeOf(v python.Value) (*life, error) {
	if i, ok := v.(*python.Instance); ok {
		if l, ok := i.Data.(*life); ok {
			return l, nil
		}
	}
	return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute '_taskset_instance'", python.TypeOf(v).Name())
}

// Env implements requests.Owner.
func (l *life) Env() *user.Env { return l.env }

// Context implements requests.Owner.
func (l *life) Context() context.Context { return *l.ctx.Load() }

// Exit implements requests.Owner.
func (l *life) Exit() *python.Exception { return python.NewException(l.file.exceptions.greenletExit) }

// live is one user's whole life: what the engine runs.
func (f *File) live(ctx context.Context, env *user.Env, class string) {
	l := &life{file: f, env: env}
	l.ctx.Store(&ctx)
	l.t = f.NewThread()
	l.t.Local = l
	unhook := context.AfterFunc(ctx, l.cut)
	defer unhook()
	err := l.t.Do(func() error { // a panic in Go code becomes an exception there
		return l.begin(class)
	})
	_ = l.t.Do(func() error {
		if err != nil {
			l.unhandled(err)
		}
		if l.born {
			f.births.made[class]--
		}
		return nil
	})
	l.over()
}

// cut runs when the user's time is up: it waits no more, and what it still does may come home.
func (l *life) cut() {
	time.AfterFunc(client.DrainTime, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if !l.ending {
			l.t.Cancel(l.Exit())
		}
	})
}

// end begins the last phase, in which a user whose time is up gets some more.
func (l *life) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ending || l.Context().Err() == nil {
		return
	}
	l.ending = true
	l.t.Cancel(nil)
	rest, cancel := context.WithTimeout(context.Background(), onStopTime)
	l.ctx.Store(&rest)
	l.finish = cancel
	context.AfterFunc(rest, func() {
		time.AfterFunc(client.DrainTime, func() { l.t.Cancel(l.Exit()) }) // what it still does may come home
	})
}

func (l *life) over() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ending = true
	if l.finish != nil {
		l.finish()
	}
}

// begin makes the user and runs it.
func (l *life) begin(class string) error {
	f := l.file
	if f.seed != nil {
		if err := f.seedRandom(l.t); err != nil {
			return err
		}
		f.seed = nil
	}
	v, err := f.bear(l.t, class)
	if err != nil {
		l.reportBirth(err)
		return err
	}
	u, ok := v.(*python.Instance)
	if has, _ := l.t.HasAttr(v, "environment"); !ok || has == nil || l.user == nil {
		err := python.Errorf(python.AssertionError, "Attribute 'environment' is missing on user %s. Perhaps you defined your own "+
			"__init__ and forgot to call the base constructor? (super().__init__(*args, **kwargs))", class)
		l.reportBirth(err)
		return err
	}
	l.born = true
	f.births.made[class]++
	f.look(l.t)
	return l.runs(u)
}

// reportBirth shows that a user could not be made. A Python worker's spawn dies of it with a line in its log, and the
// master waits for ever; here the Exceptions tab says why there are no users.
func (l *life) reportBirth(err error) {
	e := python.AsException(err)
	if !e.IsA(l.file.exceptions.greenletExit) && !e.IsA(python.SystemExit) {
		l.file.markUnhandled(l.t)
	}
	if tb, terr := l.t.GetAttr(e, "__traceback__"); terr == nil && e.IsA(python.ExceptionType) {
		_ = l.file.report(l.t, e, tb) // its str() raises: the log has the rest
	}
}

// run is User.run.
func (l *life) run(u *python.Instance) error {
	l.running = true
	err := l.start(u)
	if err == nil {
		l.meetRoot()
		err = l.runAs(l.t, &l.root)
	}
	l.env.EndTasks()
	if e := python.AsException(err); l.leaves(e) {
		l.end()
		err = l.t.While(e, func() error {
			_, err := l.t.CallMethod(u, "on_stop")
			return err
		})
	}
	return err
}

func (l *life) start(u *python.Instance) error {
	if u.Class().Lookup("on_start") == python.Value(l.file.locust.onStart) && u.Attrs().GetStr("on_start") == nil {
		return nil
	}
	_, err := l.t.CallMethod(u, "on_start")
	if err == nil {
		return nil
	}
	e := python.AsException(err)
	if !e.IsA(python.ExceptionType) {
		return e
	}
	l.file.logException(l.t, "locust.user.users", e)
	if !e.IsA(l.file.exceptions.stopUser) && !e.IsA(l.file.exceptions.stopTest) {
		if err := l.t.While(e, func() error { return l.file.userError(l.t, u, e) }); err != nil {
			return err
		}
	}
	return e
}

// leaves says whether an exception ends a user in order.
func (l *life) leaves(e *python.Exception) bool {
	x := &l.file.exceptions
	return e.IsA(x.greenletExit) || e.IsA(x.stopUser) || e.IsA(x.stopTest)
}

// unhandled is what happens to an exception that nobody caught: the user is gone, its slot stays empty
// (locust.log.greenlet_exception_logger).
func (l *life) unhandled(err error) {
	e := python.AsException(err)
	switch {
	case e.IsA(l.file.exceptions.greenletExit):
	case e.IsA(python.SystemExit): // of the greenlet that spawns, if there is no user yet
		l.file.systemExit(l.t, e, !l.born)
	default:
		l.file.log(levelCritical, "locust.runners", "Unhandled exception in greenlet: the user ends\n"+l.t.Traceback(e))
	}
}

const levelCritical = slog.LevelError + 4

func (f *File) logException(t *python.Thread, logger string, e *python.Exception) {
	text, err := t.Str(e)
	if err != nil {
		text = e.Error()
	}
	f.log(slog.LevelError, logger, text+"\n"+t.Traceback(e))
}

// state is what User._state says.
func (l *life) state() string {
	switch {
	case l.stopped || l.env.Stopped():
		return "stopping"
	case l.waiting:
		return "waiting"
	}
	return "running"
}
