package python

import (
	"math/big"

	"gregaria/worker/internal/python/syntax"
)

// ctl says how a statement ended.
type ctl uint8

const (
	ctlNext ctl = iota
	ctlBreak
	ctlContinue
	ctlReturn
)

type (
	expr func(f *Frame) (Value, error)
	stmt func(f *Frame) (ctl, error)
	cond func(f *Frame) (bool, error)
	// store assigns a value to a target.
	store func(f *Frame, v Value) error
)

// compiler turns one module into closures.
type compiler struct {
	iso    *Isolate
	tree   *syntax.Module
	binder *binder
	s      *scope
}

func compileModule(iso *Isolate, tree *syntax.Module) (code *Code, err error) {
	b, s, err := bindModule(tree)
	if err != nil {
		return nil, AsException(err)
	}
	err = compiling(func() {
		c := &compiler{iso: iso, tree: tree, binder: b, s: s}
		body := c.block(tree.Body, false)
		code = &Code{name: "<module>", qualname: "<module>", file: tree.File, tree: tree, body: body}
		c.finish(code, s)
	})
	return code, err
}

// compiling makes an exception of what [compiler.fail] panics with.
func compiling(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*syntax.Error)
			if !ok {
				panic(r)
			}
			err = AsException(e)
		}
	}()
	f()
	return nil
}

func (c *compiler) finish(code *Code, s *scope) {
	code.nlocals, code.ncells, code.nfree = s.nlocals, len(s.cells), len(s.free)
}

func (c *compiler) fail(p syntax.Pos, msg string) {
	panic(&syntax.Error{File: c.tree.File, Line: int(p.Line), Col: int(p.Col) + 1, Msg: msg})
}

// in compiles inside another scope.
func (c *compiler) in(s *scope, f func()) {
	old := c.s
	c.s = s
	f()
	c.s = old
}

func docstring(body []syntax.Stmt) Value {
	if len(body) > 0 {
		if x, ok := body[0].(*syntax.ExprStmt); ok {
			if s, ok := x.X.(*syntax.Str); ok {
				return NewStr(s.Value)
			}
		}
	}
	return None
}

// block compiles statements to one. In a loop it counts nothing: loops tick.
func (c *compiler) block(body []syntax.Stmt, _ bool) func(f *Frame) (ctl, error) {
	var out []stmt
	for _, s := range body {
		if x := c.stmt(s); x != nil {
			out = append(out, x)
		}
	}
	switch len(out) {
	case 0:
		return func(*Frame) (ctl, error) { return ctlNext, nil }
	case 1:
		return out[0]
	case 2:
		a, b := out[0], out[1]
		return func(f *Frame) (ctl, error) {
			if r, err := a(f); r != ctlNext || err != nil {
				return r, err
			}
			return b(f)
		}
	}
	return func(f *Frame) (ctl, error) {
		for _, s := range out {
			if r, err := s(f); r != ctlNext || err != nil {
				return r, err
			}
		}
		return ctlNext, nil
	}
}

func constant(v Value) expr { return func(*Frame) (Value, error) { return v, nil } }

// fold returns the value of a literal.
func (c *compiler) fold(x syntax.Expr) (Value, bool) {
	switch x := x.(type) {
	case *syntax.Int:
		b, ok := new(big.Int).SetString(x.Text, 0)
		if !ok {
			c.fail(x.Pos, "invalid decimal literal")
		}
		return NewBig(b), true
	case *syntax.Float:
		return Float(x.Value), true
	case *syntax.Str:
		return c.iso.intern(x.Value), true
	case *syntax.Bytes:
		return &Bytes{x.Value}, true
	case *syntax.Const:
		return map[string]Value{"None": None, "True": True, "False": False, "...": Ellipsis}[x.Name], true
	case *syntax.Unary:
		v, ok := c.fold(x.X)
		if ok && (isInt(v) || isFloat(v)) && (x.Op == "-" || x.Op == "+") {
			r, err := (&Thread{iso: c.iso}).unary(x.Op, v)
			return r, err == nil
		}
	case *syntax.Tuple:
		items := make([]Value, len(x.Elts))
		for i, e := range x.Elts {
			v, ok := c.fold(e)
			if !ok {
				return nil, false
			}
			items[i] = v
		}
		return NewTuple(items...), true
	}
	return nil, false
}

