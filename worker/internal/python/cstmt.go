package python

import (
	"gregaria/worker/internal/python/syntax"
)

func (c *compiler) stmt(x syntax.Stmt) stmt {
	switch x := x.(type) {
	case *syntax.ExprStmt:
		if _, ok := c.fold(x.X); ok {
			return nil
		}
		v := c.expr(x.X)
		return func(f *Frame) (ctl, error) {
			_, err := v(f)
			return ctlNext, err
		}
	case *syntax.Assign:
		return c.assignStmt(x)
	case *syntax.AugAssign:
		return c.augAssign(x)
	case *syntax.AnnAssign:
		return c.annAssign(x)
	case *syntax.Return:
		return c.returnStmt(x)
	case *syntax.Simple:
		r := map[string]ctl{"pass": ctlNext, "break": ctlBreak, "continue": ctlContinue}[x.Kind]
		if r == ctlNext {
			return nil
		}
		return func(*Frame) (ctl, error) { return r, nil }
	case *syntax.If:
		return c.ifStmt(x)
	case *syntax.For:
		return c.forStmt(x)
	case *syntax.While:
		return c.whileStmt(x)
	case *syntax.Func:
		return c.funcStmt(x)
	case *syntax.Class:
		return c.class(x)
	case *syntax.Scope:
		return nil
	}
	return c.otherStmt(x)
}

func (c *compiler) otherStmt(x syntax.Stmt) stmt {
	switch x := x.(type) {
	case *syntax.Raise:
		return c.raise(x)
	case *syntax.Try:
		return c.try(x)
	case *syntax.With:
		return c.with(x)
	case *syntax.Delete:
		return c.deleteStmt(x)
	case *syntax.Assert:
		return c.assert(x)
	case *syntax.Import:
		return c.importStmt(x)
	case *syntax.ImportFrom:
		return c.importFrom(x)
	case *syntax.Match:
		return c.match(x)
	case *syntax.Unsupported:
		return c.unsupported(x.Pos, x.What+" is not supported")
	}
	c.fail(x.Span(), "invalid syntax")
	return nil
}

func (c *compiler) assignStmt(x *syntax.Assign) stmt {
	v := c.expr(x.Value)
	if len(x.Targets) == 1 {
		if n, ok := x.Targets[0].(*syntax.Name); ok {
			if y, via := find(c.s, n.ID); y != nil && !via && !y.captured {
				slot := y.slot
				return func(f *Frame) (ctl, error) {
					r, err := v(f)
					if err != nil {
						return 0, err
					}
					f.locals[slot] = r
					return ctlNext, nil
				}
			}
		}
		set := c.assign(x.Targets[0])
		return func(f *Frame) (ctl, error) {
			r, err := v(f)
			if err != nil {
				return 0, err
			}
			return ctlNext, set(f, r)
		}
	}
	sets := make([]store, len(x.Targets))
	for i, t := range x.Targets {
		sets[i] = c.assign(t)
	}
	return func(f *Frame) (ctl, error) {
		r, err := v(f)
		if err != nil {
			return 0, err
		}
		for _, s := range sets {
			if err := s(f, r); err != nil {
				return 0, err
			}
		}
		return ctlNext, nil
	}
}

func (c *compiler) annAssign(x *syntax.AnnAssign) stmt {
	var out stmt
	if x.Value != nil {
		out = c.assignStmt(&syntax.Assign{Pos: x.Pos, Targets: []syntax.Expr{x.Target}, Value: x.Value})
	}
	n, ok := x.Target.(*syntax.Name)
	if !ok || c.s.kind != classScope {
		return out
	}
	// the annotations of a class, which dataclasses read
	ann := c.annotation(x.Annotation)
	text := annotationText(x.Annotation)
	return func(f *Frame) (ctl, error) {
		if out != nil {
			if r, err := out(f); err != nil {
				return r, err
			}
		}
		d, ok := f.ns.GetStr("__annotations__").(*Dict)
		if !ok {
			d = NewDict()
			f.ns.SetStr("__annotations__", d)
		}
		v, _ := ann(f)
		if v == None && text != "None" {
			v = NewStr(text)
		}
		d.SetStr(n.ID, v)
		return ctlNext, nil
	}
}

func annotationText(x syntax.Expr) string {
	switch x := x.(type) {
	case *syntax.Name:
		return x.ID
	case *syntax.Attr:
		return annotationText(x.X) + "." + x.Name
	case *syntax.Index:
		return annotationText(x.X) + "[...]"
	case *syntax.Const:
		return x.Name
	}
	return "..."
}

func (c *compiler) returnStmt(x *syntax.Return) stmt {
	if x.X == nil {
		return func(f *Frame) (ctl, error) {
			f.ret = None
			return ctlReturn, nil
		}
	}
	v := c.expr(x.X)
	return func(f *Frame) (ctl, error) {
		r, err := v(f)
		if err != nil {
			return 0, err
		}
		f.ret = r
		return ctlReturn, nil
	}
}

