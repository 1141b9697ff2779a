package python

import (
	"strings"

	"gregaria/worker/internal/python/syntax"
)

// call compiles a call. Arguments go to the stack of the thread, unless evaluating them may suspend the frame.
func (c *compiler) call(x *syntax.Call) expr {
	if n, ok := x.Func.(*syntax.Name); ok && n.ID == "super" && len(x.Args) == 0 && len(x.Kw) == 0 && c.s.host.kind == functionScope {
		return c.superCall(x)
	}
	for _, a := range x.Args {
		if _, ok := a.(*syntax.Star); ok {
			return c.callSpread(x)
		}
	}
	for _, k := range x.Kw {
		if k.Name == "" {
			return c.callSpread(x)
		}
	}
	args := c.exprs(x.Args)
	var names []*Str
	for _, k := range x.Kw {
		names = append(names, c.iso.intern(k.Name))
		args = append(args, c.expr(k.Value))
	}
	heap := hasYield(&syntax.Call{Func: &syntax.Name{}, Args: x.Args, Kw: x.Kw})
	if a, ok := x.Func.(*syntax.Attr); ok && !heap {
		return c.callMethod(x, a, args, names)
	}
	fn, site := c.expr(x.Func), &callSite{pos: &x.Pos, args: args, names: names}
	if heap {
		return func(f *Frame) (Value, error) {
			callee, err := fn(f)
			if err != nil {
				return nil, err
			}
			all := make([]Value, len(args))
			if err := evalInto(f, all, args); err != nil {
				return nil, err
			}
			return f.finishCall(site.pos, callee, all, names)
		}
	}
	return func(f *Frame) (Value, error) {
		callee, err := fn(f)
		if err != nil {
			return nil, err
		}
		return site.run(f, callee, nil)
	}
}

// callSite is a call in the source.
type callSite struct {
	pos   *syntax.Pos
	args  []expr
	names []*Str // of the last arguments
}

// run evaluates the arguments and calls fn, with self in front if it is not nil.
func (s *callSite) run(f *Frame, fn, self Value) (Value, error) {
	all := f.t.push(len(s.args) + 1)
	all[0] = self
	for i, x := range s.args {
		v, err := x(f)
		if err != nil {
			f.t.pop(all)
			return nil, err
		}
		all[i+1] = v
	}
	in := all
	if self == nil {
		in = all[1:]
	}
	f.line = s.pos.Line
	r, err := f.t.call(fn, in, s.names)
	f.t.pop(all)
	if err != nil {
		return nil, f.at(s.pos, err)
	}
	return r, nil
}

func evalInto(f *Frame, out []Value, xs []expr) error {
	for i, x := range xs {
		v, err := x(f)
		if err != nil {
			return err
		}
		out[i] = v
	}
	return nil
}

func (f *Frame) finishCall(pos *syntax.Pos, fn Value, args []Value, names []*Str) (Value, error) {
	f.line = pos.Line
	r, err := f.t.call(fn, args, names)
	if err != nil {
		return nil, f.at(pos, err)
	}
	return r, nil
}

// callMethod compiles o.m(...): the object goes first among the arguments, and no bound method is made.
func (c *compiler) callMethod(x *syntax.Call, a *syntax.Attr, args []expr, names []*Str) expr {
	obj, name, apos := c.expr(a.X), c.iso.intern(a.Name), &a.Pos
	site := &callSite{pos: &x.Pos, args: args, names: names}
	k := &attrCache{}
	return func(f *Frame) (Value, error) {
		o, err := obj(f)
		if err != nil {
			return nil, err
		}
		fn, self, err := f.t.method(o, name, k)
		if err != nil {
			return nil, f.at(apos, err)
		}
		if !self {
			o = nil
		}
		return site.run(f, fn, o)
	}
}

// method finds o.name for a call. self says that the object is the first argument; otherwise fn is complete.
func (t *Thread) method(o Value, name *Str, k *attrCache) (fn Value, self bool, err error) {
	switch x := o.(type) {
	case *Module, *Type, *superValue:
		fn, err = t.getAttr(o, name)
		return fn, false, err
	case *Instance:
		if k == nil {
			k = &attrCache{}
		}
		cls := x.cls
		if k.cls != cls || k.version != cls.version {
			k.fill(cls, name)
		}
		if !k.slow && !k.data {
			if v := k.own(x, name); v != nil {
				return v, false, nil
			}
			switch d := k.d.(type) {
			case *Function:
				return d, true, nil
			case *Native:
				if d.self == nil {
					return d, true, nil
				}
			}
		}
		fn, err = t.getAttr(o, name)
		return fn, false, err
	}
	cls := o.typ()
	if k == nil {
		k = &attrCache{}
	}
	if k.cls != cls || k.version != cls.version {
		k.fill(cls, name)
	}
	if d, ok := k.d.(*Native); ok && attrsOf(o) == nil {
		return d, true, nil
	}
	fn, err = t.getAttr(o, name)
	return fn, false, err
}

