package locustfile

import (
	"log/slog"
	"maps"
	"slices"
	"time"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/python"
	"gregaria/worker/user"
)

// connected makes the runner and fires init, once; later acks only bring a new number.
func (f *File) connected(t *python.Thread, index int) error {
	if f.started {
		return t.SetAttr(f.runner, "worker_index", python.NewInt(int64(index)))
	}
	f.started = true
	link := f.linked()
	runner, err := f.construct(t, "locust.runners", "WorkerRunner", map[string]python.Value{
		"environment": f.environment, "master_host": python.NewStr(link.MasterHost), "master_port": python.NewInt(int64(link.MasterPort)),
	})
	if err != nil {
		return err
	}
	f.runner = runner
	for name, v := range map[string]python.Value{"worker_index": python.NewInt(int64(index)), "connected": python.True} {
		if err := t.SetAttr(runner, name, v); err != nil {
			return err
		}
	}
	if err := t.SetAttr(f.environment, "runner", runner); err != nil {
		return err
	}
	return f.initialised(t)
}

// initialised fires init. What a listener raises there ends the worker (locust.main).
func (f *File) initialised(t *python.Thread) error {
	err := f.fireEvent(t, "init", "environment", f.environment, "runner", f.runner, "web_ui", python.None)
	if err == nil {
		if f.unhandled(t) {
			f.exit(1)
		}
		return nil
	}
	if e := python.AsException(err); e.IsA(python.SystemExit) {
		f.systemExit(t, e, false)
		return nil
	}
	return err
}

// setStates sets runner.state and runner.worker_state.
func (f *File) setStates(t *python.Thread, state, workerState string) error {
	if f.runner == nil {
		return nil
	}
	return f.showStates(t, python.NewStr(state), python.NewStr(workerState))
}

func (f *File) showStates(t *python.Thread, state, workerState python.Value) error {
	if err := t.SetAttr(f.runner, "state", state); err != nil {
		return err
	}
	return t.SetAttr(f.runner, "worker_state", workerState)
}

// prepare takes the job's settings; the first job of a test filters the tasks and fires test_start. What the listeners make of
// the stop timeout counts.
func (f *File) prepare(t *python.Thread, job *locust.Job, first bool) error {
	if err := f.settings(t, job); err != nil {
		return err
	}
	if first {
		if f.ownStats {
			if _, err := t.CallMethod(f.stats, "clear_all"); err != nil {
				return err
			}
		}
		if _, err := t.CallMethod(f.environment, "_filter_tasks_by_tags"); err != nil {
			return err
		}
		if err := f.fireEvent(t, "test_start", "environment", f.environment); err != nil {
			return err
		}
	}
	timeout := locust.Seconds(job.StopTimeout)
	err := f.stopTimeout(t, &timeout)
	job.StopTimeout = timeout.Seconds()
	return err
}

// stopTimeout takes environment.stop_timeout, where it is a number.
func (f *File) stopTimeout(t *python.Thread, to *time.Duration) error {
	v, err := t.HasAttr(f.environment, "stop_timeout")
	if seconds, ok := python.AsFloat(orNone(v)); ok && err == nil {
		*to = locust.Seconds(seconds)
	}
	return err
}

func (f *File) settings(t *python.Thread, job *locust.Job) error {
	host := python.None
	if job.Host != nil {
		host = python.NewStr(*job.Host)
	}
	if err := t.SetAttr(f.environment, "host", host); err != nil {
		return err
	}
	if err := t.SetAttr(f.environment, "stop_timeout", python.Float(job.StopTimeout)); err != nil {
		return err
	}
	options, err := t.GetAttr(f.environment, "parsed_options")
	if err != nil {
		return err
	}
	m, err := t.Import("locust._defaults")
	if err != nil {
		return err
	}
	own := m.Attrs().GetStr("DEFAULTS").(*python.Dict)
	sent := []string{"expect_workers", "tags", "exclude_tags"} // Locust's own options that count on workers too
	for _, name := range slices.Sorted(maps.Keys(job.Options)) {
		if own.GetStr(name) != nil && !slices.Contains(sent, name) {
			continue
		}
		v, err := value(t, job.Options[name])
		if err != nil {
			return err
		}
		if err := t.SetAttr(options, name, v); err != nil {
			return err
		}
	}
	return nil
}

