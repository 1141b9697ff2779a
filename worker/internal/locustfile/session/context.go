package session

import (
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// response is a ResponseContextManager of HttpSession.
type response struct {
	requests.Response
	session  *client
	prepared requests.Prepared
	meta     Request
	err      value // why there is no answer
	outcome
}

// outcome is what the file has said of a response.
type outcome struct {
	catch, entered bool
	// manual is what the file made of it: True for a success, an exception for a failure; nil is nothing yet.
	manual value
}

func responseOf(v value) *response {
	if i, ok := v.(*python.Instance); ok {
		x, _ := i.Data.(*response)
		return x
	}
	return nil
}

// dict is request_meta, with the URL that is only now needed.
func (x *response) dict(t *thread) *python.Dict {
	if x.meta.Meta == nil {
		x.complete()
	}
	return x.meta.Dict(t)
}

// complete fills in what most events never look at.
func (x *response) complete() {
	if x.meta.URL != "" {
		return
	}
	if first := x.First(); first != nil {
		x.meta.URL = first.URL()
	}
}

// raiseForStatus is ResponseContextManager.raise_for_status.
func (x *response) raiseForStatus(t *thread, self value, name string) error {
	switch m := x.manual.(type) {
	case nil:
		if e, ok := x.err.(*python.Exception); ok {
			return e
		}
		return x.session.classes.requests.StatusError(t, self, name)
	case *python.Exception:
		return m
	}
	return nil
}

// exit is ResponseContextManager.__exit__: it reports the request, unless an exception drops it.
func (x *response) exit(t *thread, class, exception value) (handled bool, err error) {
	if x.manual != nil {
		if x.manual == python.True {
			x.meta.fail(nil)
		} else {
			x.meta.fail(x.manual)
		}
		return class == python.None, x.report(t)
	}
	if class != python.None {
		e, ok := exception.(*python.Exception)
		if !ok || !e.IsA(x.session.classes.responseError) {
			return false, nil
		}
		x.meta.fail(e)
		return true, x.report(t)
	}
	if err := x.judge(t); err != nil {
		return false, err
	}
	return true, x.report(t)
}

// judge lets the answer decide whether the request failed.
func (x *response) judge(t *thread) error {
	if x.err == nil && x.Status() < 400 {
		return nil
	}
	name := x.meta.Name
	if x.meta.Meta != nil {
		var err error
		if name, err = t.Str(or(x.meta.Meta.GetStr("name"), python.None)); err != nil {
			return err
		}
	}
	err := x.raiseForStatus(t, x.meta.Response, name)
	if err == nil {
		return nil
	}
	e := python.AsException(err)
	if ours, err := x.session.classes.requests.IsA(t, e, "RequestException"); err != nil || !ours {
		if err != nil {
			return err
		}
		return e
	}
	// Locust raises the error anew: in an except block that replaces its context by the exception being handled.
	if h := t.Handling(); x.err != nil && h != nil && h != e {
		if err := t.SetAttr(e, "__context__", h); err != nil {
			return err
		}
	}
	inner, err := x.session.classes.innermost(t, e)
	x.meta.fail(inner)
	return err
}

func (x *response) report(t *thread) error {
	x.complete()
	return x.meta.fire(t, x.session.event)
}

// innermost is what led to an exception of a connection.
func (c *Classes) innermost(t *thread, e *python.Exception) (value, error) {
	m, err := t.Import("urllib3.exceptions")
	if err != nil {
		return nil, err
	}
	for {
		wraps, err := c.requests.IsA(t, e, "ConnectionError")
		if err != nil {
			return nil, err
		}
		for _, name := range []string{"ProtocolError", "MaxRetryError", "NewConnectionError"} {
			wraps = wraps || e.IsA(m.Attrs().GetStr(name).(*python.Type))
		}
		if !wraps {
			return e, nil
		}
		v, err := t.GetAttr(e, "__context__")
		if err != nil {
			return nil, err
		}
		next, ok := v.(*python.Exception)
		if !ok {
			return e, nil
		}
		e = next
	}
}

// fail is .failure(exc): what is no exception becomes the text of one.
func (c *Classes) failure(v value) value {
	if e, ok := v.(*python.Exception); ok && e.IsA(python.ExceptionType) {
		return e
	}
	return python.NewException(c.catchError, v)
}

func (c *Classes) newContextClasses() {
	get := func(f func(t *thread, x *response) (value, error)) value {
		return python.Property(func(t *thread, self value) (value, error) { return f(t, responseOf(self)) })
	}
	c.ResponseContextManager = python.NewClass(python.ClassSpec{
		Name: "ResponseContextManager", Module: "locust.clients", Bases: []*python.Type{c.requests.Response},
		New: func(_ *thread, cls *python.Type, args python.Args) (value, error) { return c.errorContext(cls, args) },
		Attrs: map[string]value{
			"request_meta": python.MutableProperty(
				func(t *thread, self value) (value, error) { return responseOf(self).dict(t), nil },
				func(_ *thread, self, v value) error {
					d, ok := python.Unwrap(v).(*python.Dict)
					if !ok {
						return python.Errorf(python.TypeError, "request_meta must be a dict")
					}
					responseOf(self).meta.Meta = d
					return nil
				}),
			"error": python.MutableProperty(
				func(_ *thread, self value) (value, error) { return or(responseOf(self).err, python.None), nil },
				func(_ *thread, self, v value) error { responseOf(self).err = v; return nil }),
			"_manual_result": python.MutableProperty(
				func(_ *thread, self value) (value, error) { return or(responseOf(self).manual, python.None), nil },
				func(_ *thread, self, v value) error {
					if responseOf(self).manual = v; v == python.None {
						responseOf(self).manual = nil
					}
					return nil
				}),
			"_entered":        get(func(_ *thread, x *response) (value, error) { return python.NewBool(x.entered), nil }),
			"_catch_response": get(func(_ *thread, x *response) (value, error) { return python.NewBool(x.catch), nil }),
			"_request_event":  get(func(_ *thread, x *response) (value, error) { return x.session.event, nil }),
			"wrap_response": python.ClassMethod(
				python.Func("wrap_response(cls, response, request_event, request_meta, catch_response)", c.wrapResponse)),
		},
		Methods: c.contextMethods(),
	})
	c.RestResponseContextManager = python.NewClass(python.ClassSpec{
		Name: "RestResponseContextManager", Module: "locust.clients", Bases: []*python.Type{c.ResponseContextManager},
	})
}

// errorContext is ResponseContextManager(error), as a file may make one itself.
func (c *Classes) errorContext(cls *python.Type, args python.Args) (value, error) {
	if len(args.Pos) != 1 {
		return nil, python.Errorf(python.TypeError, "ResponseContextManager.__init__() missing 1 required positional argument: 'error'")
	}
	x := &response{session: &client{classes: c, event: python.None}, err: args.Pos[0], outcome: outcome{catch: true}}
	object := python.NewInstance(cls, x)
	x.Bind(object)
	x.Embedder = x
	var p *requests.Prepared
	if e, ok := args.Pos[0].(*python.Exception); ok {
		p = requests.PreparedBy(e)
	}
	x.Fail(c.requests, p)
	x.meta.Response = object
	return object, nil
}

func (c *Classes) contextMethods() []*python.Native {
	return []*python.Native{
		python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
		python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) {
			x := responseOf(a[0])
			if x.entered = true; !x.catch {
				return nil, c.complain(withoutCatch)
			}
			return a[0], nil
		}),
		python.Func("__exit__(self, exc, value, traceback)", func(t *thread, a []value) (value, error) {
			x := responseOf(a[0])
			defer x.judged()
			if !c.stockContext(a[0]) {
				return contextTwin("__exit__").Call(t, python.Args{Pos: a})
			}
			handled, err := x.exit(t, a[1], a[2])
			return python.NewBool(handled), err
		}),
		python.Func("raise_for_status(self)", func(t *thread, a []value) (value, error) {
			if !c.stockContext(a[0]) {
				return contextTwin("raise_for_status").Call(t, python.Args{Pos: a})
			}
			return python.None, responseOf(a[0]).raiseForStatus(t, a[0], "")
		}),
		python.Func("_report_request(self, exc=None)", func(t *thread, a []value) (value, error) {
			return python.None, responseOf(a[0]).report(t)
		}),
		python.Func("success(self)", func(_ *thread, a []value) (value, error) {
			x := responseOf(a[0])
			if !x.entered {
				return nil, c.complain(tooEarly + "success()")
			}
			x.manual = python.True
			return python.None, nil
		}),
		python.Func("failure(self, exc)", func(_ *thread, a []value) (value, error) {
			x := responseOf(a[0])
			if !x.entered {
				return nil, c.complain(tooEarly + "failure(...)")
			}
			x.manual = c.failure(a[1])
			return python.None, nil
		}),
	}
}