func (c *compiler) exprs(xs []syntax.Expr) []expr {
	out := make([]expr, len(xs))
	for i, x := range xs {
		out[i] = c.expr(x)
	}
	return out
}

func (c *compiler) expr(x syntax.Expr) expr {
	if v, ok := c.fold(x); ok {
		return constant(v)
	}
	switch x := x.(type) {
	case *syntax.Name:
		return c.load(x)
	case *syntax.FString:
		return c.fstring(x)
	case *syntax.Interp:
		return c.interp(x)
	case *syntax.Tuple, *syntax.List, *syntax.Set, *syntax.Dict:
		return c.display(x)
	case *syntax.Unary:
		return c.unary(x)
	case *syntax.Binary:
		return c.binary(x)
	case *syntax.Bool, *syntax.Compare:
		return c.logic(x)
	case *syntax.Cond:
		test, a, b := c.cond(x.Test), c.expr(x.Then), c.expr(x.Else)
		return func(f *Frame) (Value, error) {
			ok, err := test(f)
			if err != nil {
				return nil, err
			}
			if ok {
				return a(f)
			}
			return b(f)
		}
	case *syntax.Walrus:
		v, set := c.expr(x.Value), c.assign(x.Target)
		return func(f *Frame) (Value, error) {
			r, err := v(f)
			if err != nil {
				return nil, err
			}
			return r, set(f, r)
		}
	case *syntax.Call:
		return c.call(x)
	case *syntax.Attr:
		return c.attr(x)
	case *syntax.Index:
		return c.index(x)
	case *syntax.Slice:
		return c.slice(x)
	case *syntax.Lambda:
		return c.lambda(x)
	case *syntax.Comp:
		return c.comp(x)
	case *syntax.Yield:
		return c.yield(x)
	case *syntax.Star:
		c.fail(x.Pos, "can't use starred expression here")
	case *syntax.Await:
		return c.await(x)
	}
	c.fail(x.Span(), "invalid syntax")
	return nil
}

func (c *compiler) slice(x *syntax.Slice) expr {
	part := func(e syntax.Expr) expr {
		if e == nil {
			return constant(None)
		}
		return c.expr(e)
	}
	a, b, d := part(x.Low), part(x.High), part(x.Step)
	return func(f *Frame) (Value, error) {
		lo, err := a(f)
		if err != nil {
			return nil, err
		}
		hi, err := b(f)
		if err != nil {
			return nil, err
		}
		step, err := d(f)
		if err != nil {
			return nil, err
		}
		return &Slice{lo, hi, step}, nil
	}
}

func (c *compiler) yield(x *syntax.Yield) expr {
	v := constant(None)
	if x.X != nil {
		v = c.expr(x.X)
	}
	pos := &x.Pos
	from, async := x.From, c.s.host.async
	if from && async {
		c.fail(x.Pos, "'yield from' inside async function")
	}
	return func(f *Frame) (Value, error) {
		r, err := v(f)
		if err != nil {
			return nil, err
		}
		if async {
			r = &asyncValue{r}
		}
		if from {
			r, err = f.yieldFrom(r)
		} else {
			r, err = f.yieldValue(r)
		}
		if err != nil {
			return nil, f.at(pos, err)
		}
		return r, nil
	}
}

// hasYield says whether evaluating x may suspend the frame.
func hasYield(x syntax.Expr) bool {
	found := false
	syntax.Inspect(x, func(e syntax.Expr) bool {
		switch e.(type) {
		case *syntax.Yield, *syntax.Await:
			found = true
		case *syntax.Lambda:
			return false
		}
		return !found
	})
	return found
}
