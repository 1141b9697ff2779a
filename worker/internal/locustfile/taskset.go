package locustfile

import (
	"time"

	"gregaria/worker/internal/python"
)

// A set is the Go state of a TaskSet: a stay of one user in it. A user's own tasks are in a set too, its root, whose Python
// object is made only if someone asks for it.
type set struct {
	pacing
	life   *life
	inst   *python.Instance
	parent python.Value
	queue  []python.Value // scheduled tasks
	cycle  []python.Value // of a SequentialTaskSet
	turn   int
}

// newTaskSets makes TaskSet, SequentialTaskSet and DefaultTaskSet (locust/user/task.py, sequential_taskset.py).
func (f *File) newTaskSets() {
	types := &f.locust
	types.setOnStart = python.Func("on_start(self)", nothing)
	types.setOnStop = python.Func("on_stop(self)", nothing)
	types.wait = f.setMethod("wait(self)", func(t *python.Thread, s *set, _ []python.Value) (python.Value, error) {
		return python.None, s.life.wait(t, s)
	})
	types.getNext = f.setMethod("get_next_task(self)", func(t *python.Thread, s *set, _ []python.Value) (python.Value, error) {
		return s.life.pick(t, s.inst, "use")
	})
	execute := func() *python.Native { // two that are told apart: what is put in place of the one is not in place of the other
		return f.setMethod("execute_task(self, task)", func(t *python.Thread, s *set, a []python.Value) (python.Value, error) {
			return python.None, s.life.execute(t, s, a[1])
		})
	}
	types.execute, types.executeRoot = execute(), execute()
	types.executeNext = f.setMethod("execute_next_task(self)", func(t *python.Thread, s *set, _ []python.Value) (python.Value, error) {
		return python.None, s.life.executeNext(t, s)
	})
	types.setRun = f.setMethod("run(self)", func(t *python.Thread, s *set, _ []python.Value) (python.Value, error) {
		return python.None, s.life.runSet(t, s)
	})
	types.waitTime = f.setMethod("wait_time(self)", func(t *python.Thread, s *set, _ []python.Value) (python.Value, error) {
		return s.life.userWaitTime(t, s)
	})
	types.sleep = f.setMethod("_sleep(self, seconds)", func(t *python.Thread, s *set, a []python.Value) (python.Value, error) {
		return python.None, s.life.pause(t, a[1])
	})
	types.taskSet = python.NewClass(python.ClassSpec{
		Name: "TaskSet", Module: "locust.user.task", Attrs: f.setAttrs(),
		OnSubclass: func(t *python.Thread, cls *python.Type, _ python.Args) error { return f.collectTasks(t, cls) },
		Methods: append(f.setMethods(), types.setOnStart, types.setOnStop, types.wait, types.getNext, types.execute, types.executeNext,
			types.setRun, types.waitTime, types.sleep),
	})
	types.getNextSeq = f.setMethod("get_next_task(self)", func(t *python.Thread, s *set, _ []python.Value) (python.Value, error) {
		return s.nextInOrder(t)
	})
	types.sequential = python.NewClass(python.ClassSpec{
		Name: "SequentialTaskSet", Module: "locust.user.sequential_taskset", Bases: []*python.Type{types.taskSet},
		OnSubclass: func(t *python.Thread, cls *python.Type, _ python.Args) error { return f.collectInOrder(t, cls) },
		Methods:    []*python.Native{types.getNextSeq},
	})
	types.getNextRoot = f.setMethod("get_next_task(self)", func(t *python.Thread, s *set, _ []python.Value) (python.Value, error) {
		return s.life.pick(t, s.life.user, "Use")
	})
	types.rootSet = python.NewClass(python.ClassSpec{
		Name: "DefaultTaskSet", Module: "locust.user.task", Bases: []*python.Type{types.taskSet},
		Methods: []*python.Native{types.getNextRoot, types.executeRoot},
	})
	types.rootVersion = types.rootSet.Version()
}

// setMethod makes a method of a set.
func (f *File) setMethod(sig string, run func(t *python.Thread, s *set, a []python.Value) (python.Value, error)) *python.Native {
	return python.Func(sig, func(t *python.Thread, a []python.Value) (python.Value, error) {
		s, err := setOf(a[0])
		if err != nil {
			return nil, err
		}
		return run(t, s, a)
	})
}

