package locustfile

import (
	"time"

	"gregaria/worker/internal/locustfile/session"
	"gregaria/worker/internal/python"
)

// locustTypes are the classes of Locust in an isolate, and those of their methods that the loop of a user calls by itself
// where a locustfile has not overridden them.
type locustTypes struct {
	user, httpUser, fastUser         *python.Type
	taskSet, sequential, rootSet     *python.Type
	getNext, getNextSeq, getNextRoot *python.Native
	execute, executeNext             *python.Native
	wait, onStart, onStop            *python.Native
	setOnStart, setOnStop            *python.Native
	context, run                     *python.Native
	setRun, waitTime, sleep          *python.Native
	executeRoot                      *python.Native
	rootVersion                      uint32 // of rootSet as Locust has it
}

// pacing is what wait_time.constant_pacing keeps of a user or a task set.
type pacing struct {
	lastRun, lastWait python.Value // floats; nil until the wait function has set them
	created           time.Time
}

// newUser makes the class User (locust/user/users.py).
func (f *File) newUser(t *python.Thread) error {
	waits, err := t.Import("locust._wait_time")
	if err != nil {
		return err
	}
	if err := t.SetAttr(waits, "paced", pacedFunc()); err != nil {
		return err
	}
	constant, err := t.CallMethod(waits, "constant", python.NewInt(0))
	if err != nil {
		return err
	}
	types := &f.locust
	types.onStart = python.Func("on_start(self)", nothing)
	types.onStop = python.Func("on_stop(self)", nothing)
	types.context = python.Func("context(self)", func(*python.Thread, []python.Value) (python.Value, error) { return python.NewDict(), nil })
	types.run = python.Func("run(self)", func(_ *python.Thread, a []python.Value) (python.Value, error) {
		l, err := lifeOf(a[0])
		if err != nil {
			return nil, err
		}
		return python.None, l.run(l.user)
	})
	types.user = python.NewClass(python.ClassSpec{
		Name: "User", Module: "locust.user.users", OnSubclass: f.subclassUser,
		Methods: []*python.Native{
			types.onStart, types.onStop, types.context, types.run,
			python.Func("__init__(self, environment)", func(t *python.Thread, a []python.Value) (python.Value, error) {
				return python.None, f.initUser(t, a[0], a[1])
			}),
			python.Func("wait(self)", func(t *python.Thread, a []python.Value) (python.Value, error) {
				l, err := lifeOf(a[0])
				if err != nil {
					return nil, err
				}
				return python.None, l.wait(t, &l.root)
			}),
			python.Func("stop(self, force=False)", func(_ *python.Thread, a []python.Value) (python.Value, error) {
				l, err := lifeOf(a[0])
				if err != nil {
					return nil, err
				}
				l.stopped = true
				return python.False, nil
			}),
		},
		Attrs: f.userAttrs(constant),
	})
	return nil
}

func nothing(*python.Thread, []python.Value) (python.Value, error) { return python.None, nil }

func (f *File) userAttrs(wait python.Value) map[string]python.Value {
	attrs := pacingAttrs(func(v python.Value) (*pacing, error) {
		l, err := lifeOf(v)
		if err != nil {
			return nil, err
		}
		return &l.root.pacing, nil
	})
	for name, v := range map[string]python.Value{
		"host": python.None, "min_wait": python.None, "max_wait": python.None, "wait_time": wait, "wait_function": python.None,
		"tasks": python.NewList(), "weight": python.NewInt(1), "fixed_count": python.NewInt(0), "abstract": python.True,
		"_state": python.Property(func(_ *python.Thread, self python.Value) (python.Value, error) {
			l, err := lifeOf(self)
			if err != nil || !l.running {
				return python.None, nil //nolint:nilerr // a user that has not begun has no state
			}
			return python.NewStr(l.state()), nil
		}),
		"_taskset_instance": python.Property(func(_ *python.Thread, self python.Value) (python.Value, error) {
			l, err := lifeOf(self)
			if err != nil {
				return nil, err
			}
			if !l.running {
				return python.None, nil
			}
			return l.instance(&l.root), nil
		}),
		"greenlet": python.Property(func(t *python.Thread, _ python.Value) (python.Value, error) {
			return t.CallMethod(must(t.Import("gevent")), "getcurrent")
		}),
		"json": python.ClassMethod(python.Func("json(cls)", classJSON)),
		"fullname": python.ClassMethod(python.Func("fullname(cls)", func(_ *python.Thread, a []python.Value) (python.Value, error) {
			cls := a[0].(*python.Type)
			return python.NewStr(cls.Module() + "." + cls.Name()), nil
		})),
	} {
		attrs[name] = v
	}
	return attrs
}