// contextTwin is the general way of a method of ResponseContextManager.
func contextTwin(name string) requests.Twin {
	return requests.Twin{Module: "_locust_http", Class: "ResponseContextManager", Name: name}
}

// stockContext says whether nothing has been changed of the class of a response, or set on it, that judging it would pass by.
func (c *Classes) stockContext(v value) bool {
	i, ok := v.(*python.Instance)
	if !ok || c.general || !c.requests.Untouched() || i.Class() != c.ResponseContextManager && i.Class() != c.RestResponseContextManager {
		return false
	}
	own := i.Own()
	return own == nil || own.GetStr("raise_for_status") == nil && own.GetStr("_report_request") == nil
}

// wrapResponse is ResponseContextManager.wrap_response: it makes a response of requests one that is reported.
func (c *Classes) wrapResponse(t *thread, a []value) (value, error) {
	i, ok := a[1].(*python.Instance)
	base := requests.ResponseOf(a[1])
	if !ok || base == nil {
		return nil, python.Errorf(python.TypeError, "__class__ assignment: '%s' object layout differs from 'ResponseContextManager'", python.TypeOf(a[1]).Name())
	}
	catch, err := truthy(t, a[4])
	if err != nil {
		return nil, err
	}
	meta, ok := python.Unwrap(a[3]).(*python.Dict)
	if !ok {
		return nil, python.Errorf(python.TypeError, "request_meta must be a dict")
	}
	x := responseOf(a[1])
	if x == nil {
		x = &response{}
		x.Become(base, i)
		x.Embedder = x
		i.Data = x
	}
	x.session, x.outcome = &client{classes: c, event: a[2]}, outcome{catch: catch}
	x.meta = Request{Meta: meta, Response: i}
	if x.Streaming() {
		x.watch(t, unixTime(meta.GetStr("start_time")))
	}
	return i, t.SetAttr(i, "__class__", a[0])
}
