package locustfile

import (
	"log/slog"
	"slices"

	"gregaria/worker/internal/locustfile/session"
	"gregaria/worker/internal/python"
	"gregaria/worker/user"
)

// A hook is the Go state of an EventHook: its listeners, in order (locust.event.EventHook).
type hook struct {
	file     *File
	inst     *python.Instance
	handlers *python.List
}

var (
	_ session.Firer   = (*hook)(nil)
	_ session.Environ = (*hook)(nil)
)

// newEventHook makes the class.
func (f *File) newEventHook() *python.Type {
	of := func(v python.Value) *hook { return v.(*python.Instance).Data.(*hook) }
	return python.NewClass(python.ClassSpec{
		Name: "EventHook", Module: "locust.event",
		New: func(_ *python.Thread, cls *python.Type, _ python.Args) (python.Value, error) {
			h := &hook{file: f, handlers: python.NewList()}
			h.inst = python.NewInstance(cls, h)
			return h.inst, nil
		},
		Methods: []*python.Native{
			python.Func("add_listener(self, handler)", func(t *python.Thread, a []python.Value) (python.Value, error) {
				of(a[0]).handlers.Append(a[1])
				f.look(t)
				return a[1], nil
			}),
			python.Func("remove_listener(self, handler)", func(t *python.Thread, a []python.Value) (python.Value, error) {
				return t.CallMethod(of(a[0]).handlers, "remove", a[1])
			}),
			python.Func("fire(self, *, reverse=False, **kwargs)", func(t *python.Thread, a []python.Value) (python.Value, error) {
				var kw python.Args
				a[2].(*python.Dict).All(func(k, v python.Value) bool {
					kw.Names, kw.Values = append(kw.Names, k.(*python.Str)), append(kw.Values, v)
					return true
				})
				reverse := false
				if a[1] != nil {
					var err error
					if reverse, err = t.Truth(a[1]); err != nil {
						return nil, err
					}
				}
				return python.None, of(a[0]).call(t, kw, reverse)
			}),
		},
		Attrs: map[string]python.Value{
			"_handlers": python.MutableProperty(
				func(_ *python.Thread, self python.Value) (python.Value, error) { return of(self).handlers, nil },
				func(t *python.Thread, self, v python.Value) error {
					all, ok := v.(*python.List)
					if !ok {
						return python.Errorf(python.NotImplementedError, "EventHook._handlers: a list is needed")
					}
					of(self).handlers = all
					f.look(t)
					return nil
				}),
		},
	})
}

// stock says whether whoever fires the event may call its listeners directly: nothing has been put in place of its method fire.
func (h *hook) stock() bool {
	f := h.file
	if own := h.inst.Own(); own != nil && own.Len() > 0 {
		return false
	}
	return h.inst.Class() == f.hookClass && f.hookClass.Version() == f.hookVersion
}

// hook returns the named event of the locustfile's events; nil if it has been replaced by something else.
func (f *File) hook(t *python.Thread, name string) *hook {
	v, err := t.HasAttr(f.events, name)
	if err != nil {
		return nil
	}
	inst, ok := v.(*python.Instance)
	if !ok {
		return nil
	}
	h, _ := inst.Data.(*hook)
	return h
}

// fireEvent calls the listeners of an event with pairs of name and value.
func (f *File) fireEvent(t *python.Thread, event string, pairs ...any) error {
	v, err := t.HasAttr(f.events, event)
	if err != nil || v == nil {
		return err
	}
	var kw python.Args
	for i := 0; i < len(pairs); i += 2 {
		kw.Names = append(kw.Names, python.NewStr(pairs[i].(string)))
		kw.Values = append(kw.Values, pairs[i+1].(python.Value))
	}
	return tell(t, v, kw, false)
}

// tell fires an event, whatever a file may have put in its place.
func tell(t *python.Thread, event python.Value, kw python.Args, reverse bool) error {
	if inst, ok := event.(*python.Instance); ok {
		if h, ok := inst.Data.(*hook); ok && h.stock() {
			return h.call(t, kw, reverse)
		}
	}
	if reverse {
		kw.Names, kw.Values = append(kw.Names, python.NewStr("reverse")), append(kw.Values, python.True)
	}
	fire, err := t.GetAttr(event, "fire")
	if err == nil {
		_, err = t.CallKw(fire, kw)
	}
	return err
}

