package python

import (
	"gregaria/worker/internal/python/syntax"
)

// class compiles a class statement (Python/bltinmodule.c, __build_class__).
func (c *compiler) class(x *syntax.Class) stmt {
	s := c.binder.scopes[x]
	code := &Code{name: x.Name, qualname: s.qualname, file: c.tree.File, tree: c.tree, pos: x.Pos}
	doc := docstring(x.Body)
	classCell := -1
	c.in(s, func() {
		code.body = c.block(x.Body, false)
		if s.classCell != nil {
			classCell = s.cellIndex(s.classCell)
		}
	})
	c.finish(code, s)
	closure := make([]int, len(s.free))
	for i, y := range s.free {
		closure[i] = c.s.host.cellIndex(y)
	}
	call := &syntax.Call{Pos: x.Pos, Func: &syntax.Const{Pos: x.Pos, Name: "None"}, Args: x.Bases, Kw: x.Kw}
	args := c.classArgs(call)
	def := func(f *Frame) (Value, error) {
		a, err := args(f)
		if err != nil {
			return nil, err
		}
		ns := NewDict()
		ns.SetStr("__module__", orNone(f.globals.GetStr("__name__")))
		ns.SetStr("__qualname__", NewStr(s.qualname))
		if doc != None {
			ns.SetStr("__doc__", doc)
		}
		t := f.t
		b := t.newFrame(code, f.globals)
		b.ns, b.cells = ns, makeCells(code)
		for i, k := range closure {
			b.cells[code.ncells+i] = f.cells[k]
		}
		cells := b.cells
		err = t.runFrame(b)
		t.release(b)
		if err != nil {
			return nil, f.at(&x.Pos, err)
		}
		cls, err := t.buildClass(x.Name, a, ns)
		if err != nil {
			return nil, f.at(&x.Pos, err)
		}
		if classCell >= 0 {
			cells[classCell].v = cls
		}
		return cls, nil
	}
	return c.decorate(x.Decorators, def, c.assignName(x.Name))
}

func (c *compiler) classArgs(x *syntax.Call) func(f *Frame) (Args, error) {
	items := c.items(x.Args, &x.Pos, starRefusal)
	vals := make([]expr, len(x.Kw))
	for i, k := range x.Kw {
		vals[i] = c.expr(k.Value)
	}
	return func(f *Frame) (Args, error) {
		var a Args
		var err error
		if a.Pos, err = items(f); err != nil {
			return a, err
		}
		for i, k := range x.Kw {
			v, err := vals[i](f)
			if err != nil {
				return a, err
			}
			a.Names, a.Values = append(a.Names, NewStr(k.Name)), append(a.Values, v)
		}
		return a, nil
	}
}

// buildClass is type(name, bases, ns) with all hooks.
func (t *Thread) buildClass(name string, a Args, ns *Dict) (Value, error) {
	var meta *Type
	var kw Args
	for i, n := range a.Names {
		if n.s == "metaclass" {
			meta, _ = a.Values[i].(*Type)
			continue
		}
		kw.Names, kw.Values = append(kw.Names, n), append(kw.Values, a.Values[i])
	}
	bases := make([]*Type, len(a.Pos))
	for i, b := range a.Pos {
		bt, ok := b.(*Type)
		if !ok {
			return nil, Errorf(TypeError, "bases must be types")
		}
		bases[i] = bt
		if meta == nil && bt.meta != nil && bt.meta.heap {
			meta = bt.meta
		}
	}
	if meta != nil && meta != typeType && meta.fact().new != nil {
		return t.callFront(meta, NewStr(name), Args{Pos: []Value{NewTuple(a.Pos...), ns}, Names: kw.Names, Values: kw.Values})
	}
	cls, err := t.makeClass(name, bases, ns, kw)
	if err == nil && meta != nil && meta != typeType {
		cls.meta = meta
		if init := meta.fact().init; init != nil {
			_, err = t.call(init, []Value{cls, NewStr(name), NewTuple(a.Pos...), ns}, nil)
		}
	}
	return cls, err
}

func (t *Thread) makeClass(name string, bases []*Type, ns *Dict, kw Args) (*Type, error) {
	cls, err := newHeapType(name, bases, ns)
	if err != nil {
		return nil, err
	}
	if m := ns.GetStr("__module__"); m != nil {
		cls.module, _ = AsStr(m)
	}
	if q := ns.GetStr("__qualname__"); q != nil {
		cls.qualname, _ = AsStr(q)
		if _, err := ns.Delete(t, NewStr("__qualname__")); err != nil {
			return nil, err
		}
	}
	for _, n := range []string{"__init_subclass__", "__class_getitem__"} {
		if f, ok := ns.GetStr(n).(*Function); ok {
			ns.SetStr(n, &wrapper{classMethodType, f})
		}
	}
	if f, ok := ns.GetStr("__new__").(*Function); ok {
		ns.SetStr("__new__", &wrapper{staticMethodType, f})
	}
	for _, e := range append([]entry(nil), ns.entries...) {
		i, ok := e.val.(*Instance)
		if !ok || e.key == nil {
			continue
		}
		if m := i.cls.lookup("__set_name__"); m != nil {
			if _, err := t.call(m, []Value{i, cls, e.key}, nil); err != nil {
				return nil, err
			}
		}
	}
	if err := t.grown(0, 64*len(cls.mro)); err != nil {
		return nil, err
	}
	return cls, t.initSubclass(cls, kw)
}

func (t *Thread) initSubclass(cls *Type, kw Args) error {
	for _, m := range cls.mro[1:] {
		if m.onSubclass != nil {
			if err := m.onSubclass(t, cls, kw); err != nil {
				return err
			}
			kw = Args{}
			break
		}
	}
	sup := &superValue{cls, cls, cls}
	if d := sup.lookup("__init_subclass__"); d != nil {
		b, err := t.bind(d, nil, cls)
		if err != nil {
			return err
		}
		_, err = t.call(b, kw.Values, kw.Names)
		return err
	}
	if len(kw.Names) > 0 {
		return Errorf(TypeError, "%s.__init_subclass__() takes no keyword arguments", cls.name)
	}
	return nil
}
