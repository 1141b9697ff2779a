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
	c.finishFunction(code, s)
	for _, y := range s.free {
		p.closure = append(p.closure, c.s.host.cellIndex(y))
	}
	return p
}

func (c *compiler) finishFunction(code *Code, s *scope) {
	c.finish(code, s)
	code.cellOf = nil
	for _, n := range code.names {
		cell := -1
		if y := s.syms[n.s]; y != nil && y.captured {
			cell, code.anyCellParam = y.cell, true
		}
		code.cellOf = append(code.cellOf, cell)
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
		if x.Late != nil {
			iso := c.iso // and not c, which has the scopes of the whole module
			code.late = func() error { return compileLate(iso, code, x) }
			return
		}
		code.body = c.block(x.Body, false)
	})
	p.annots = c.annotations(x)
	return c.decorate(x.Decorators, p.make, c.assignName(x.Name))
}

// compileLate puts the body into the code of a function that is called for the first time. The scopes around it do not matter:
// what is not the function's own is a global, else it would not be late.
func compileLate(iso *Isolate, code *Code, x *syntax.Func) error {
	body, err := x.Late.Body()
	if err != nil {
		return AsException(err)
	}
	b := &binder{file: code.file, scopes: map[any]*scope{}}
	module := b.open(code.tree, moduleScope, nil)
	var s *scope
	b.function(module, x, x.Name, x.Params, func(f *scope) {
		s = f
		f.qualname = code.qualname
		b.stmts(f, body)
	})
	if err := b.resolve(); err != nil {
		return AsException(err)
	}
	return compiling(func() {
		c := &compiler{iso: iso, tree: code.tree, binder: b, s: s}
		code.body = c.block(body, false)
		c.finishFunction(code, s)
		code.late = nil
	})
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
	add(x.Params.Star, x.Params.StarAnnotation)
	add(x.Params.DoubleStar, x.Params.DoubleStarAnnotation)
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
