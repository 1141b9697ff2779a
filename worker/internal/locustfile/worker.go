package locustfile

import (
	"log/slog"
	"slices"

	"gregaria/internal/build"
	"gregaria/worker/internal/locustfile/session"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/stats"
)

// newWorkerModule makes locust._worker: what of Locust's package is in Go, and what listeners ask of the worker.
func (f *File) newWorkerModule(t *python.Thread, level int) (*python.Module, error) {
	if err := f.findExceptions(t); err != nil {
		return nil, err
	}
	if err := f.newUser(t); err != nil {
		return nil, err
	}
	f.newTaskSets()
	http, err := session.New(t, session.Options{General: f.general})
	if err != nil {
		return nil, err
	}
	f.newHTTPUsers(http)
	attrs := map[string]python.Value{
		"version": python.NewStr(build.Locust), "EventHook": f.newEventHook(),
		"User": f.locust.user, "HttpUser": f.locust.httpUser, "FastHttpUser": f.locust.fastUser,
		"TaskSet": f.locust.taskSet, "SequentialTaskSet": f.locust.sequential, "DefaultTaskSet": f.locust.rootSet,
	}
	for name, cls := range http.ByName() {
		attrs[name] = cls
	}
	return python.NewModule("locust._worker", attrs, slices.Concat(f.workerFuncs(level), f.loggedFuncs(), f.lineFuncs())...), nil
}

// findExceptions takes the classes that a user's loop has to know.
func (f *File) findExceptions(t *python.Thread) error {
	x := &f.exceptions
	for _, e := range []struct {
		module, name string
		cls          **python.Type
	}{
		{"locust.exception", "InterruptTaskSet", &x.interrupt},
		{"locust.exception", "RescheduleTask", &x.reschedule},
		{"locust.exception", "RescheduleTaskImmediately", &x.rescheduleNow},
		{"locust.exception", "StopUser", &x.stopUser},
		{"locust.exception", "StopTest", &x.stopTest},
		{"locust.exception", "LocustError", &x.locustError},
		{"locust.exception", "MissingWaitTimeError", &x.missingWait},
		{"gevent", "GreenletExit", &x.greenletExit},
	} {
		m, err := t.Import(e.module)
		if err != nil {
			return err
		}
		*e.cls = m.Attrs().GetStr(e.name).(*python.Type)
	}
	return nil
}

func (f *File) workerFuncs(level int) []*python.Native {
	link := f.linked
	return []*python.Native{
		python.Func("log(level, logger, text)", func(_ *python.Thread, a []python.Value) (python.Value, error) {
			n, _ := python.AsInt(a[0])
			logger, _ := python.AsStr(a[1])
			text, _ := python.AsStr(a[2])
			f.log(logLevel(n), logger, text)
			return python.None, nil
		}),
		python.Func("level()", func(*python.Thread, []python.Value) (python.Value, error) { return python.NewInt(int64(level)), nil }),
		python.Func("client_id()", func(*python.Thread, []python.Value) (python.Value, error) { return python.NewStr(link().NodeID), nil }),
		python.Func("users()", func(_ *python.Thread, _ []python.Value) (python.Value, error) { return python.NewList(), nil }),
		python.Func("user_classes_count()", func(*python.Thread, []python.Value) (python.Value, error) {
			d := python.NewDict()
			counts := map[string]int{}
			if f.users != nil {
				counts = f.births.count(f.users())
			}
			for _, cls := range f.order {
				d.SetStr(cls.Name(), python.NewInt(int64(counts[cls.Name()])))
			}
			return d, nil
		}),
		python.Func("cpu_usage()", func(*python.Thread, []python.Value) (python.Value, error) {
			if cpu := link().CPU; cpu != nil {
				return python.Float(cpu()), nil
			}
			return python.Float(0), nil
		}),
		python.Func("memory_usage()", func(*python.Thread, []python.Value) (python.Value, error) {
			if memory := link().Memory; memory != nil {
				return python.NewInt(int64(memory())), nil
			}
			return python.NewInt(0), nil
		}),
		python.Func("stop()", func(t *python.Thread, _ []python.Value) (python.Value, error) {
			return python.None, f.endUsers(t, link().Stop)
		}),
		python.Func("quit()", func(t *python.Thread, _ []python.Value) (python.Value, error) {
			return python.None, f.endUsers(t, link().Quit)
		}),
		python.Func("send(kind, data=None)", func(t *python.Thread, a []python.Value) (python.Value, error) {
			return python.None, f.send(t, a[0], orNone(a[1]))
		}),
		python.Func("error_text(text)", func(_ *python.Thread, a []python.Value) (python.Value, error) {
			text, _ := python.AsStr(a[0])
			return python.NewStr(stats.ErrorText(text)), nil
		}),
		python.Func("counted(method, name, length, failure)", func(_ *python.Thread, a []python.Value) (python.Value, error) {
			if f.observe != nil {
				f.observe(counted(a))
			}
			return python.None, nil
		}),
		python.Func("drain()", func(*python.Thread, []python.Value) (python.Value, error) { return f.drain() }),
	}
}