// superCall compiles super() without arguments: the class from its cell, the object from the first parameter.
func (c *compiler) superCall(x *syntax.Call) expr {
	pos := &x.Pos
	cell := -1
	if y, _ := find(c.s, "__class__"); y != nil {
		cell = c.s.host.cellIndex(y)
	}
	generator := c.s.host.isGen
	return func(f *Frame) (Value, error) {
		if cell < 0 {
			return nil, f.at(pos, Errorf(RuntimeError, "super(): __class__ cell not found"))
		}
		var self Value
		if len(f.code.names) > 0 {
			self = f.locals[0]
			if len(f.code.cellOf) > 0 && f.code.cellOf[0] >= 0 {
				self = f.cells[f.code.cellOf[0]].v
			}
		}
		cls, ok := f.cells[cell].v.(*Type)
		if self == nil || !ok || generator && f.code.name == "<genexpr>" {
			return nil, f.at(pos, Errorf(RuntimeError, "super(): no arguments"))
		}
		r, err := newSuper(cls, self)
		if err != nil {
			return nil, f.at(pos, err)
		}
		return r, nil
	}
}

// callSpread compiles a call with *args or **kwargs.
func (c *compiler) callSpread(x *syntax.Call) expr {
	fn, pos := c.expr(x.Func), &x.Pos
	args := c.items(x.Args, &x.Pos, callRefusal)
	type kw struct {
		name *Str
		v    expr
	}
	kws := make([]kw, len(x.Kw))
	for i, k := range x.Kw {
		if k.Name != "" {
			kws[i].name = c.iso.intern(k.Name)
		}
		kws[i].v = c.expr(k.Value)
	}
	return func(f *Frame) (Value, error) {
		callee, err := fn(f)
		if err != nil {
			return nil, err
		}
		all, err := args(f)
		if err != nil {
			return nil, starError(callee, err)
		}
		var names []*Str
		for _, k := range kws {
			v, err := k.v(f)
			if err != nil {
				return nil, err
			}
			if k.name != nil {
				names, all = append(names, k.name), append(all, v)
				continue
			}
			if names, all, err = f.t.spread(callee, v, names, all); err != nil {
				return nil, f.at(pos, err)
			}
		}
		return f.finishCall(pos, callee, all, names)
	}
}

func (t *Thread) spread(fn, v Value, names []*Str, all []Value) ([]*Str, []Value, error) {
	d, ok := unwrap(v).(*Dict)
	if !ok {
		d = NewDict()
		if v.typ().lookup("keys") == nil {
			return nil, nil, Errorf(TypeError, "%s argument after ** must be a mapping, not %s", calleeName(fn), v.typ().name)
		}
		if err := t.dictUpdate(d, v); err != nil {
			return nil, nil, err
		}
	}
	for i := range d.entries {
		e := &d.entries[i]
		if e.key == nil {
			continue
		}
		k, ok := unwrap(e.key).(*Str)
		if !ok {
			return nil, nil, Errorf(TypeError, "keywords must be strings")
		}
		for _, n := range names {
			if n.s == k.s {
				return nil, nil, Errorf(TypeError, "%s got multiple values for keyword argument '%s'", calleeName(fn), k.s)
			}
		}
		names, all = append(names, k), append(all, e.val)
	}
	return names, all, nil
}

// calleeName is _PyObject_FunctionStr.
func calleeName(fn Value) string {
	switch f := fn.(type) {
	case *Function:
		m := str0(orNone(f.module))
		if m != "builtins" {
			return m + "." + f.qualname + "()"
		}
		return f.qualname + "()"
	case *BoundMethod:
		return calleeName(f.fn)
	case *Native:
		if f.module != "" && f.module != "builtins" {
			return f.module + "." + f.of + f.name + "()"
		}
		return f.name + "()"
	case *Type:
		if f.module == "builtins" {
			return f.name + "()"
		}
		return str0(NewStr(f.module)) + "." + f.qualname + "()"
	}
	return str0(fn)
}

// starError words a bad *x as a call does.
func starError(fn Value, err error) error {
	e := AsException(err)
	if e.cls == TypeError && len(e.args.items) == 1 {
		if rest, ok := strings.CutPrefix(str0(e.args.items[0]), "argument after *"); ok {
			e.args = NewTuple(NewStr(calleeName(fn) + " argument after *" + rest))
		}
	}
	return e
}