// call calls the listeners one after another. What one raises is logged, unless it says how a user goes on.
func (h *hook) call(t *python.Thread, kw python.Args, reverse bool) error {
	handlers := slices.Clone(h.handlers.Items()) // listeners may come and go meanwhile
	if reverse {
		slices.Reverse(handlers)
	}
	for _, listener := range handlers {
		if _, err := t.CallKw(listener, kw); err != nil {
			if err := h.handle(t, err); err != nil {
				return err
			}
		}
	}
	return nil
}

func (h *hook) handle(t *python.Thread, err error) error {
	e := python.AsException(err)
	if !e.IsA(python.ExceptionType) || h.file.exceptions.control(e) {
		return e
	}
	h.file.log(slog.LevelError, "root", "Uncaught exception in event handler: \n"+t.Traceback(e))
	h.file.markUnhandled(t)
	return nil
}

// control says whether an exception is not an error but says how a user goes on.
func (x *exceptions) control(e *python.Exception) bool {
	return e.IsA(x.stopUser) || e.IsA(x.stopTest) || e.IsA(x.reschedule) || e.IsA(x.rescheduleNow) || e.IsA(x.interrupt)
}

func (f *File) log(level slog.Level, logger, text string) {
	if f.write != nil {
		f.write(level, logger, text)
	}
}

// addListeners adds the two listeners of Locust's own runner.
func (f *File) addListeners(t *python.Thread) error {
	f.recorder = python.Func("on_request(request_type, name, response_time, response_length, exception=None, **_kwargs)",
		func(t *python.Thread, a []python.Value) (python.Value, error) {
			var response, url python.Value
			if more, ok := a[5].(*python.Dict); ok {
				response, url = more.GetStr("response"), more.GetStr("url")
			}
			return python.None, f.record(t, fired{a[0], a[1], a[2], a[3], orNone(a[4]), response, url})
		})
	f.reporter = python.Func("on_user_error(user_instance, exception, tb)", func(t *python.Thread, a []python.Value) (python.Value, error) {
		return python.None, f.report(t, a[1], a[2])
	})
	for name, listener := range map[string]*python.Native{"request": f.recorder, "user_error": f.reporter} {
		if h := f.hook(t, name); h != nil {
			h.handlers.Append(listener)
		}
	}
	return nil
}

// FireRequest is events.request.fire for a request of an HTTP session. Without a listener in the locustfile it makes no
// Python value at all.
func (h *hook) FireRequest(t *python.Thread, r *session.Request) error {
	stock := h.stock()
	if r.Incomplete && !stock {
		return h.file.recordRequest(t, r) // no listener ever hears of it
	}
	if r.Meta == nil && stock {
		if items := h.handlers.Items(); len(items) == 1 && items[0] == python.Value(h.file.recorder) && h.file.plainStats && h.file.pristine.classesSame() {
			return h.file.recordRequest(t, r)
		}
	}
	kw := python.Args{}
	r.Dict(t).All(func(k, v python.Value) bool {
		if name, ok := k.(*python.Str); ok {
			kw.Names, kw.Values = append(kw.Names, name), append(kw.Values, v)
		}
		return true
	})
	return tell(t, h.inst, kw, false)
}

// Environ implements session.Environ.
func (h *hook) Environ(t *python.Thread) *user.Env {
	if h.file.hook(t, "request") != h {
		return nil
	}
	if l, ok := t.Local.(*life); ok {
		return l.env
	}
	return h.file.nobody()
}

// report is on_user_error of locust.runners.WorkerRunner.
func (f *File) report(t *python.Thread, exception, tb python.Value) error {
	message, err := t.Str(exception)
	if err != nil {
		return err
	}
	text := ""
	for _, line := range python.FormatTBValue(tb) {
		text += line
	}
	if send := f.linked().Exception; send != nil {
		send(user.Exception{Message: message, Traceback: text})
	} else if l, ok := t.Local.(*life); ok {
		l.env.Report(user.Exception{Message: message, Traceback: text})
	}
	return nil
}

// userError tells of an exception of a user (events.user_error).
func (f *File) userError(t *python.Thread, who python.Value, e *python.Exception) error {
	tb, err := t.GetAttr(e, "__traceback__")
	if err != nil {
		return err
	}
	return f.fireEvent(t, "user_error", "user_instance", who, "exception", python.Value(e), "tb", tb)
}
