package locustfile

import (
	"log/slog"
	"time"

	"gregaria/worker/internal/python"
)

// runSet is TaskSet.run: it ends with an exception only.
func (l *life) runSet(t *python.Thread, s *set) error {
	x := &l.file.exceptions
	if s.inst != nil {
		if err := l.hook(t, s, "on_start", l.file.locust.setOnStart); err != nil {
			if e := python.AsException(err); e.IsA(x.interrupt) {
				return l.outside(t, e)
			}
			return err
		}
	}
	for {
		err := l.step(t, s)
		if err == nil {
			continue
		}
		e := python.AsException(err)
		switch {
		case e.IsA(x.interrupt):
			if err := t.While(e, func() error { return l.leaveSet(t, s, true) }); err != nil {
				return err
			}
			return l.outside(t, e)
		case l.leaves(e):
			l.end()
			if err := t.While(e, func() error { return l.leaveSet(t, s, false) }); err != nil {
				return err
			}
			return e
		case e.IsA(python.ExceptionType):
			if err := t.While(e, func() error { return l.failed(t, s, e) }); err != nil {
				return err
			}
		default:
			return e
		}
	}
}

// step does the next task and waits after it.
func (l *life) step(t *python.Thread, s *set) error {
	x := &l.file.exceptions
	l.meetRoot()
	if len(s.queue) == 0 {
		task, err := l.next(t, s)
		if err != nil {
			return err
		}
		s.queue = append(s.queue, task)
	}
	if err := l.proceed(t); err != nil {
		return err
	}
	var err error
	if l.ours(s, "execute_next_task", l.file.locust.executeNext) {
		err = l.executeNext(t, s)
	} else {
		_, err = t.CallMethod(s.inst, "execute_next_task")
	}
	if err != nil {
		e := python.AsException(err)
		if e.IsA(x.rescheduleNow) {
			return nil
		}
		if !e.IsA(x.reschedule) {
			return e
		}
		return t.While(e, func() error { return l.waitFor(t, s) })
	}
	return l.waitFor(t, s)
}

// waitFor is self.wait(), which a set may override.
func (l *life) waitFor(t *python.Thread, s *set) error {
	if l.ours(s, "wait", l.file.locust.wait) {
		return l.wait(t, s)
	}
	_, err := t.CallMethod(s.inst, "wait")
	return err
}

// proceed says, with an exception, that the user is to begin nothing more.
func (l *life) proceed(t *python.Thread) error {
	ok := !l.stopped
	if ok && l.env.Limits != nil { // it may have to wait until it is asked to stop
		t.Unlock()
		ok = l.env.Proceed()
		t.Lock()
	} else if ok {
		ok = !l.env.Stopped()
	}
	if ok {
		return nil
	}
	if l.env.Done.Err() != nil {
		return l.Exit()
	}
	return python.NewException(l.file.exceptions.stopUser)
}

// next is self.get_next_task().
func (l *life) next(t *python.Thread, s *set) (python.Value, error) {
	if s.inst == nil {
		return l.pick(t, l.user, "Use")
	}
	if s.inst.HasOwn("get_next_task") {
		return t.CallMethod(s.inst, "get_next_task")
	}
	switch s.inst.Class().Lookup("get_next_task") {
	case python.Value(l.file.locust.getNextRoot):
		return l.pick(t, l.user, "Use")
	case python.Value(l.file.locust.getNextSeq):
		return s.nextInOrder(t)
	case python.Value(l.file.locust.getNext):
		return l.pick(t, s.inst, "use")
	}
	return t.CallMethod(s.inst, "get_next_task")
}

// pick is random.choice(holder.tasks). use is how the advice for a holder without tasks begins.
func (l *life) pick(t *python.Thread, holder *python.Instance, use string) (python.Value, error) {
	tasks, err := l.file.sites.tasks.Get(t, holder)
	if err != nil {
		return nil, err
	}
	some, err := t.Truth(tasks)
	if err != nil {
		return nil, err
	}
	if !some {
		return nil, l.noTasks(t, holder, use)
	}
	choice, err := l.file.sites.choice.Get(t, l.file.random)
	if err != nil {
		return nil, err
	}
	return t.Call(choice, tasks)
}

