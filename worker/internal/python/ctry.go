package python

import (
	"gregaria/worker/internal/python/syntax"
)

// toException turns what raise got into an exception: a class is called.
func (t *Thread) toException(v Value) (*Exception, error) {
	switch x := v.(type) {
	case *Exception:
		return x, nil
	case *Type:
		if x.isException() {
			r, err := t.call(x, nil, nil)
			if err != nil {
				return nil, err
			}
			if e, ok := r.(*Exception); ok {
				return e, nil
			}
			return nil, Errorf(TypeError, "calling %s should have returned an instance of BaseException, not %s", x.name, r.typ().name)
		}
	}
	return nil, Errorf(TypeError, "exceptions must derive from BaseException")
}

func (c *compiler) raise(x *syntax.Raise) stmt {
	pos := &x.Pos
	if x.X == nil {
		return func(f *Frame) (ctl, error) {
			if f.t.handling == nil {
				return 0, f.at(pos, Errorf(RuntimeError, "No active exception to reraise"))
			}
			return 0, f.t.handling
		}
	}
	v := c.expr(x.X)
	var cause expr
	if x.Cause != nil {
		cause = c.expr(x.Cause)
	}
	return func(f *Frame) (ctl, error) {
		r, err := v(f)
		if err != nil {
			return 0, err
		}
		e, err := f.t.toException(r)
		if err != nil {
			return 0, f.at(pos, err)
		}
		if cause != nil {
			if err := f.setCause(e, cause); err != nil {
				return 0, f.at(pos, err)
			}
		}
		f.t.setContext2(e)
		e.mark = nil
		return 0, f.at(pos, e)
	}
}

// setContext2 is for an explicit raise, which replaces an older context.
func (t *Thread) setContext2(e *Exception) {
	if t.handling != nil && t.handling != e {
		e.context = nil
	}
	t.setContext(e)
}

func (f *Frame) setCause(e *Exception, cause expr) error {
	v, err := cause(f)
	if err != nil {
		return err
	}
	e.suppress = true
	if v == None {
		e.cause = nil
		return nil
	}
	ce, err := f.t.toException(v)
	if err != nil {
		if isA(err, TypeError) {
			return Errorf(TypeError, "exception causes must derive from BaseException")
		}
		return err
	}
	e.cause = ce
	return nil
}

type handler struct {
	typ   expr // nil: bare
	set   store
	unset stmt
	body  func(f *Frame) (ctl, error)
	pos   syntax.Pos
}

func (c *compiler) try(x *syntax.Try) stmt {
	body, other := c.block(x.Body, false), c.block(x.Else, false)
	var hs []handler
	for i := range x.Handlers {
		h := &x.Handlers[i]
		out := handler{pos: h.Pos}
		if h.Type != nil {
			out.typ = c.expr(h.Type)
			out.pos = h.Type.Span()
		} else if i < len(x.Handlers)-1 {
			c.fail(h.Pos, "default 'except:' must be last")
		}
		if h.Name != "" {
			out.set = c.assignName(h.Name)
			out.unset = c.deleteName(&syntax.Name{Pos: h.Pos, ID: h.Name})
		}
		out.body = c.block(h.Body, false)
		hs = append(hs, out)
	}
	run := func(f *Frame) (ctl, error) {
		r, err := body(f)
		if err != nil {
			return f.handle(hs, err)
		}
		if r == ctlNext && len(x.Else) > 0 {
			return other(f)
		}
		return r, nil
	}
	if x.Finally == nil {
		return run
	}
	final := c.block(x.Finally, false)
	return func(f *Frame) (ctl, error) {
		r, err := run(f)
		ret := f.ret
		old := f.t.handling
		if err != nil {
			f.t.handling = AsException(err)
		}
		fr, ferr := final(f)
		f.t.handling = old
		if ferr != nil || fr != ctlNext {
			return fr, ferr // it replaces what was going on
		}
		f.ret = ret
		return r, err
	}
}

