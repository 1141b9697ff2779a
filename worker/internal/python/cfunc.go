package python

import (
	"gregaria/worker/internal/python/syntax"
)

// funcParts is what a function needs each time its definition runs.
type funcParts struct {
	code       *Code
	defaults   []expr
	kwDefaults []expr // nil where there is none
	closure    []int  // cells of the enclosing frame
	annots     func(f *Frame) Value
}

func (c *compiler) function(node any, name string, ps syntax.Params, pos syntax.Pos, body func(code *Code)) *funcParts {
	s := c.binder.scopes[node]
	code := &Code{name: name, qualname: s.qualname, file: c.tree.File, tree: c.tree, pos: pos, isGen: s.isGen, kind: s.genKind(), doc: None}
	p := &funcParts{code: code}
	for _, q := range orderParams(ps) {
		code.names = append(code.names, c.iso.intern(q.Name))
		switch {
		case q.KwOnly:
			code.nkw++
			var d expr
			if q.Default != nil {
				d = c.expr(q.Default)
			}
			p.kwDefaults = append(p.kwDefaults, d)
			continue
		case q.PosOnly:
			code.posOnly++
		}
		code.npos++
		if q.Default != nil {
			p.defaults = append(p.defaults, c.expr(q.Default))
		}
	}
	for _, n := range []string{ps.Star, ps.DoubleStar} {
		if n != "" {
			code.names = append(code.names, c.iso.intern(n))
		}
	}
	code.star, code.kwStar = ps.Star != "", ps.DoubleStar != ""
	code.simple = !code.star && !code.kwStar && code.nkw == 0
	c.in(s, func() { body(code) })
	c.finish(code, s)
	for _, n := range code.names {
		cell := -1
		if y := s.syms[n.s]; y != nil && y.captured {
			cell, code.anyCellParam = y.cell, true
		}
		code.cellOf = append(code.cellOf, cell)
	}
	for _, y := range s.free {
		p.closure = append(p.closure, c.s.host.cellIndex(y))
	}
	code.localNames = make([]string, s.nlocals)
	for _, y := range s.order {
		if y.slot >= 0 && !y.captured {
			code.localNames[y.slot] = y.name
		}
	}
	for _, y := range append(append([]*symbol(nil), s.cells...), s.free...) {
		code.cellNames = append(code.cellNames, y.name)
	}
	return p
}

// make builds the function object.
func (p *funcParts) make(f *Frame) (Value, error) {
	fn := &Function{code: p.code, name: p.code.name, qualname: p.code.qualname, globals: f.globals, doc: p.code.doc}
	for _, d := range p.defaults {
		v, err := d(f)
		if err != nil {
			return nil, err
		}
		fn.defaults = append(fn.defaults, v)
	}
	for _, d := range p.kwDefaults {
		var v Value
		if d != nil {
			var err error
			if v, err = d(f); err != nil {
				return nil, err
			}
		}
		fn.kwDefaults = append(fn.kwDefaults, v)
	}
	for _, i := range p.closure {
		fn.closure = append(fn.closure, f.cells[i])
	}
	fn.module = orNone(f.globals.GetStr("__name__"))
	if p.annots != nil {
		fn.annots = p.annots(f)
	}
	return fn, nil
}

func (c *compiler) lambda(x *syntax.Lambda) expr {
	p := c.function(x, "<lambda>", x.Params, x.Pos, func(code *Code) { code.expr = c.expr(x.Body) })
	if p.code.isGen {
		c.fail(x.Pos, "yield in a lambda is not supported")
	}
	return p.make
}

func (c *compiler) funcStmt(x *syntax.Func) stmt {
	p := c.function(x, x.Name, x.Params, x.Pos, func(code *Code) {
		code.doc = docstring(x.Body)
		code.body = c.block(x.Body, false)
	})
	p.annots = c.annotations(x)
	return c.decorate(x.Decorators, p.make, c.assignName(x.Name))
}

