package python

import (
	"gregaria/worker/internal/python/syntax"
)

// binder walks the tree once, makes the scopes and finds out which variables closures capture (Python/symtable.c).
type binder struct {
	file   string
	scopes map[any]*scope
	uses   []use
	err    *syntax.Error
}

func (b *binder) stmts(s *scope, body []syntax.Stmt) {
	for _, x := range body {
		b.scopeDecl(s, x)
	}
	for _, x := range body {
		b.stmt(s, x)
	}
}

// scopeDecl finds global and nonlocal before the names are bound.
func (b *binder) scopeDecl(s *scope, x syntax.Stmt) {
	switch x := x.(type) {
	case *syntax.Scope:
		for _, n := range x.Names {
			if x.Global {
				s.globals[n] = true
				continue
			}
			if s.kind == moduleScope {
				b.fail(x.Pos, "nonlocal declaration not allowed at module level")
			}
			s.nonlocal[n] = true
			b.uses = append(b.uses, use{s, n})
		}
	case *syntax.If:
		b.decls(s, x.Body, x.Else)
	case *syntax.For:
		if x.Async && !s.host.async {
			b.fail(x.Pos, "'async for' outside async function")
		}
		b.decls(s, x.Body, x.Else)
	case *syntax.While:
		b.decls(s, x.Body, x.Else)
	case *syntax.With:
		if x.Async && !s.host.async {
			b.fail(x.Pos, "'async with' outside async function")
		}
		b.decls(s, x.Body)
	case *syntax.Try:
		b.decls(s, x.Body, x.Else, x.Finally)
		for _, h := range x.Handlers {
			b.decls(s, h.Body)
		}
	}
}

func (b *binder) decls(s *scope, blocks ...[]syntax.Stmt) {
	for _, bl := range blocks {
		for _, x := range bl {
			b.scopeDecl(s, x)
		}
	}
}

func (b *binder) stmt(s *scope, x syntax.Stmt) { //nolint:funlen // one case a kind of node
	switch x := x.(type) {
	case *syntax.ExprStmt:
		b.expr(s, x.X)
	case *syntax.Assign:
		b.expr(s, x.Value)
		b.targets(s, x.Targets)
	case *syntax.AugAssign:
		b.expr(s, x.Value)
		b.target(s, x.Target)
	case *syntax.AnnAssign:
		b.expr(s, x.Value)
		b.target(s, x.Target)
	case *syntax.Return:
		b.expr(s, x.X)
		if s.host.kind != functionScope {
			b.fail(x.Pos, "'return' outside function")
		}
	case *syntax.Delete:
		b.targets(s, x.Targets)
	case *syntax.Raise:
		b.expr(s, x.X)
		b.expr(s, x.Cause)
	case *syntax.Assert:
		b.expr(s, x.Test)
		b.expr(s, x.Msg)
	case *syntax.Import:
		for _, a := range x.Names {
			s.bind(importedAs(a))
		}
	case *syntax.ImportFrom:
		for _, a := range x.Names {
			if a.As != "" {
				s.bind(a.As)
			} else {
				s.bind(a.Name)
			}
		}
		if x.Names == nil && s.kind != moduleScope {
			b.fail(x.Pos, "import * only allowed at module level")
		}
	case *syntax.If:
		b.expr(s, x.Test)
		b.blocks(s, x.Body, x.Else)
	case *syntax.For:
		b.expr(s, x.Iter)
		b.target(s, x.Target)
		b.blocks(s, x.Body, x.Else)
	case *syntax.While:
		b.expr(s, x.Test)
		b.blocks(s, x.Body, x.Else)
	case *syntax.With:
		b.expr(s, x.Item)
		b.target(s, x.Target)
		b.blocks(s, x.Body)
	case *syntax.Try:
		b.blocks(s, x.Body, x.Else, x.Finally)
		for i := range x.Handlers {
			h := &x.Handlers[i]
			b.expr(s, h.Type)
			if h.Name != "" {
				b.target(s, &syntax.Name{Pos: h.Pos, ID: h.Name})
			}
			b.blocks(s, h.Body)
		}
	case *syntax.Func:
		s.bind(x.Name)
		b.each(s, x.Decorators...)
		b.function(s, x, x.Name, x.Params, func(f *scope) {
			f.async, f.isGen = x.Async, x.Async
			if x.Late == nil {
				b.stmts(f, x.Body)
			}
		})
	case *syntax.Class:
		b.class(s, x)
	case *syntax.Match:
		b.expr(s, x.Subject)
		for _, c := range x.Cases {
			b.pattern(s, c.Pattern)
			b.expr(s, c.Guard)
			b.blocks(s, c.Body)
		}
	}
}