// target notes how many users are wanted, and gives the user classes their host.
func (f *File) target(t *python.Thread, job *locust.Job) error {
	if f.runner != nil {
		total, classes := 0, python.NewDict()
		for _, name := range slices.Sorted(maps.Keys(job.Classes)) {
			total += job.Classes[name]
			classes.SetStr(name, python.NewInt(int64(job.Classes[name])))
		}
		if err := t.SetAttr(f.runner, "target_user_count", python.NewInt(int64(total))); err != nil {
			return err
		}
		if err := t.SetAttr(f.runner, "target_user_classes_count", classes); err != nil {
			return err
		}
	}
	host, err := t.GetAttr(f.environment, "host")
	if err != nil {
		return err
	}
	if some, err := t.Truth(host); !some || err != nil {
		return err
	}
	for _, cls := range f.order {
		if err := t.SetAttr(cls, "host", host); err != nil {
			return err
		}
	}
	return nil
}

// update changes a user class as the web UI's class editor says.
func (f *File) update(t *python.Thread, u locust.Update) error {
	cls := f.classes[u.Class]
	if cls == nil {
		return nil
	}
	if u.Host != nil {
		if err := t.SetAttr(cls, "host", python.NewStr(*u.Host)); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(u.Rest)) {
		v, err := value(t, u.Rest[name])
		if err != nil {
			return err
		}
		if err := t.SetAttr(cls, name, v); err != nil {
			return err
		}
	}
	if u.Tasks == nil {
		return nil
	}
	all, ok := f.tasks[cls]
	if !ok {
		tasks, err := t.GetAttr(cls, "tasks")
		if err != nil {
			return err
		}
		if all, err = t.ToSlice(tasks); err != nil {
			return err
		}
		f.tasks[cls] = all
	}
	var left []python.Value
	for _, task := range all {
		name, err := t.GetAttr(task, "__name__")
		if err != nil {
			return err
		}
		if text, _ := python.AsStr(name); slices.Contains(u.Tasks, text) {
			left = append(left, task)
		}
	}
	return t.SetAttr(cls, "tasks", python.NewList(left...))
}

// heard calls the listener that runner.register_message has registered for a message.
func (f *File) heard(t *python.Thread, m user.Message) (bool, error) {
	if f.runner == nil {
		return false, nil
	}
	v, err := t.GetAttr(f.runner, "custom_messages")
	if err != nil {
		return false, err
	}
	d, _ := v.(*python.Dict)
	if d == nil {
		return false, nil
	}
	pair, _ := d.GetStr(m.Type).(*python.Tuple)
	if pair == nil || len(pair.Items()) != 2 {
		return false, nil
	}
	data, err := value(t, m.Data)
	if err != nil {
		return true, err
	}
	runners, err := t.Import("locust.runners")
	if err != nil {
		return true, err
	}
	message, err := t.CallMethod(runners, "Message", python.NewStr(m.Type), data, python.NewStr(f.linked().NodeID))
	if err != nil {
		return true, err
	}
	kw := python.Args{
		Names:  []*python.Str{python.NewStr("environment"), python.NewStr("msg")},
		Values: []python.Value{f.environment, message},
	}
	concurrent, err := t.Truth(pair.Items()[1])
	if err != nil {
		return true, err
	}
	if concurrent {
		return true, f.beside(t, pair.Items()[0], kw)
	}
	if _, err := t.CallKw(pair.Items()[0], kw); err != nil {
		if e := python.AsException(err); e.IsA(python.ExceptionType) {
			f.log(slog.LevelError, "root", "Uncaught exception in handler for "+m.Type+"\n"+t.Traceback(e))
			return true, nil
		}
		return true, err
	}
	return true, nil
}

// beside is gevent.spawn(listener, **kw).
func (f *File) beside(t *python.Thread, listener python.Value, kw python.Args) error {
	gevent, err := t.Import("gevent")
	if err != nil {
		return err
	}
	kw.Pos = []python.Value{listener}
	_, err = t.CallKw(gevent.Attrs().GetStr("spawn"), kw)
	return err
}

// cpuWarning is the share of the cores above which Locust warns, in percent (locust.runners.CPU_WARNING_THRESHOLD).
const cpuWarning = 90

// usage fires usage_monitor, and cpu_warning.
func (f *File) usage(t *python.Thread) error {
	link := f.linked()
	if link.CPU == nil || link.Memory == nil {
		return nil
	}
	cpu := python.Float(link.CPU())
	if cpu > cpuWarning {
		if err := f.fireEvent(t, "cpu_warning", "environment", f.environment, "cpu_usage", cpu); err != nil {
			return err
		}
	}
	return f.fireEvent(t, "usage_monitor", "environment", f.environment, "cpu_usage", cpu, "memory_usage", python.NewInt(int64(link.Memory())))
}