// annotations keeps the text-free form of annotations: their values if they are plain names that exist, else strings.
// They are not evaluated, so that a missing name there cannot stop a file.
func (c *compiler) annotations(x *syntax.Func) func(f *Frame) Value {
	type ann struct {
		name string
		v    expr
	}
	var list []ann
	add := func(name string, e syntax.Expr) {
		if e != nil {
			list = append(list, ann{name, c.annotation(e)})
		}
	}
	for _, p := range x.Params.List {
		add(p.Name, p.Annotation)
	}
	add("return", x.Returns)
	if list == nil {
		return nil
	}
	return func(f *Frame) Value {
		d := NewDict()
		for _, a := range list {
			v, _ := a.v(f)
			d.SetStr(a.name, orNone(v))
		}
		return d
	}
}

// annotation compiles an annotation so that it cannot fail.
func (c *compiler) annotation(e syntax.Expr) expr {
	switch x := e.(type) {
	case *syntax.Name:
		load := c.load(x)
		name := NewStr(x.ID)
		return func(f *Frame) (Value, error) {
			if v, err := load(f); err == nil {
				return v, nil
			}
			return name, nil
		}
	case *syntax.Str:
		return constant(NewStr(x.Value))
	}
	return constant(None)
}

func (c *compiler) unsupported(pos syntax.Pos, msg string) stmt {
	return func(f *Frame) (ctl, error) { return 0, f.at(&pos, Errorf(NotImplementedError, "%s", msg)) }
}

// decorate compiles decorators around a definition: evaluated from the top, called from the bottom.
func (c *compiler) decorate(decs []syntax.Expr, def expr, set store) stmt {
	fns := c.exprs(decs)
	return func(f *Frame) (ctl, error) {
		var vs []Value
		for _, d := range fns {
			v, err := d(f)
			if err != nil {
				return 0, err
			}
			vs = append(vs, v)
		}
		r, err := def(f)
		if err != nil {
			return 0, err
		}
		for i := len(vs) - 1; i >= 0; i-- {
			p := decs[i].Span()
			if r, err = f.finishCall(&p, vs[i], []Value{r}, nil); err != nil {
				return 0, err
			}
		}
		return ctlNext, set(f, r)
	}
}

// comp compiles a comprehension. Lists, sets and dicts run in the frame of their host; a traceback shows them as frames of
// their own, as in CPython 3.11, see leave.
func (c *compiler) comp(x *syntax.Comp) expr {
	iter := c.expr(x.Clauses[0].Iter)
	if x.Kind == "gen" {
		return c.genexp(x, iter)
	}
	s := c.binder.scopes[x]
	code := &Code{name: "<" + x.Kind + "comp>", file: c.tree.File, tree: c.tree}
	var add func(f *Frame, acc Value) error
	var loop func(f *Frame, acc, it Value) error
	c.in(s, func() {
		add = c.compAdd(x)
		loop = c.clauses(x, 0, add)
	})
	var fresh []int // cells that every run makes anew
	for _, y := range s.order {
		if y.captured {
			fresh = append(fresh, c.s.host.cellIndex(y))
		}
	}
	pos := &x.Pos
	return func(f *Frame) (Value, error) {
		src, err := iter(f)
		if err != nil {
			return nil, err
		}
		for _, i := range fresh {
			f.cells[i] = &Cell{}
		}
		var acc Value
		switch x.Kind {
		case "list":
			acc = &List{}
		case "set":
			acc = NewSet()
		default:
			acc = NewDict()
		}
		if err := loop(f, acc, src); err != nil {
			return nil, f.leave(code, pos, err)
		}
		return acc, nil
	}
}

// leave makes the entry that an exception got inside a comprehension one of the comprehension's own, and adds the host's.
func (f *Frame) leave(code *Code, pos *syntax.Pos, err error) error {
	e := AsException(err)
	if e.mark == f && len(e.tb) > 0 && e.tb[len(e.tb)-1].code == f.code {
		e.tb[len(e.tb)-1].code = code
		e.mark = nil
	}
	return f.at(pos, e)
}