// handle runs the first handler that fits, or gives the exception back.
func (f *Frame) handle(hs []handler, err error) (ctl, error) {
	e := AsException(err)
	if e.mark == nil && len(e.tb) == 0 { // raised by the machinery, not in an expression
		f.t.setContext(e)
	}
	old := f.t.handling
	for i := range hs {
		h := &hs[i]
		if h.typ != nil {
			f.t.handling = e
			ok, err := f.fits(h, e)
			f.t.handling = old
			if err != nil {
				return 0, err
			}
			if !ok {
				continue
			}
		}
		return f.runHandler(h, e)
	}
	return 0, err
}

func (f *Frame) fits(h *handler, e *Exception) (bool, error) {
	v, err := h.typ(f)
	if err != nil {
		return false, err
	}
	ok, err := Matches(e, v)
	if err != nil {
		return false, f.at(&h.pos, err)
	}
	return ok, nil
}

// Matches says whether `except v` catches an exception.
func Matches(e *Exception, v Value) (bool, error) {
	switch c := v.(type) {
	case *Type:
		if c.isException() {
			return e.cls.Is(c), nil
		}
	case *Tuple:
		for _, x := range c.items {
			if ok, err := Matches(e, x); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	}
	return false, Errorf(TypeError, "catching classes that do not inherit from BaseException is not allowed")
}

func (f *Frame) runHandler(h *handler, e *Exception) (ctl, error) {
	old := f.t.handling
	f.t.handling = e
	if h.set != nil {
		if err := h.set(f, e); err != nil {
			return 0, err
		}
	}
	r, err := h.body(f)
	f.t.handling = old
	if h.unset != nil {
		ret := f.ret
		if _, uerr := h.unset(f); uerr != nil && !isA(uerr, NameError) {
			return 0, uerr
		}
		f.ret = ret
	}
	return r, err
}

func (c *compiler) with(x *syntax.With) stmt {
	if x.Async {
		return c.asyncWith(x)
	}
	item, pos := c.expr(x.Item), x.Span()
	var set store
	if x.Target != nil {
		set = c.assign(x.Target)
	}
	body := c.block(x.Body, false)
	return func(f *Frame) (ctl, error) {
		m, err := item(f)
		if err != nil {
			return 0, err
		}
		exit, v, err := f.t.enterContext(m)
		if err != nil {
			return 0, f.at(&pos, err)
		}
		var r ctl
		if set != nil {
			err = set(f, v)
		}
		if err == nil {
			r, err = body(f)
		}
		return f.exitContext(&pos, exit, r, err)
	}
}

// enterContext calls __enter__ and returns the bound __exit__.
func (t *Thread) enterContext(m Value) (exit, v Value, err error) {
	cls := m.typ()
	enter, leave := cls.lookup("__enter__"), cls.lookup("__exit__")
	if enter == nil {
		return nil, nil, Errorf(TypeError, "'%s' object does not support the context manager protocol", cls.name)
	}
	if leave == nil {
		return nil, nil, Errorf(TypeError, "'%s' object does not support the context manager protocol (missed __exit__ method)", cls.name)
	}
	if exit, err = t.bind(leave, m, cls); err != nil {
		return nil, nil, err
	}
	b, err := t.bind(enter, m, cls)
	if err != nil {
		return nil, nil, err
	}
	v, err = t.call(b, nil, nil)
	return exit, v, err
}

func (f *Frame) exitContext(pos *syntax.Pos, exit Value, r ctl, err error) (ctl, error) {
	t := f.t
	if err == nil {
		ret := f.ret
		if _, err := t.call(exit, []Value{None, None, None}, nil); err != nil {
			return 0, f.at(pos, err)
		}
		f.ret = ret
		return r, nil
	}
	e := AsException(err)
	old := t.handling
	t.handling = e
	tb := &tracebackValue{append([]traceEntry(nil), e.tb...)}
	v, xerr := t.call(exit, []Value{e.cls, e, tb}, nil)
	t.handling = old
	if xerr != nil {
		if x := AsException(xerr); x == e {
			return 0, x
		}
		t.handling = e
		xerr = f.at(pos, xerr)
		t.handling = old
		return 0, xerr
	}
	ok, terr := t.Truth(v)
	if terr != nil {
		return 0, f.at(pos, terr)
	}
	if ok {
		return ctlNext, nil
	}
	return 0, err
}
