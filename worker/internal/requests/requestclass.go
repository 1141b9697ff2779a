package requests

import "gregaria/worker/internal/python"

// newRequestClass makes the class Request: arguments that wait to be prepared.
func (c *Classes) newRequestClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "Request", Module: "requests.models",
		Methods: []*python.Native{
			python.Func("__init__(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None, cookies=None, hooks=None, json=None)", initRequest),
			python.Func("__repr__(self)", func(t *thread, a []value) (value, error) {
				m, err := t.GetAttr(a[0], "method")
				if err != nil {
					return nil, err
				}
				s, err := t.Str(m)
				return python.NewStr("<Request [" + s + "]>"), err
			}),
			python.Func("prepare(self)", c.prepareRequest),
			python.Func("register_hook(self, event, hook)", func(t *thread, a []value) (value, error) {
				hooks, err := t.GetAttr(a[0], "hooks")
				if err != nil {
					return nil, err
				}
				return python.None, addHook(t, hooks, a[1], a[2])
			}),
		},
	})
}

// requestFields are the attributes of a Request, which are also its arguments and those of prepare, in order.
func requestFields() []string {
	return []string{"method", "url", "headers", "files", "data", "params", "auth", "cookies", "hooks", "json"}
}

// requestDefaults are the attributes of a Request that are not None where nobody says what they are.
func requestDefaults() map[string]value {
	return map[string]value{
		"data": python.NewList(), "files": python.NewList(), "headers": python.NewDict(), "params": python.NewDict(),
	}
}

// initRequest is Request.__init__.
func initRequest(t *thread, a []value) (value, error) {
	dflt := requestDefaults()
	for i, name := range requestFields() {
		v := a[i+1]
		switch {
		case name == "hooks":
			hooks, err := requestHooks(t, v)
			if err != nil {
				return nil, err
			}
			v = hooks
		case !given(v):
			v = or(dflt[name], python.None)
		}
		if err := t.SetAttr(a[0], name, v); err != nil {
			return nil, err
		}
	}
	return python.None, nil
}

// requestHooks registers the hooks that a Request is made with, if any.
func requestHooks(t *thread, v value) (value, error) {
	hooks := emptyHooks()
	if !given(v) {
		return hooks, nil
	}
	return hooks, pairs(t, v, func(event, hook value) error { return addHook(t, hooks, event, hook) })
}

// prepareRequest is Request.prepare.
func (c *Classes) prepareRequest(t *thread, a []value) (value, error) {
	p, err := t.Call(c.PreparedRequest)
	if err != nil {
		return nil, err
	}
	call := python.Args{}
	for _, name := range requestFields() {
		v, err := t.GetAttr(a[0], name)
		if err != nil {
			return nil, err
		}
		call.Names, call.Values = append(call.Names, python.NewStr(name)), append(call.Values, v)
	}
	prepare, err := t.GetAttr(p, "prepare")
	if err == nil {
		_, err = t.CallKw(prepare, call)
	}
	return p, err
}