// setOf returns the state of a TaskSet; without its __init__ there is none.
func setOf(v python.Value) (*set, error) {
	if i, ok := v.(*python.Instance); ok {
		if s, ok := i.Data.(*set); ok {
			return s, nil
		}
	}
	return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute '_task_queue'", python.TypeOf(v).Name())
}

func (f *File) setMethods() []*python.Native {
	return []*python.Native{
		python.Func("__init__(self, parent)", func(t *python.Thread, a []python.Value) (python.Value, error) {
			return python.None, f.initSet(t, a[0].(*python.Instance), a[1])
		}),
		f.setMethod("schedule_task(self, task_callable, first=False)", func(t *python.Thread, s *set, a []python.Value) (python.Value, error) {
			first, err := t.Truth(orNone(a[2]))
			if first {
				s.queue = append([]python.Value{a[1]}, s.queue...)
			} else {
				s.queue = append(s.queue, a[1])
			}
			return python.None, err
		}),
		python.Func("interrupt(self, reschedule=True)", func(t *python.Thread, a []python.Value) (python.Value, error) {
			reschedule := a[1]
			if reschedule == nil {
				reschedule = python.True
			}
			e, err := t.Call(f.exceptions.interrupt, reschedule)
			if err != nil {
				return nil, err
			}
			return nil, e.(*python.Exception)
		}),
	}
}

func (f *File) setAttrs() map[string]python.Value {
	attrs := pacingAttrs(func(v python.Value) (*pacing, error) {
		s, err := setOf(v)
		if err != nil {
			return nil, err
		}
		return &s.pacing, nil
	})
	of := func(get func(t *python.Thread, s *set) (python.Value, error)) python.Value {
		return python.Property(func(t *python.Thread, self python.Value) (python.Value, error) {
			s, err := setOf(self)
			if err != nil {
				return nil, err
			}
			return get(t, s)
		})
	}
	attrs["user"] = of(func(_ *python.Thread, s *set) (python.Value, error) { return s.life.user, nil })
	attrs["_user"] = attrs["user"]
	attrs["parent"] = of(func(_ *python.Thread, s *set) (python.Value, error) { return s.parent, nil })
	attrs["_parent"] = attrs["parent"]
	attrs["client"] = of(func(t *python.Thread, s *set) (python.Value, error) { return t.GetAttr(s.life.user, "client") })
	for _, name := range []string{"min_wait", "max_wait", "wait_function"} {
		attrs[name] = python.None
	}
	attrs["tasks"] = python.NewList()
	return attrs
}

// initSet is TaskSet.__init__ and SequentialTaskSet.__init__.
func (f *File) initSet(t *python.Thread, self *python.Instance, parent python.Value) error {
	s := &set{inst: self, parent: parent, pacing: pacing{created: time.Now()}}
	if outer, err := setOf(parent); err == nil {
		s.life = outer.life
	} else if s.life, err = lifeOf(parent); err != nil {
		return err
	}
	self.Data = s
	for _, name := range []string{"min_wait", "max_wait", "wait_function"} {
		if err := inherit(t, self, s.life.user, name); err != nil {
			return err
		}
	}
	if self.Class().Is(f.locust.sequential) {
		tasks, err := t.GetAttr(self, "tasks")
		if err != nil {
			return err
		}
		s.cycle, err = t.ToSlice(tasks)
		return err
	}
	return nil
}

// inherit copies an attribute that the set does not have from the user, if that has it.
func inherit(t *python.Thread, self, user *python.Instance, name string) error {
	own, err := t.GetAttr(self, name)
	if err != nil {
		return err
	}
	if set, err := t.Truth(own); set || err != nil {
		return err
	}
	v, err := t.GetAttr(user, name)
	if err != nil || v == python.None {
		return err
	}
	return t.SetAttr(self, name, v)
}

// nextInOrder is SequentialTaskSet.get_next_task.
func (s *set) nextInOrder(t *python.Thread) (python.Value, error) {
	tasks, err := t.GetAttr(s.inst, "tasks")
	if err != nil {
		return nil, err
	}
	if some, err := t.Truth(tasks); !some || err != nil || len(s.cycle) == 0 {
		if err != nil {
			return nil, err
		}
		return nil, python.NewException(s.life.file.exceptions.locustError,
			python.NewStr("No tasks defined. Use the @task decorator or set the 'tasks' attribute of the SequentialTaskSet"))
	}
	task := s.cycle[s.turn%len(s.cycle)]
	s.turn++
	return task, nil
}