func (l *life) noTasks(t *python.Thread, holder *python.Instance, use string) error {
	extra := "."
	if v, err := t.HasAttr(holder, "task"); err == nil && v != nil {
		if set, err := t.Truth(v); set && err == nil {
			extra = ", but you have set a 'task' attribute - maybe you meant to set 'tasks'?"
			if use == "Use" {
				extra = ", but you have set a 'task' attribute on your class - maybe you meant to set 'tasks'?"
			}
		}
	}
	text := "No tasks defined on " + holder.Class().Name() + extra + " " + use + " the @task decorator or set the 'tasks' attribute of the "
	if use == "Use" {
		text += "User (or mark it as abstract = True if you only intend to subclass it)"
	} else {
		text += "TaskSet"
	}
	return python.NewException(python.ExceptionType, python.NewStr(text))
}

func (l *life) executeNext(t *python.Thread, s *set) error {
	task := s.queue[0]
	copy(s.queue, s.queue[1:])
	s.queue[len(s.queue)-1] = nil
	s.queue = s.queue[:len(s.queue)-1]
	if l.ours(s, "execute_task", l.file.locust.execute) || l.ours(s, "execute_task", l.file.locust.executeRoot) {
		return l.execute(t, s, task)
	}
	_, err := t.CallMethod(s.inst, "execute_task", task)
	return err
}

// execute is execute_task of TaskSet, and of DefaultTaskSet, whose tasks get the user.
func (l *life) execute(t *python.Thread, s *set, task python.Value) error {
	var self python.Value = s.inst
	if s.inst == nil || s.inst.Class().Is(l.file.locust.rootSet) {
		self = l.user
	}
	switch task := task.(type) {
	case *python.Type:
		if task.Is(l.file.locust.taskSet) {
			return l.enter(t, task, self)
		}
	case *python.BoundMethod:
		if task.Self() == self {
			return l.task(t, func() error { _, err := t.Call(task); return err })
		}
	}
	return l.task(t, func() error { _, err := t.Call(task, self); return err })
}

// enter runs a nested set.
func (l *life) enter(t *python.Thread, class *python.Type, parent python.Value) error {
	v, err := t.Call(class, parent)
	if err != nil {
		return err
	}
	s, err := setOf(v)
	if err != nil {
		return err
	}
	return l.runAs(t, s)
}

// runAs is the method run of a set.
func (l *life) runAs(t *python.Thread, s *set) error {
	if l.ours(s, "run", l.file.locust.setRun) {
		return l.runSet(t, s)
	}
	_, err := t.CallMethod(s.inst, "run")
	return err
}

// outside is what the parent of a set makes of an interrupt.
func (l *life) outside(t *python.Thread, e *python.Exception) error {
	reschedule, err := t.GetAttr(e, "reschedule")
	if err != nil {
		return err
	}
	now, err := t.Truth(reschedule)
	if err != nil {
		return err
	}
	if now {
		return python.NewException(l.file.exceptions.rescheduleNow, reschedule)
	}
	return python.NewException(l.file.exceptions.reschedule, reschedule)
}

func (l *life) hook(t *python.Thread, s *set, name string, own *python.Native) error {
	if l.ours(s, name, own) {
		return nil
	}
	_, err := t.CallMethod(s.inst, name)
	return err
}

// leaveSet calls a set's on_stop. What it raises is logged; with strict, what ends a user is passed on.
func (l *life) leaveSet(t *python.Thread, s *set, strict bool) error {
	if s.inst == nil {
		return nil
	}
	err := l.hook(t, s, "on_stop", l.file.locust.setOnStop)
	if err == nil {
		return nil
	}
	e := python.AsException(err)
	if !e.IsA(python.ExceptionType) || strict && l.leaves(e) {
		return e
	}
	l.file.log(slog.LevelError, "root", "Uncaught exception in on_stop: \n"+t.Traceback(e))
	return nil
}

