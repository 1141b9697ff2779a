package user

import (
	"math/rand/v2"
	"slices"
)

// A node is a set as users run it: the tasks with all their tags, in the order or frequency in which they are picked.
type node[S any] struct {
	*Set[S]
	path  string // the names from the scenario to here
	steps []*step[S]
	pick  []*step[S] // steps, each as often as its weight says (locust.user.task.get_tasks_from_base_classes)
}

// A step is a task: what it runs, or the set that is entered.
type step[S any] struct {
	*Task[S]
	path string
	tags []string
	set  *node[S]
}

func newNode[S any](path string, s *Set[S], tags []string) *node[S] {
	n := &node[S]{Set: s, path: path}
	if len(s.Tasks) == 0 {
		panic("user: " + path + " has no task")
	}
	for i := range s.Tasks {
		t := &s.Tasks[i]
		if (t.Run == nil) == (t.Set == nil) {
			panic("user: task " + path + "." + t.Name + " needs either Run or Set")
		}
		st := &step[S]{Task: t, path: path + "." + t.Name, tags: slices.Concat(tags, t.Tags)}
		if t.Set != nil {
			if t.Name == "" {
				st.path += t.Set.Name
			}
			st.set = newNode(st.path, t.Set, slices.Concat(st.tags, t.Set.Tags))
		}
		n.steps = append(n.steps, st)
	}
	n.expand()
	return n
}

func (n *node[S]) expand() {
	for _, st := range n.steps {
		n.pick = append(n.pick, slices.Repeat([]*step[S]{st}, max(st.Weight, 1))...)
	}
}

// next picks the task after done others.
func (n *node[S]) next(done int) *step[S] {
	if n.Sequential {
		return n.pick[done%len(n.pick)]
	}
	return n.pick[rand.IntN(len(n.pick))]
}

// A selection is a scenario's tasks under the master's --tags and --exclude-tags, and its choice of task names.
type selection[S any] struct {
	tags, exclude, names []string
	root                 *node[S]
}

// selected returns the tasks that the master leaves the user.
func (r *runner[S]) selected(env *Env) *node[S] {
	tags, exclude := texts(env.Options["tags"]), texts(env.Options["exclude_tags"])
	if len(tags)+len(exclude) == 0 && env.Tasks == nil {
		return r.root
	}
	if s := r.cache.Load(); s != nil && slices.Equal(s.tags, tags) && slices.Equal(s.exclude, exclude) && slices.Equal(s.names, env.Tasks) {
		return s.root
	}
	root := r.root
	if env.Tasks != nil {
		root = root.only(env.Tasks)
	}
	s := &selection[S]{tags, exclude, env.Tasks, root.filter(tags, exclude)}
	r.cache.Store(s)
	return s.root
}

// names are the tasks'.
func (n *node[S]) names() (all []string) {
	for _, st := range n.steps {
		all = append(all, st.Name)
	}
	return all
}

// only returns the set with only the tasks of the given names (Environment.update_user_class).
func (n *node[S]) only(names []string) *node[S] {
	left := &node[S]{Set: n.Set, path: n.path}
	for _, st := range n.steps {
		if slices.Contains(names, st.Name) {
			left.steps = append(left.steps, st)
		}
	}
	left.expand()
	return left
}

// filter returns the set with only the tasks that have one of tags, if there are any, and none of exclude; a set without
// tasks goes too (locust.user.task.filter_tasks_by_tags).
func (n *node[S]) filter(tags, exclude []string) *node[S] {
	left := &node[S]{Set: n.Set, path: n.path}
	for _, st := range n.steps {
		kept := *st
		if st.set != nil {
			kept.set = st.set.filter(tags, exclude)
			if len(kept.set.steps) == 0 {
				continue
			}
		} else if len(tags) > 0 && !common(st.tags, tags) || common(st.tags, exclude) {
			continue
		}
		left.steps = append(left.steps, &kept)
	}
	left.expand()
	return left
}

func common(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// texts reads a list of strings as it comes from the master; nil, which is no list, is empty.
func texts(v any) []string {
	if list, ok := v.([]string); ok {
		return list
	}
	list, _ := v.([]any)
	var all []string
	for _, v := range list {
		if s, ok := v.(string); ok {
			all = append(all, s)
		}
	}
	return all
}
