package session

import "gregaria/worker/internal/python"

// newFastContextClass makes FastHttpSession's ResponseContextManager.
func (c *Classes) newFastContextClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "ResponseContextManager", Module: "locust.contrib.fasthttp", Bases: []*python.Type{c.FastResponse},
		New:   c.newFastContext,
		Attrs: fastContextAttrs(), Methods: c.fastContextMethods(),
	})
}

func fastContextAttrs() map[string]value {
	return map[string]value{
		"request_meta": python.MutableProperty(
			func(t *thread, self value) (value, error) { return fastResponseOf(self).meta.Dict(t), nil },
			func(_ *thread, self, v value) error {
				d, ok := python.Unwrap(v).(*python.Dict)
				if !ok {
					return python.Errorf(python.TypeError, "request_meta must be a dict")
				}
				fastResponseOf(self).meta.Meta = d
				return nil
			}),
		"_manual_result": python.MutableProperty(
			func(_ *thread, self value) (value, error) { return or(fastResponseOf(self).manual, python.None), nil },
			func(_ *thread, self, v value) error {
				if fastResponseOf(self).manual = v; v == python.None {
					fastResponseOf(self).manual = nil
				}
				return nil
			}),
		"_entered":        getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewBool(x.entered), nil }),
		"_catch_response": getter(func(_ *thread, x *fastResponse) (value, error) { return python.NewBool(x.catch), nil }),
		"_request_event": getter(func(_ *thread, x *fastResponse) (value, error) {
			if x.more != nil && x.more.event != nil {
				return x.more.event, nil
			}
			return x.session.event, nil
		}),
	}
}

func (c *Classes) fastContextMethods() []*python.Native {
	return []*python.Native{
		python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
		python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			if !x.catch {
				return nil, c.complain(withoutCatch)
			}
			x.entered = true
			return a[0], nil
		}),
		python.Func("__exit__(self, exc, value, traceback)", func(t *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			defer x.judged()
			handled, err := x.exit(t, a[0], a[1], a[2])
			return python.NewBool(handled), err
		}),
		python.Func("_report_request(self)", func(t *thread, a []value) (value, error) {
			return python.None, fastResponseOf(a[0]).fire(t)
		}),
		python.Func("success(self)", func(_ *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			if !x.entered {
				return nil, c.complain(tooEarly + "success()")
			}
			x.manual = python.True
			return python.None, nil
		}),
		python.Func("failure(self, exc)", func(_ *thread, a []value) (value, error) {
			x := fastResponseOf(a[0])
			if !x.entered {
				return nil, c.complain(tooEarly + "failure(...)")
			}
			x.manual = c.failure(a[1])
			return python.None, nil
		}),
	}
}

// newFastContext is ResponseContextManager(response, request_event, request_meta, catch_response).
func (c *Classes) newFastContext(t *thread, cls *python.Type, args python.Args) (value, error) {
	var a [4]value
	if len(args.Pos) > len(a) {
		return nil, python.Errorf(python.TypeError, "ResponseContextManager.__init__() takes 5 positional arguments but %d were given", len(args.Pos)+1)
	}
	copy(a[:], args.Pos)
	for i, name := range []string{"response", "request_event", "request_meta", "catch_response"} {
		if v := args.Kw(name); v != nil {
			a[i] = v
		}
		if a[i] == nil {
			return nil, python.Errorf(python.TypeError, "ResponseContextManager.__init__() missing 1 required positional argument: '%s'", name)
		}
	}
	x := fastResponseOf(a[0])
	meta, ok := python.Unwrap(a[2]).(*python.Dict)
	if x == nil || !ok {
		return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute '__dict__'", python.TypeOf(a[0]).Name())
	}
	var err error
	if x.catch, err = t.Truth(a[3]); err != nil {
		return nil, err
	}
	self := python.NewInstance(cls, x)
	a[0].(*python.Instance).Attrs().All(func(k, v value) bool {
		self.Attrs().SetStr(k.(*python.Str).String(), v)
		return true
	})
	x.shown().event, x.meta.Meta, x.object = a[1], meta, self
	return self, nil
}
