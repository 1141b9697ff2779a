package user

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// onStopTime bounds the OnStop functions of a user that ends: a worker that stops waits for them.
const onStopTime = 5 * time.Second

// A life is one user of a scenario. It runs in the user's goroutine, nested sets and all.
type life[S any] struct {
	*runner[S]
	ctx   context.Context //nolint:containedctx // a user is a life with an end, not a call
	env   *Env
	state *S
	pace  Pace

	rest   context.Context //nolint:containedctx // what is left of the life when it is over, for OnStop
	cancel context.CancelFunc
}

// run is locust.User.run: OnStart, the tasks, OnStop.
func (l *life[S]) run(root *node[S]) {
	l.pace.since = time.Now()
	defer func() {
		if l.cancel != nil {
			l.cancel()
		}
	}()
	err := l.hook(l.ctx, root.OnStart)
	if err != nil && !errors.Is(err, ErrStopUser) && l.ctx.Err() == nil {
		l.report(root.path+".on_start", err)
		return
	}
	switch {
	case err != nil:
	case len(root.steps) == 0:
		l.report(root.path, fmt.Errorf("No tasks defined on %s: --tags and --exclude-tags leave none", root.path)) //nolint:staticcheck // Locust's words
	default:
		err = l.tasks(root)
		if errors.Is(err, errInterrupt) {
			l.report(root.path, err)
		}
	}
	l.leave(root)
}

// enter is locust.TaskSet.run. What it returns is what the task that the set is would return; it never is an interrupt.
func (l *life[S]) enter(n *node[S]) error {
	var out interruption
	switch err := l.hook(l.ctx, n.OnStart); {
	case errors.As(err, &out):
		return out.outside()
	case control(err):
		return err
	case err != nil:
		return &located{n.path + ".on_start", err}
	}
	if err := l.tasks(n); !errors.As(err, &out) {
		l.leave(n)
		return err
	}
	switch err := l.hook(l.ctx, n.OnStop); {
	case errors.Is(err, ErrStopUser):
		return err
	case err != nil && !control(err) && l.ctx.Err() == nil:
		l.report(n.path+".on_stop", err)
	}
	return out.outside()
}

// leave runs a set's OnStop when the user ends: in a time of its own, as the user's may be up.
func (l *life[S]) leave(n *node[S]) {
	if n.OnStop == nil {
		return
	}
	if l.rest == nil {
		l.rest, l.cancel = context.WithTimeout(context.WithoutCancel(l.ctx), onStopTime)
	}
	if err := l.hook(l.rest, n.OnStop); err != nil && !control(err) && l.rest.Err() == nil {
		l.report(n.path+".on_stop", err)
	}
}

// tasks does one task of the set after another. It returns ErrStopUser when the user is to end, or the interruption.
func (l *life[S]) tasks(n *node[S]) error {
	wait, pace := l.wait, &l.pace
	if n.Wait != nil {
		wait, pace = n.Wait, &Pace{since: time.Now()}
	}
	for done := 0; l.env.Proceed(); done++ {
		st := n.next(done)
		err := l.execute(st)
		switch {
		case err == nil:
		case errors.Is(err, ErrStopUser), errors.Is(err, errInterrupt):
			return err
		case errors.Is(err, ErrRescheduleNow):
			l.env.Idle()
			continue
		case !errors.Is(err, ErrReschedule) && l.ctx.Err() == nil:
			l.report(n.path+"."+st.Name, err)
		}
		if !l.env.Pause(wait(pace)) {
			break
		}
	}
	return ErrStopUser
}

func (l *life[S]) execute(st *step[S]) error {
	if st.set != nil {
		return l.enter(st.set)
	}
	return protect(l.state, l.ctx, st.Run)
}

func (l *life[S]) hook(ctx context.Context, f func(*S, context.Context) error) error {
	if f == nil {
		return nil
	}
	return protect(l.state, ctx, f)
}

// control says whether err is not an exception but tells how the user goes on.
func control(err error) bool {
	return errors.Is(err, ErrStopUser) || errors.Is(err, ErrReschedule) || errors.Is(err, ErrRescheduleNow) ||
		errors.Is(err, errInterrupt)
}

// located is an error that was not raised in the task it is reported by.
type located struct {
	path string
	error
}

func (e *located) Unwrap() error { return e.error }

// report sends an exception to the master. The traceback is what it groups by.
func (l *life[S]) report(path string, err error) {
	var elsewhere *located
	if errors.As(err, &elsewhere) {
		path = elsewhere.path
	}
	e := Exception{Message: err.Error(), Traceback: fmt.Sprintf("  Task %s\n", path)}
	var p *panicError
	if errors.As(err, &p) {
		e.Traceback += p.stack
	}
	l.env.Report(e)
}