func (c *compiler) compAdd(x *syntax.Comp) func(f *Frame, acc Value) error {
	elt := c.expr(x.Elt)
	if x.Kind == "dict" {
		val := c.expr(x.Value)
		return func(f *Frame, acc Value) error {
			k, err := elt(f)
			if err != nil {
				return err
			}
			v, err := val(f)
			if err != nil {
				return err
			}
			if err := acc.(*Dict).Set(f.t, k, v); err != nil {
				return f.at(&x.Pos, err)
			}
			return nil
		}
	}
	return func(f *Frame, acc Value) error {
		v, err := elt(f)
		if err != nil {
			return err
		}
		switch a := acc.(type) {
		case *List:
			if len(a.items) == cap(a.items) {
				if err := f.t.room(32 * len(a.items)); err != nil {
					return f.at(&x.Pos, err)
				}
			}
			a.items = append(a.items, v)
		case *Set:
			if err := a.Add(f.t, v); err != nil {
				return f.at(&x.Pos, err)
			}
		case nil:
			_, err = f.yieldValue(v)
			return err
		}
		return nil
	}
}

// clauses compiles the nested loops of a comprehension from clause i on.
func (c *compiler) clauses(comp *syntax.Comp, i int, add func(f *Frame, acc Value) error) func(f *Frame, acc, src Value) error { //nolint:gocognit // one case a kind of value
	cls := comp.Clauses
	cl := cls[i]
	async := cl.Async
	if async && comp.Kind == "gen" {
		c.fail(cl.Target.Span(), "asynchronous generator expressions are not supported")
	}
	set := c.assign(cl.Target)
	conds := make([]cond, len(cl.Ifs))
	for k, x := range cl.Ifs {
		conds[k] = c.cond(x)
	}
	body := add
	if i+1 < len(cls) {
		inner := c.clauses(comp, i+1, add)
		next := c.expr(cls[i+1].Iter)
		body = func(f *Frame, acc Value) error {
			src, err := next(f)
			if err != nil {
				return err
			}
			return inner(f, acc, src)
		}
	}
	pos := cl.Iter.Span()
	return func(f *Frame, acc, src Value) error {
		it, next, err := f.loop(src, async)
		if err != nil {
			return f.at(&pos, err)
		}
	next:
		for {
			if err := f.t.tick(); err != nil {
				return f.at(&pos, err)
			}
			v, err := next(f, it)
			if err != nil {
				return f.at(&comp.Pos, err)
			}
			if v == nil {
				return nil
			}
			if err := set(f, v); err != nil {
				return err
			}
			for _, k := range conds {
				ok, err := k(f)
				if err != nil {
					return err
				}
				if !ok {
					continue next
				}
			}
			if err := body(f, acc); err != nil {
				return err
			}
		}
	}
}

// genexp compiles a generator expression: a function of its iterable.
func (c *compiler) genexp(x *syntax.Comp, iter expr) expr {
	p := c.function(x, "<genexpr>", syntax.Params{}, x.Pos, func(code *Code) {
		loop := c.clauses(x, 0, c.compAdd(x))
		code.body = func(f *Frame) (ctl, error) { return ctlReturn, loop(f, nil, f.locals[0]) }
	})
	p.code.npos, p.code.names, p.code.cellOf = 1, []*Str{NewStr(".0")}, []int{-1}
	pos := x.Clauses[0].Iter.Span()
	return func(f *Frame) (Value, error) {
		src, err := iter(f)
		if err != nil {
			return nil, err
		}
		it, err := f.t.Iter(src)
		if err != nil {
			return nil, f.at(&pos, err)
		}
		fn, err := p.make(f)
		if err != nil {
			return nil, err
		}
		return f.t.call(fn, []Value{it}, nil)
	}
}

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
	items := c.items(x.Args, &x.Pos)
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
