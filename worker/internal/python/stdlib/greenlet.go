package stdlib

import (
	"runtime"

	"gregaria/worker/internal/python"
)

// greenlets are the threads that Python code started, as threads or as greenlets. All is guarded by the lock of the
// isolate.
type greenlets struct {
	objects map[*thread]value // the Python object that stands for a thread
	last    chan struct{}     // closed when the thread that stands last in the row runs
}

func (g *greenlets) functions() []*python.Native {
	return []*python.Native{
		python.Func("start(fn, obj=None)", func(t *thread, a []value) (value, error) { return g.start(t, a[0], orNone(a[1])) }),
		python.Func("cancel(thread, exception)", func(_ *thread, a []value) (value, error) {
			if e, ok := a[1].(*python.Exception); ok {
				a[0].(*python.Instance).Data.(*thread).Cancel(e)
			}
			return python.None, nil
		}),
		python.Func("this()", func(t *thread, _ []value) (value, error) { return python.NewInstance(python.ObjectType, t), nil }),
		python.Func("pending()", func(t *thread, _ []value) (value, error) {
			return python.None, t.Blocking(func() {})
		}),
		python.Func("current()", func(t *thread, _ []value) (value, error) { return orNone(g.objects[t]), nil }),
		python.Func("ident()", func(t *thread, _ []value) (value, error) { return python.NewInt(int64(t.ID())), nil }),
		python.Func("vars()", func(t *thread, _ []value) (value, error) { return t.Vars(), nil }),
		python.Func("get_ident()", func(t *thread, _ []value) (value, error) { return python.NewInt(int64(t.ID())), nil }),
		python.Func("yields()", func(t *thread, _ []value) (value, error) { return python.None, g.yield(t) }),
	}
}

// enter puts a thread at the end of the row of those that are ready to run. It runs after before was closed, and closes
// mine then.
func (g *greenlets) enter() (before, mine chan struct{}) {
	before, mine = g.last, make(chan struct{})
	g.last = mine
	return before, mine
}

// yield lets those run that are ready. It is a wait: the user's end is raised here too.
func (g *greenlets) yield(t *thread) error {
	if err := over(t); err != nil {
		return err
	}
	before, mine := g.enter()
	defer close(mine)
	return t.Blocking(func() {
		if before != nil {
			<-before
		}
		runtime.Gosched()
	})
}

// start runs fn in a thread of its own, on behalf of the user that t runs: when the user ends, the thread's next wait
// does. Threads begin in the order in which they were started, as greenlets do.
func (g *greenlets) start(t *thread, fn, obj value) (value, error) {
	other := t.Isolate().NewThread()
	other.Local = t.Local
	if err := over(t); err != nil {
		return nil, err
	}
	before, mine := g.enter()
	go func() {
		if before != nil {
			<-before
		}
		_ = other.Do(func() error {
			close(mine)
			g.objects[other] = obj
			defer delete(g.objects, other)
			if err := over(other); err != nil {
				return err
			}
			_, err := other.Call(fn)
			return err
		}) // fn reports its exceptions itself
	}()
	return python.NewInstance(python.ObjectType, other), nil
}
