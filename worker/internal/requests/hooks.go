package requests

import (
	"strings"

	"gregaria/worker/internal/python"
)

// addHook registers a callable, or several, for an event (RequestHooksMixin.register_hook).
func addHook(t *thread, hooks, event, hook value) error {
	list, err := t.GetItem(hooks, event)
	if err != nil {
		name, _ := python.AsStr(event)
		return python.Errorf(python.ValueError, `Unsupported event specified, with event name "%s"`, name)
	}
	if python.Callable(hook) {
		_, err = t.CallMethod(list, "append", hook)
		return err
	}
	if !iterable(hook) {
		return nil
	}
	return t.Each(hook, func(h value) error {
		if !python.Callable(h) {
			return nil
		}
		_, err := t.CallMethod(list, "append", h)
		return err
	})
}

// prepareHooks takes the hooks of the arguments, else those of the session (merge_hooks).
func (c *Classes) prepareHooks(t *thread, p *Prepared, own, shared value) error {
	hooks := own
	if n, err := hookCount(t, own); err != nil {
		return err
	} else if n == 0 {
		hooks = shared
	}
	if n, err := hookCount(t, hooks); err != nil || n == 0 {
		return err
	}
	object := c.object(p)
	all, err := getHooks(t, object)
	if err != nil {
		return err
	}
	return pairs(t, hooks, func(k, v value) error { return addHook(t, all, k, v) })
}

// hookCount is how many hooks a dict has for responses.
func hookCount(t *thread, hooks value) (int, error) {
	d, ok := python.Unwrap(or(hooks, python.None)).(*python.Dict)
	if !ok {
		return 0, nil
	}
	v := d.GetStr("response")
	if v == nil {
		return d.Len(), nil
	}
	if python.Callable(v) {
		return 1, nil
	}
	return t.Len(v)
}

// dispatch calls the hooks of an answer; what one returns takes the answer's place (requests.hooks.dispatch_hook).
func (c *Classes) dispatch(t *thread, hooks value, r *Response, o *options) error {
	d, ok := python.Unwrap(hooks).(*python.Dict)
	if !ok || d.GetStr("response") == nil {
		return nil
	}
	list, err := t.ToSlice(d.GetStr("response"))
	if err != nil || len(list) == 0 {
		return err
	}
	args := o.arguments()
	for _, hook := range append([]value(nil), list...) {
		args.Pos = []value{c.show(r)}
		v, err := t.CallKw(hook, args)
		if err != nil {
			return err
		}
		if other := responseOf(v); other != nil && other != r {
			r.become(other)
		}
	}
	return nil
}

// arguments are the options as keywords, as hooks and adapters get them.
func (o *options) arguments() python.Args {
	names := []string{"timeout", "verify", "proxies", "stream", "cert"}
	values := []value{or(o.timeout, nil), or(o.verify, python.True), or(o.proxies, python.NewDict()), python.NewBool(o.stream), or(o.cert, nil)}
	a := python.Args{Values: values}
	for _, n := range names {
		a.Names = append(a.Names, python.NewStr(n))
	}
	return a
}

// become makes r the same answer as another, which a hook or an adapter has returned.
func (r *Response) become(o *Response) {
	object, embedder := r.object, r.Embedder
	*r = *o
	r.object, r.Embedder = object, embedder
}

// adapter is what is mounted for a URL; nil is one that does what requests' own does.
func (s *Session) adapter(t *thread, url string) (value, error) {
	var found value
	err := pairs(t, s.set.adapters, func(k, v value) error {
		if prefix, _ := python.AsStr(k); found == nil && strings.HasPrefix(strings.ToLower(url), strings.ToLower(prefix)) {
			found = v
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if found == nil {
		return nil, s.noAdapter(t, url)
	}
	plain, err := t.HasAttr(found, "_plain")
	if err != nil || plain == nil {
		return found, err
	}
	v, err := t.Call(plain)
	if err != nil || v == python.True {
		return nil, err
	}
	return found, nil
}

func (s *Session) noAdapter(t *thread, url string) error {
	return s.classes.fail(t, "no_adapter", python.NewStr(url))
}

// sendBy sends the request of r by an adapter in Python.
func (s *Session) sendBy(t *thread, adapter value, o *options, r *Response) error {
	send, err := t.GetAttr(adapter, "send")
	if err != nil {
		return err
	}
	args := o.arguments()
	args.Pos = []value{s.classes.object(r.request)}
	v, err := t.CallKw(send, args)
	if err != nil {
		return err
	}
	other := responseOf(v)
	if other == nil {
		return python.Errorf(python.TypeError, "an adapter's send must return a requests.Response, not '%s'", python.TypeOf(v).Name())
	}
	if other != r {
		r.become(other)
	}
	return nil
}