// failed is what follows an exception in a task: the master is told, and the user waits.
func (l *life) failed(t *python.Thread, s *set, e *python.Exception) error {
	if err := l.file.userError(t, l.instance(s), e); err != nil {
		return err
	}
	catch, err := t.GetAttr(l.file.environment, "catch_exceptions")
	if err != nil {
		return err
	}
	if caught, err := t.Truth(catch); !caught || err != nil {
		return e
	}
	l.file.logException(t, "locust.user.task", e)
	return l.waitFor(t, s)
}

// instance returns the Python object of a set.
func (l *life) instance(s *set) python.Value {
	if s.inst != nil {
		return s.inst
	}
	l.root.inst, l.root.parent = python.NewInstance(l.file.locust.rootSet, &l.root), l.user
	return l.root.inst
}

// wait is TaskSet.wait.
func (l *life) wait(t *python.Thread, s *set) error {
	if l.stopped || l.env.Stopped() {
		if l.env.Done.Err() != nil {
			return l.Exit()
		}
		return python.NewException(l.file.exceptions.stopUser)
	}
	if l.env.Schedule != nil {
		return l.waitInTask(t)
	}
	l.waiting = true
	defer func() { l.waiting = false }()
	l.paced = pace{}
	seconds, err := l.waitTime(t, s)
	if err != nil {
		return err
	}
	l.env.Paced(l.paced.due, l.paced.every)
	if l.ours(s, "_sleep", l.file.locust.sleep) {
		return l.pause(t, seconds)
	}
	if _, err := t.CallMethod(s.inst, "_sleep", seconds); err != nil {
		return err
	}
	if l.stopped || l.env.Stopped() {
		return python.NewException(l.file.exceptions.stopUser)
	}
	return nil
}

// waitTime is self.wait_time().
func (l *life) waitTime(t *python.Thread, s *set) (python.Value, error) {
	if l.ours(s, "wait_time", l.file.locust.waitTime) {
		return l.userWaitTime(t, s)
	}
	return t.CallMethod(s.inst, "wait_time")
}

// userWaitTime is TaskSet.wait_time.
func (l *life) userWaitTime(t *python.Thread, s *set) (python.Value, error) {
	fn, self, err := l.file.sites.waitTime.Method(t, l.user)
	if err != nil {
		return nil, err
	}
	if self {
		return t.CallWith(fn, l.user)
	}
	if set, err := t.Truth(fn); err != nil {
		return nil, err
	} else if set {
		return t.Call(fn)
	}
	var holder python.Value = l.user
	if s != &l.root {
		holder = s.inst
	}
	low, err := t.GetAttr(holder, "min_wait")
	if err != nil {
		return nil, err
	}
	high, err := t.GetAttr(holder, "max_wait")
	if err != nil {
		return nil, err
	}
	if low == python.None || high == python.None {
		return nil, python.NewException(l.file.exceptions.missingWait, python.NewStr("You must define a wait_time method on either "+
			"the {type(self.user).__name__} or {type(self).__name__} class")) // Locust's text, which lacks its f
	}
	ms, err := t.CallMethod(l.file.random, "randint", low, high)
	if err != nil {
		return nil, err
	}
	return t.BinaryOp("/", ms, python.Float(1000))
}

// pause waits between two tasks.
func (l *life) pause(t *python.Thread, seconds python.Value) error {
	x, err := t.ToFloat(seconds)
	if err != nil {
		return err
	}
	d := duration(x)
	t.Unlock()
	ok := l.env.Pause(d)
	t.Lock()
	if !ok || l.stopped {
		return l.Exit()
	}
	return nil
}

// duration is a number of seconds, as long as a Duration can be.
func duration(seconds float64) time.Duration {
	const most = float64(1<<62) / float64(time.Second)
	return time.Duration(min(max(seconds, 0), most) * float64(time.Second))
}