// A logger hears of what a file counts in environment.stats and no recorder has seen: the metrics of --listen. Times are in
// milliseconds; rounded is the time as Locust rounds it, negative if there is none.
type logger interface {
	Log(method, name string, ms, rounded float64)
	LogFailure(method, name string)
}

func (f *File) loggedFuncs() []*python.Native {
	return []*python.Native{
		python.Func("logged(method, name, ms, rounded)", func(_ *python.Thread, a []python.Value) (python.Value, error) {
			if to, ok := f.linked().Stats.(logger); ok {
				method, name := named(a)
				ms, _ := python.AsFloat(a[2])
				rounded, _ := python.AsFloat(a[3])
				to.Log(method, name, ms, rounded)
			}
			return python.None, nil
		}),
		python.Func("logged_failure(method, name)", func(_ *python.Thread, a []python.Value) (python.Value, error) {
			if to, ok := f.linked().Stats.(logger); ok {
				to.LogFailure(named(a))
			}
			return python.None, nil
		}),
	}
}

func named(a []python.Value) (method, name string) {
	method, _ = python.AsStr(a[0])
	name, _ = python.AsStr(a[1])
	return method, name
}

// counted is a request, or only the failure of one, that statistics in Python have counted.
func counted(a []python.Value) (kind, name string, length int64, failure string) {
	kind, _ = python.AsStr(a[0])
	name, _ = python.AsStr(a[1])
	x, _ := python.AsFloat(a[2])
	failure, _ = python.AsStr(a[3])
	return kind, name, int64(x), failure
}

// drain hands what the recorder has to the statistics in Python, which report it from now on: None if there is nothing new.
func (f *File) drain() (python.Value, error) {
	from := f.linked().Stats
	if from == nil {
		return python.None, nil
	}
	first := !f.ownStats
	haul := from.Drain()
	f.ownStats = true
	f.says.Store(true)
	if !first && haul.Empty() && haul.Cleared == f.cleared {
		return python.None, nil
	}
	anew := first || haul.Cleared != f.cleared
	f.cleared = haul.Cleared
	return haulValue(&haul, anew)
}

// endUsers stops or quits the worker. The user who calls it gets no further than to its next wait, as the killed greenlet of
// a Python worker; the others follow in a moment.
func (f *File) endUsers(t *python.Thread, end func()) error {
	if end != nil {
		end()
	}
	if l, ok := t.Local.(*life); ok {
		l.stopped = true
	}
	return nil
}

// logLevel is Python's level in slog's numbers.
func logLevel(n int64) slog.Level {
	switch {
	case n >= 50:
		return levelCritical
	case n >= 40:
		return slog.LevelError
	case n >= 30:
		return slog.LevelWarn
	case n >= levelInfo:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}