func importedAs(a syntax.Alias) string {
	if a.As != "" {
		return a.As
	}
	for i, c := range a.Name {
		if c == '.' {
			return a.Name[:i]
		}
	}
	return a.Name
}

func (b *binder) blocks(s *scope, blocks ...[]syntax.Stmt) {
	for _, bl := range blocks {
		for _, x := range bl {
			b.stmt(s, x)
		}
	}
}

func (b *binder) class(s *scope, x *syntax.Class) {
	s.bind(x.Name)
	b.each(s, x.Decorators...)
	b.each(s, x.Bases...)
	for _, k := range x.Kw {
		b.expr(s, k.Value)
	}
	c := b.open(x, classScope, s)
	c.qualname = qualify(s, x.Name)
	b.stmts(c, x.Body)
}

func qualify(s *scope, name string) string {
	h := s.host
	switch h.kind {
	case functionScope:
		return h.qualname + ".<locals>." + name
	case classScope:
		return h.qualname + "." + name
	}
	return name
}

func (b *binder) function(s *scope, node any, name string, ps syntax.Params, body func(f *scope)) {
	for _, p := range ps.List {
		b.expr(s, p.Default)
	}
	f := b.open(node, functionScope, s)
	f.qualname = qualify(s, name)
	param := func(name string) {
		y := f.bind(name)
		y.slot = f.nlocals
		f.nlocals++
	}
	for _, p := range orderParams(ps) {
		param(p.Name)
	}
	if ps.Star != "" {
		param(ps.Star)
	}
	if ps.DoubleStar != "" {
		param(ps.DoubleStar)
	}
	body(f)
}

// orderParams puts positional parameters before keyword-only ones, as they are stored.
func orderParams(ps syntax.Params) []syntax.Param {
	var pos, kw []syntax.Param
	for _, p := range ps.List {
		if p.KwOnly {
			kw = append(kw, p)
		} else {
			pos = append(pos, p)
		}
	}
	return append(pos, kw...)
}

func (b *binder) targets(s *scope, xs []syntax.Expr) {
	for _, x := range xs {
		b.target(s, x)
	}
}

// target binds names that are assigned to; what is inside subscripts and attributes is only used.
func (b *binder) target(s *scope, x syntax.Expr) {
	switch x := x.(type) {
	case *syntax.Name:
		s.bind(x.ID)
		b.uses = append(b.uses, use{s, x.ID})
	case *syntax.Tuple:
		for _, e := range x.Elts {
			b.target(s, e)
		}
	case *syntax.List:
		for _, e := range x.Elts {
			b.target(s, e)
		}
	case *syntax.Star:
		b.target(s, x.X)
	default:
		b.expr(s, x)
	}
}

func (b *binder) each(s *scope, xs ...syntax.Expr) {
	for _, x := range xs {
		b.expr(s, x)
	}
}