func (c *compiler) ifStmt(x *syntax.If) stmt {
	test, body := c.cond(x.Test), c.block(x.Body, false)
	if len(x.Else) == 0 {
		return func(f *Frame) (ctl, error) {
			ok, err := test(f)
			if err != nil || !ok {
				return ctlNext, err
			}
			return body(f)
		}
	}
	other := c.block(x.Else, false)
	return func(f *Frame) (ctl, error) {
		ok, err := test(f)
		if err != nil {
			return 0, err
		}
		if ok {
			return body(f)
		}
		return other(f)
	}
}

func (c *compiler) whileStmt(x *syntax.While) stmt {
	test, body, other, pos := c.cond(x.Test), c.block(x.Body, true), c.block(x.Else, false), x.Test.Span()
	return func(f *Frame) (ctl, error) {
		for {
			if err := f.t.tick(); err != nil {
				return 0, f.at(&pos, err)
			}
			ok, err := test(f)
			if err != nil {
				return 0, err
			}
			if !ok {
				return other(f)
			}
			r, err := body(f)
			if err != nil {
				return 0, err
			}
			if r == ctlBreak {
				return ctlNext, nil
			}
			if r == ctlReturn {
				return r, nil
			}
		}
	}
}

func (c *compiler) forStmt(x *syntax.For) stmt { //nolint:gocognit // one case a kind of value
	async := x.Async
	iter, set := c.expr(x.Iter), c.assign(x.Target)
	body, other, pos := c.block(x.Body, true), c.block(x.Else, false), x.Iter.Span()
	next := syntax.Pos{Line: pos.Line, EndLine: pos.Line} // CPython marks no columns there
	made := maker(x.Iter)
	run := func(f *Frame, it Value, advance func(*Frame, Value) (Value, error)) (ctl, error) {
		for {
			if err := f.t.tick(); err != nil {
				return 0, f.at(&pos, err)
			}
			v, err := advance(f, it)
			if err != nil {
				return 0, f.at(&next, err)
			}
			if v == nil {
				return other(f)
			}
			if err := set(f, v); err != nil {
				return 0, err
			}
			r, err := body(f)
			if err != nil {
				return 0, err
			}
			if r == ctlBreak {
				return ctlNext, nil
			}
			if r == ctlReturn {
				return r, nil
			}
		}
	}
	return func(f *Frame) (ctl, error) {
		src, err := iter(f)
		if err != nil {
			return 0, err
		}
		it, advance, err := f.loop(src, async)
		if err != nil {
			return 0, f.at(&pos, err)
		}
		if made == "" || !temporary(it, made) {
			return run(f, it, advance)
		}
		r, err := run(f, it, advance)
		f.t.drop(it)
		return r, err
	}
}

func (c *compiler) deleteStmt(x *syntax.Delete) stmt {
	var out []stmt
	for _, t := range x.Targets {
		out = append(out, c.deleteOne(t))
	}
	return func(f *Frame) (ctl, error) {
		for _, s := range out {
			if _, err := s(f); err != nil {
				return 0, err
			}
		}
		return ctlNext, nil
	}
}

func (c *compiler) deleteOne(x syntax.Expr) stmt {
	switch x := x.(type) {
	case *syntax.Name:
		return c.deleteName(x)
	case *syntax.Attr:
		obj, name := c.expr(x.X), c.iso.intern(x.Name)
		return func(f *Frame) (ctl, error) {
			o, err := obj(f)
			if err != nil {
				return 0, err
			}
			if err := f.t.delAttr(o, name); err != nil {
				return 0, f.at(&x.Pos, err)
			}
			return ctlNext, nil
		}
	case *syntax.Index:
		obj, key := c.expr(x.X), c.expr(x.Index)
		return func(f *Frame) (ctl, error) {
			o, err := obj(f)
			if err != nil {
				return 0, err
			}
			k, err := key(f)
			if err != nil {
				return 0, err
			}
			if err := f.t.DelItem(o, k); err != nil {
				return 0, f.at(&x.Pos, err)
			}
			return ctlNext, nil
		}
	}
	c.fail(x.Span(), "cannot delete expression")
	return nil
}

func (c *compiler) assert(x *syntax.Assert) stmt {
	test, pos := c.cond(x.Test), &x.Pos
	at := x.Test.Span()
	_ = pos
	var msg expr
	if x.Msg != nil {
		msg = c.expr(x.Msg)
	}
	return func(f *Frame) (ctl, error) {
		ok, err := test(f)
		if err != nil || ok {
			return ctlNext, err
		}
		e := NewException(AssertionError)
		if msg != nil {
			m, err := msg(f)
			if err != nil {
				return 0, err
			}
			e.args = NewTuple(m)
		}
		return 0, f.at(&at, e)
	}
}
