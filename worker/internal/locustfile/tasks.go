package locustfile

import "gregaria/worker/internal/python"

// collectTasks gives a new class its tasks: those of its bases, those of its tasks attribute, those of its body
// (locust.user.task.get_tasks_from_base_classes).
func (f *File) collectTasks(t *python.Thread, cls *python.Type) error {
	all, err := inheritedTasks(t, cls)
	if err != nil {
		return err
	}
	if own := cls.Dict().GetStr("tasks"); own != nil && own != python.None {
		if all, err = listedTasks(t, all, own); err != nil {
			return err
		}
	}
	if err := eachAttr(cls, func(_ string, v python.Value) error {
		all, err = weighed(t, all, v)
		return err
	}); err != nil {
		return err
	}
	return t.SetAttr(cls, "tasks", python.NewList(all...))
}

// collectInOrder is that for a SequentialTaskSet, where the place of the tasks attribute in the body counts
// (locust.user.sequential_taskset.SequentialTaskSetMeta).
func (f *File) collectInOrder(t *python.Thread, cls *python.Type) error {
	all, err := inheritedTasks(t, cls)
	if err != nil {
		return err
	}
	if err := eachAttr(cls, func(name string, v python.Value) error {
		if name == "tasks" {
			switch v := v.(type) {
			case *python.List:
				all = append(all, v.Items()...)
			case *python.Dict:
				if all, err = listedTasks(t, all, v); err != nil {
					return err
				}
			default:
				return python.Errorf(python.ValueError, "The 'tasks' attribute can only be set to list or dict")
			}
		}
		all, err = weighed(t, all, v)
		return err
	}); err != nil {
		return err
	}
	return t.SetAttr(cls, "tasks", python.NewList(all...))
}

// eachAttr calls f for what stands in the body of a class, in order.
func eachAttr(cls *python.Type, f func(name string, v python.Value) error) error {
	var err error
	cls.Dict().All(func(k, v python.Value) bool {
		name, _ := python.AsStr(k)
		err = f(name, v)
		return err == nil
	})
	return err
}

func inheritedTasks(t *python.Thread, cls *python.Type) ([]python.Value, error) {
	var all []python.Value
	for _, base := range cls.Bases() {
		tasks := base.Lookup("tasks")
		if tasks == nil {
			continue
		}
		some, err := t.Truth(tasks)
		if err != nil {
			return nil, err
		}
		if some {
			more, err := t.ToSlice(tasks)
			if err != nil {
				return nil, err
			}
			all = append(all, more...)
		}
	}
	return all, nil
}

// listedTasks adds the tasks of a list or a dict: a pair is a task and how often it counts.
func listedTasks(t *python.Thread, all []python.Value, tasks python.Value) ([]python.Value, error) {
	if d, ok := tasks.(*python.Dict); ok {
		items, err := t.CallMethod(d, "items")
		if err != nil {
			return nil, err
		}
		tasks = items
	}
	err := t.Each(tasks, func(v python.Value) error {
		pair, ok := v.(*python.Tuple)
		if !ok {
			all = append(all, v)
			return nil
		}
		parts := pair.Items()
		if len(parts) != 2 {
			return python.Errorf(python.ValueError, "too many values to unpack (expected 2)")
		}
		n, err := t.Index(parts[1])
		if err != nil {
			return python.Errorf(python.TypeError, "'%s' object cannot be interpreted as an integer", python.TypeOf(parts[1]).Name())
		}
		for range n {
			all = append(all, parts[0])
		}
		return nil
	})
	return all, err
}

// weighed adds v as often as @task says, if it says so.
func weighed(t *python.Thread, all []python.Value, v python.Value) ([]python.Value, error) {
	var weight python.Value
	switch v := v.(type) {
	case *python.Function:
		weight = v.Attrs().GetStr("locust_task_weight")
	case *python.Type:
		weight = v.Lookup("locust_task_weight")
	case *python.Instance:
		if weight = v.Attrs().GetStr("locust_task_weight"); weight == nil {
			weight = v.Class().Lookup("locust_task_weight")
		}
	}
	if weight == nil {
		return all, nil
	}
	n, err := t.Index(weight)
	if err != nil {
		return nil, python.Errorf(python.TypeError, "'%s' object cannot be interpreted as an integer", python.TypeOf(weight).Name())
	}
	for range n {
		all = append(all, v)
	}
	return all, nil
}