// pacingAttrs are what wait_time.constant_pacing keeps of a user or a task set.
func pacingAttrs(of func(python.Value) (*pacing, error)) map[string]python.Value {
	attr := func(slot func(*pacing) *python.Value, initial func(*python.Thread, *pacing) (python.Value, error)) python.Value {
		return python.MutableProperty(func(t *python.Thread, self python.Value) (python.Value, error) {
			p, err := of(self)
			if err != nil {
				return nil, err
			}
			if v := *slot(p); v != nil {
				return v, nil
			}
			return initial(t, p)
		}, func(_ *python.Thread, self, v python.Value) error {
			p, err := of(self)
			if err == nil {
				*slot(p) = v
			}
			return err
		})
	}
	return map[string]python.Value{
		"_cp_last_run": attr(func(p *pacing) *python.Value { return &p.lastRun }, began),
		"_cp_last_wait_time": attr(func(p *pacing) *python.Value { return &p.lastWait },
			func(*python.Thread, *pacing) (python.Value, error) { return python.NewInt(0), nil }),
	}
}

// began is when a user or a set was made, on the clock of perf_counter.
func began(t *python.Thread, p *pacing) (python.Value, error) {
	m, err := t.Import("time")
	if err != nil {
		return nil, err
	}
	now, err := t.CallMethod(m, "perf_counter")
	if err != nil {
		return nil, err
	}
	return t.BinaryOp("-", now, python.Float(time.Since(p.created).Seconds()))
}

func classJSON(t *python.Thread, a []python.Value) (python.Value, error) {
	d := python.NewDict()
	for _, name := range []string{"host", "weight", "fixed_count"} {
		v, err := t.GetAttr(a[0], name)
		if err != nil {
			return nil, err
		}
		d.SetStr(name, v)
	}
	names := python.NewList()
	tasks, err := t.GetAttr(a[0], "tasks")
	if err != nil {
		return nil, err
	}
	d.SetStr("tasks", names)
	return d, t.Each(tasks, func(task python.Value) error {
		name, err := t.GetAttr(task, "__name__")
		if err == nil {
			names.Append(name)
		}
		return err
	})
}

// subclassUser is UserMeta.__new__.
func (f *File) subclassUser(t *python.Thread, cls *python.Type, _ python.Args) error {
	if err := f.collectTasks(t, cls); err != nil {
		return err
	}
	abstract, err := t.Truth(orNone(cls.Dict().GetStr("abstract")))
	if err != nil || abstract {
		return err
	}
	return t.SetAttr(cls, "abstract", python.False)
}

// initUser is User.__init__.
func (f *File) initUser(t *python.Thread, self, environment python.Value) error {
	u := self.(*python.Instance)
	l, ok := t.Local.(*life)
	if !ok || l.user != nil { // made by hand
		l = newLife(f, t)
	}
	l.user, l.root.created = u, time.Now()
	l.root.life = l
	u.Data = l
	return t.SetAttr(self, "environment", environment)
}

// newHTTPUser makes HttpUser or FastHttpUser, whose users have a client.
func (f *File) newHTTPUser(name, module string, attrs map[string]python.Value, makeClient func(t *python.Thread, self *python.Instance, host python.Value) (python.Value, error)) *python.Type {
	attrs["abstract"] = python.True
	return python.NewClass(python.ClassSpec{
		Name: name, Module: module, Bases: []*python.Type{f.locust.user}, Attrs: attrs,
		Methods: []*python.Native{
			python.Func("__init__(self, environment)", func(t *python.Thread, a []python.Value) (python.Value, error) {
				if err := f.initUser(t, a[0], a[1]); err != nil {
					return nil, err
				}
				host, err := t.GetAttr(a[0], "host")
				if err != nil {
					return nil, err
				}
				if host == python.None {
					return nil, python.NewException(f.exceptions.stopTest, python.NewStr("You must specify the base host. "+
						"Either in the host attribute in the User class, or on the command line using the --host option."))
				}
				client, err := makeClient(t, a[0].(*python.Instance), host)
				if err != nil {
					return nil, err
				}
				return python.None, t.SetAttr(a[0], "client", client)
			}),
		},
	})
}

func (f *File) newHTTPUsers(http *session.Classes) {
	base := func(t *python.Thread, self *python.Instance, host python.Value) (string, python.Value, error) {
		url, err := t.Str(host)
		if err != nil {
			return "", nil, err
		}
		environment, err := t.GetAttr(self, "environment") // not always the worker's: people make users by hand
		if err != nil {
			return "", nil, err
		}
		events, err := t.GetAttr(environment, "events")
		if err != nil {
			return "", nil, err
		}
		request, err := t.GetAttr(events, "request")
		return url, request, err
	}
	f.locust.httpUser = f.newHTTPUser("HttpUser", "locust.user.users", http.UserAttrs(),
		func(t *python.Thread, self *python.Instance, host python.Value) (python.Value, error) {
			url, event, err := base(t, self, host)
			if err != nil {
				return nil, err
			}
			return http.NewHTTP(t, url, event, self)
		})
	f.locust.fastUser = f.newHTTPUser("FastHttpUser", "locust.contrib.fasthttp", http.FastUserAttrs(),
		func(t *python.Thread, self *python.Instance, host python.Value) (python.Value, error) {
			url, event, err := base(t, self, host)
			if err != nil {
				return nil, err
			}
			return http.NewFast(t, url, event, self)
		})
}