func (b *binder) expr(s *scope, x syntax.Expr) { //nolint:funlen // one case a kind of node
	switch x := x.(type) {
	case nil:
	case *syntax.Name:
		b.uses = append(b.uses, use{s, x.ID})
		if x.ID == "super" && s.host.kind == functionScope {
			b.uses = append(b.uses, use{s, "__class__"})
		}
	case *syntax.FString:
		b.each(s, x.Parts...)
	case *syntax.Interp:
		b.each(s, x.X, x.Spec)
	case *syntax.Tuple:
		b.each(s, x.Elts...)
	case *syntax.List:
		b.each(s, x.Elts...)
	case *syntax.Set:
		b.each(s, x.Elts...)
	case *syntax.Dict:
		b.each(s, x.Keys...)
		b.each(s, x.Values...)
	case *syntax.Star:
		b.expr(s, x.X)
	case *syntax.Unary:
		b.expr(s, x.X)
	case *syntax.Binary:
		b.each(s, x.L, x.R)
	case *syntax.Bool:
		b.each(s, x.L, x.R)
	case *syntax.Compare:
		b.expr(s, x.First)
		b.each(s, x.Rest...)
	case *syntax.Cond:
		b.each(s, x.Test, x.Then, x.Else)
	case *syntax.Walrus:
		b.expr(s, x.Value)
		t := s
		for t.kind == compScope || t.genexp {
			t = t.parent
		}
		t.bind(x.Target.ID)
		b.uses = append(b.uses, use{s, x.Target.ID})
	case *syntax.Call:
		b.expr(s, x.Func)
		b.each(s, x.Args...)
		for _, k := range x.Kw {
			b.expr(s, k.Value)
		}
	case *syntax.Attr:
		b.expr(s, x.X)
	case *syntax.Index:
		b.each(s, x.X, x.Index)
	case *syntax.Slice:
		b.each(s, x.Low, x.High, x.Step)
	case *syntax.Lambda:
		b.function(s, x, "<lambda>", x.Params, func(f *scope) { b.expr(f, x.Body) })
	case *syntax.Comp:
		b.comp(s, x)
	case *syntax.Yield:
		if s.host.kind != functionScope {
			b.fail(x.Pos, "'yield' outside function")
		}
		s.host.isGen, s.host.yields = true, true
		b.expr(s, x.X)
	case *syntax.Await:
		if !s.host.async {
			b.fail(x.Pos, "'await' outside async function")
		}
		b.expr(s, x.X)
	}
}

func (b *binder) comp(s *scope, x *syntax.Comp) {
	b.expr(s, x.Clauses[0].Iter)
	kind := compScope
	if x.Kind == "gen" {
		kind = functionScope
	}
	c := b.open(x, kind, s)
	if kind == functionScope {
		c.isGen, c.genexp, c.nlocals = true, true, 1 // the first slot is the iterable
		c.qualname = qualify(s, "<genexpr>")
	}
	for i, cl := range x.Clauses {
		if cl.Async && !s.host.async {
			b.fail(x.Pos, "asynchronous comprehension outside of an asynchronous function")
		}
		if i > 0 {
			b.expr(c, cl.Iter)
		}
		b.target(c, cl.Target)
		b.each(c, cl.Ifs...)
	}
	b.each(c, x.Elt, x.Value)
}

func (b *binder) pattern(s *scope, p syntax.Pattern) {
	name := func(n string) {
		if n != "" {
			b.target(s, &syntax.Name{ID: n})
		}
	}
	switch p := p.(type) {
	case *syntax.PatValue:
		b.expr(s, p.X)
	case *syntax.PatCapture:
		name(p.Name)
		if p.X != nil {
			b.pattern(s, p.X)
		}
	case *syntax.PatOr:
		b.patterns(s, p.Alts)
	case *syntax.PatSeq:
		b.patterns(s, p.Elts)
	case *syntax.PatStar:
		name(p.Name)
	case *syntax.PatMap:
		b.each(s, p.Keys...)
		b.patterns(s, p.Vals)
		name(p.Rest)
	case *syntax.PatClass:
		b.expr(s, p.Cls)
		b.patterns(s, p.Args)
		b.patterns(s, p.Kw)
	}
}

func (b *binder) patterns(s *scope, ps []syntax.Pattern) {
	for _, p := range ps {
		b.pattern(s, p)
	}
}
