package user

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// onStopTime bounds the OnStop functions of a user that ends: a worker that stops waits for them.
const onStopTime = 5 * time.Second

// A life is one user of a scenario. It belongs to the user's goroutine.
type life[S any] struct {
	*runner[S]
	ctx   context.Context //nolint:containedctx // a user is a life with an end, not a call
	env   *Env
	state *S
	stays []stay[S] // the scenario and the sets that the user is in, one inside the other
}

// A stay is the time that a user spends in a set.
type stay[S any] struct {
	*node[S]
	done int // tasks
	wait Wait
	pace *Pace
}

// noPause is the pause of a user that goes on at once.
const noPause time.Duration = -1

// begin is the first part of locust.User.run. It says whether the user lives.
func (l *life[S]) begin() bool {
	root := l.selected(l.env)
	l.stays = append(l.stays, stay[S]{node: root, wait: l.wait, pace: &Pace{since: time.Now()}})
	err := l.hook(l.ctx, root.OnStart)
	switch {
	case err != nil && !errors.Is(err, ErrStopUser) && l.ctx.Err() == nil:
		l.report(root.path+".on_start", err)
		return false
	case err == nil && len(root.steps) > 0:
		return true
	case err == nil:
		l.report(root.path, fmt.Errorf("No tasks defined on %s: %s", root.path, l.withoutTasks())) //nolint:staticcheck // Locust's words
	}
	l.end()
	return false
}

// withoutTasks says why the user has no task.
func (l *life[S]) withoutTasks() string {
	if l.env.Tasks != nil {
		return fmt.Sprintf("the master leaves it %q, by name or tag, and it has %q", l.env.Tasks, l.root.names())
	}
	return "--tags and --exclude-tags leave none"
}

// step does the next task of the set that the user is in, or enters a set. It returns the pause after it, and whether the
// user lives on.
func (l *life[S]) step() (pause time.Duration, more bool) {
	in := &l.stays[len(l.stays)-1]
	st := in.next(in.done)
	in.done++
	if st.set == nil {
		if !l.env.BeginTask() {
			return 0, false
		}
		l.env.late.inTask = true
		err := protect(l.state, l.ctx, st.Run)
		l.env.late.inTask = false
		l.env.EndTask()
		return l.after(st.path, err)
	}
	if err := l.enter(st.set); err != nil {
		return l.after(st.path+".on_start", err)
	}
	return noPause, true
}

// after is what locust.TaskSet.run does when a task has ended with err.
func (l *life[S]) after(path string, err error) (pause time.Duration, more bool) {
	var out interruption
	if errors.As(err, &out) && len(l.stays) > 1 {
		err = l.interrupt(out)
	}
	switch {
	case err == nil, errors.Is(err, ErrReschedule):
	case errors.Is(err, ErrRescheduleNow):
		return noPause, true
	case errors.Is(err, ErrStopUser):
		return 0, false
	case l.ctx.Err() == nil:
		l.report(path, err)
		if errors.Is(err, errInterrupt) {
			return 0, false
		}
	}
	return l.pause(), true
}

// pause is the wait after a task.
func (l *life[S]) pause() time.Duration {
	if l.env.Schedule != nil {
		return noPause
	}
	in := &l.stays[len(l.stays)-1]
	d := max(in.wait(in.pace), 0)
	l.env.Paced(in.pace.schedule())
	return d
}

// enter begins a stay, unless the set's OnStart says otherwise. It returns what the set's parent makes of that.
func (l *life[S]) enter(n *node[S]) error {
	var out interruption
	err := l.hook(l.ctx, n.OnStart)
	if errors.As(err, &out) {
		return out.outside()
	}
	if err != nil {
		return err
	}
	in := stay[S]{node: n, wait: l.wait, pace: l.stays[0].pace}
	if n.Wait != nil {
		in.wait, in.pace = n.Wait, &Pace{since: time.Now()}
	}
	l.stays = append(l.stays, in)
	return nil
}

// interrupt ends the innermost stay. It returns what its parent makes of that.
func (l *life[S]) interrupt(out interruption) error {
	n := l.stays[len(l.stays)-1]
	l.stays = l.stays[:len(l.stays)-1]
	switch err := l.hook(l.ctx, n.OnStop); {
	case errors.Is(err, ErrStopUser):
		return err
	case err != nil && !control(err) && l.ctx.Err() == nil:
		l.report(n.path+".on_stop", err)
	}
	return out.outside()
}

// end runs the OnStop of every set that the user is in, innermost first, in a time of its own: the user's may be up.
func (l *life[S]) end() {
	l.env.EndTasks()
	rest, cancel := context.WithTimeout(context.WithoutCancel(l.ctx), onStopTime)
	defer cancel()
	for i := len(l.stays) - 1; i >= 0; i-- {
		n := l.stays[i]
		if err := l.hook(rest, n.OnStop); err != nil && !control(err) && rest.Err() == nil {
			l.report(n.path+".on_stop", err)
		}
	}
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

// report sends an exception to the master. The traceback is what it groups by.
func (l *life[S]) report(path string, err error) {
	e := Exception{Message: err.Error(), Traceback: fmt.Sprintf("  Task %s\n", path)}
	var p *panicError
	if errors.As(err, &p) {
		e.Traceback += p.stack
	}
	l.env.Report(e)
}
