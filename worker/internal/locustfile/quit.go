package locustfile

import (
	"fmt"
	"log/slog"

	"gregaria/worker/internal/python"
)

// Quitting fires quitting, and then knows the exit code (locust.main.shutdown). A file that was never connected hears nothing.
func (c *Crew) Quitting(done func()) { c.afterInit(func() { c.main.Add(func() { c.quitting(done) }) }) }

func (c *Crew) quitting(done func()) {
	defer done()
	c.main.do(func(t *python.Thread) error {
		event, err := t.HasAttr(c.file.events, "quitting")
		if event == nil || c.file.runner == nil || c.file.exited.Load() {
			return err
		}
		return tell(t, event, python.Args{Names: []*python.Str{python.NewStr("environment")}, Values: []python.Value{c.file.environment}}, true)
	})
	c.main.do(func(t *python.Thread) error {
		if c.file.runner == nil || c.file.exited.Load() {
			return nil
		}
		code, err := c.file.shutdownCode(t)
		c.file.end(code)
		c.file.log(slog.LevelInfo, "locust.main", fmt.Sprintf("Shutting down (exit code %d)", code))
		return err
	})
}

// Farewell fires quit if quitting was fired: the session is over, what is sent now still leaves. It waits for the listeners,
// but not for ever.
func (c *Crew) Farewell() {
	if code, ended := c.file.ExitCode(); ended && !c.file.exited.Load() {
		c.main.call(func(t *python.Thread) error {
			return c.file.fireEvent(t, "quit", "exit_code", python.NewInt(int64(code)))
		})
		if !c.worker.Close(lastWords) || !c.main.Close(lastWords) {
			c.file.log(slog.LevelWarn, "locust.main", "A listener takes long: the worker ends without it")
		}
	}
	for _, g := range []*greenlet{c.worker, c.reporter, c.monitor, c.main} {
		g.Close(0) // nobody waits for what it still does
	}
}

// An Outcome is what decides on the exit code.
type Outcome struct {
	// Wanted is environment.process_exit_code, nil if that is None.
	Wanted *int
	// Failed says that errors or exceptions have not been reported; OnError is --exit-code-on-error.
	Failed  bool
	OnError int
	// Unhandled says that a listener or a greenlet of the runner has raised (locust.log.unhandled_greenlet_exception).
	Unhandled bool
}

// unhandledCode is the exit code of a process in which an exception was not handled.
const unhandledCode = 2

// Code is the exit code (locust.main.shutdown).
func (o Outcome) Code() int {
	switch {
	case o.Wanted != nil:
		return *o.Wanted
	case o.Failed:
		return o.OnError
	case o.Unhandled:
		return unhandledCode
	}
	return 0
}

// shutdownCode is the exit code as things are now.
func (f *File) shutdownCode(t *python.Thread) (int, error) {
	wanted, err := t.HasAttr(f.environment, "process_exit_code")
	if err != nil {
		return unhandledCode, err
	}
	o := Outcome{Unhandled: f.unhandled(t)}
	if wanted = orNone(wanted); wanted != python.None {
		code := exitCode(t, python.NewException(python.SystemExit, wanted))
		o.Wanted = &code
	}
	o.Failed, err = f.failed(t)
	if err != nil {
		return unhandledCode, err
	}
	options, err := t.GetAttr(f.environment, "parsed_options")
	if err != nil {
		return unhandledCode, err
	}
	onError, err := t.HasAttr(options, "exit_code_on_error")
	if n, ok := python.AsInt(orNone(onError)); ok {
		o.OnError = int(n)
	}
	return o.Code(), err
}

// failed says whether the runner has errors or exceptions that are not reported.
func (f *File) failed(t *python.Thread) (bool, error) {
	if f.runner == nil {
		return false, nil
	}
	for _, name := range []string{"errors", "exceptions"} {
		v, err := t.GetAttr(f.runner, name)
		if err != nil {
			return false, err
		}
		if some, err := t.Truth(v); some || err != nil {
			return some, err
		}
	}
	return false, nil
}

const unhandledName = "unhandled_greenlet_exception"

// markUnhandled notes that an exception was not handled, where Locust does.
func (f *File) markUnhandled(t *python.Thread) {
	_ = t.SetAttr(must(t.Import("locust.log")), unhandledName, python.True)
}

func (f *File) unhandled(t *python.Thread) bool {
	v, err := t.HasAttr(must(t.Import("locust.log")), unhandledName)
	some, terr := t.Truth(orNone(v))
	return err == nil && terr == nil && some
}

// greenletFailed is what becomes of an exception that no event hook has caught (locust.runners.locust_exception_handler).
func (f *File) greenletFailed(t *python.Thread, err error, said bool) {
	e := python.AsException(err)
	switch {
	case e.IsA(python.SystemExit):
		f.systemExit(t, e, said)
	case e.IsA(f.exceptions.greenletExit):
	case e.IsA(f.exceptions.stopTest):
		text, _ := t.Str(e)
		f.log(slog.LevelError, "locust.runners", text)
		f.log(slog.LevelWarn, "locust.runners", "Stopping Locust...")
		if stop := f.linked().Stop; stop != nil {
			stop()
		}
	default:
		f.log(levelCritical, "locust.runners", "Unhandled exception in a listener\n"+t.Traceback(e))
		f.markUnhandled(t)
	}
}

// systemExit ends the worker, as sys.exit in any greenlet ends a process of Locust: at once, no listener hears of it. One of the
// runner's greenlets says so.
func (f *File) systemExit(t *python.Thread, e *python.Exception, said bool) {
	code := exitCode(t, e)
	if said {
		text, _ := t.Str(e)
		f.log(slog.LevelInfo, "locust.runners", "sys.exit("+text+") called (use log level DEBUG for callstack)")
	}
	f.exit(code)
}

// exit ends the worker at once.
func (f *File) exit(code int) {
	if f.exited.Swap(true) {
		return
	}
	f.mu.Lock()
	f.code = &code
	f.mu.Unlock()
	if exit := f.linked().Exit; exit != nil {
		exit()
	}
}

// end notes the exit code.
func (f *File) end(code int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.code == nil {
		f.code = &code
	}
}

// ExitCode is what the worker's process ends with: what the locustfile passed to sys.exit, or what was so when quitting had been
// fired; ok is false if it has come to neither.
func (f *File) ExitCode() (code int, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.code == nil {
		return 0, false
	}
	return *f.code, true
}
