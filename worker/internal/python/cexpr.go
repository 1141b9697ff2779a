package python

import (
	"gregaria/worker/internal/python/syntax"
)

func (c *compiler) unary(x *syntax.Unary) expr {
	if x.Op == "not" {
		test := c.cond(x.X)
		return func(f *Frame) (Value, error) {
			ok, err := test(f)
			return NewBool(!ok), err
		}
	}
	v, op, pos := c.expr(x.X), x.Op, &x.Pos
	return func(f *Frame) (Value, error) {
		a, err := v(f)
		if err != nil {
			return nil, err
		}
		r, err := f.t.unary(op, a)
		if err != nil {
			return nil, f.at(pos, err)
		}
		return r, nil
	}
}

func (c *compiler) binary(x *syntax.Binary) expr {
	return c.operation(x.Op, c.expr(x.L), c.expr(x.R), &x.Pos, false)
}

// operation compiles l op r, with the common cases of small ints in place.
func (c *compiler) operation(op string, l, r expr, pos *syntax.Pos, inplace bool) expr {
	slow := func(f *Frame, a, b Value) (Value, error) {
		var v Value
		var err error
		if inplace {
			v, err = f.t.inplaceOp(op, a, b)
		} else {
			v, err = f.t.binaryOp(op, a, b)
		}
		if err != nil {
			return nil, f.at(pos, err)
		}
		return v, nil
	}
	quick := map[string]func(x, y Int) (Int, bool){
		"+": func(x, y Int) (Int, bool) { r := x + y; return r, (r > x) == (y > 0) },
		"-": func(x, y Int) (Int, bool) { r := x - y; return r, (r < x) == (y > 0) },
	}[op]
	if quick == nil {
		return func(f *Frame) (Value, error) {
			a, err := l(f)
			if err != nil {
				return nil, err
			}
			b, err := r(f)
			if err != nil {
				return nil, err
			}
			return slow(f, a, b)
		}
	}
	return func(f *Frame) (Value, error) {
		a, err := l(f)
		if err != nil {
			return nil, err
		}
		b, err := r(f)
		if err != nil {
			return nil, err
		}
		if x, ok := a.(Int); ok {
			if y, ok := b.(Int); ok {
				if z, ok := quick(x, y); ok {
					return NewInt(int64(z)), nil
				}
			}
		}
		return slow(f, a, b)
	}
}

// logic compiles and, or and comparisons to values.
func (c *compiler) logic(x syntax.Expr) expr {
	if b, ok := x.(*syntax.Bool); ok {
		l, r, and := c.expr(b.L), c.expr(b.R), b.Op == "and"
		return func(f *Frame) (Value, error) {
			v, err := l(f)
			if err != nil {
				return nil, err
			}
			ok, err := f.t.Truth(v)
			if err != nil {
				return nil, f.at(&b.Pos, err)
			}
			if ok != and {
				return v, nil
			}
			return r(f)
		}
	}
	cmp := x.(*syntax.Compare)
	first, rest, pos := c.expr(cmp.First), c.exprs(cmp.Rest), &cmp.Pos
	if len(rest) == 1 {
		op, second := comparer(cmp.Ops[0]), rest[0]
		return func(f *Frame) (Value, error) {
			a, err := first(f)
			if err != nil {
				return nil, err
			}
			b, err := second(f)
			if err != nil {
				return nil, err
			}
			v, err := op(f.t, a, b)
			if err != nil {
				return nil, f.at(pos, err)
			}
			return v, nil
		}
	}
	ops := make([]func(t *Thread, a, b Value) (Value, error), len(rest))
	for i, o := range cmp.Ops {
		ops[i] = comparer(o)
	}
	return func(f *Frame) (Value, error) { return compareChain(f, pos, first, rest, ops) }
}

func compareChain(f *Frame, pos *syntax.Pos, first expr, rest []expr, ops []func(*Thread, Value, Value) (Value, error)) (Value, error) {
	a, err := first(f)
	if err != nil {
		return nil, err
	}
	var v Value
	for i, next := range rest {
		b, err := next(f)
		if err != nil {
			return nil, err
		}
		if v, err = ops[i](f.t, a, b); err != nil {
			return nil, f.at(pos, err)
		}
		if i == len(rest)-1 {
			break
		}
		if ok, err := f.t.Truth(v); err != nil || !ok {
			return v, err
		}
		a = b
	}
	return v, nil
}

func comparer(op string) func(t *Thread, a, b Value) (Value, error) {
	switch op {
	case "is":
		return func(_ *Thread, a, b Value) (Value, error) { return NewBool(identical(a, b)), nil }
	case "is not":
		return func(_ *Thread, a, b Value) (Value, error) { return NewBool(!identical(a, b)), nil }
	case "in":
		return func(t *Thread, a, b Value) (Value, error) {
			ok, err := t.Contains(b, a)
			return NewBool(ok), err
		}
	case "not in":
		return func(t *Thread, a, b Value) (Value, error) {
			ok, err := t.Contains(b, a)
			return NewBool(!ok), err
		}
	case "==":
		return func(t *Thread, a, b Value) (Value, error) {
			if x, ok := a.(*Str); ok {
				if y, ok := b.(*Str); ok {
					return NewBool(x == y || x.s == y.s), nil
				}
			}
			return t.compare("==", a, b)
		}
	case "<>":
		op = "!="
	}
	return func(t *Thread, a, b Value) (Value, error) { return t.compare(op, a, b) }
}

// cond compiles a condition to a Go bool, without making a Python one.
func (c *compiler) cond(x syntax.Expr) cond {
	switch x := x.(type) {
	case *syntax.Unary:
		if x.Op == "not" {
			v := c.cond(x.X)
			return func(f *Frame) (bool, error) {
				ok, err := v(f)
				return !ok, err
			}
		}
	case *syntax.Bool:
		l, r, and := c.cond(x.L), c.cond(x.R), x.Op == "and"
		return func(f *Frame) (bool, error) {
			ok, err := l(f)
			if err != nil || ok != and {
				return ok, err
			}
			return r(f)
		}
	}
	v, pos := c.expr(x), x.Span()
	return func(f *Frame) (bool, error) {
		r, err := v(f)
		if err != nil {
			return false, err
		}
		if b, ok := r.(Bool); ok {
			return bool(b), nil
		}
		ok, err := f.t.Truth(r)
		if err != nil {
			return false, f.at(&pos, err)
		}
		return ok, nil
	}
}

func (c *compiler) index(x *syntax.Index) expr {
	obj, key, pos := c.expr(x.X), c.expr(x.Index), &x.Pos
	return func(f *Frame) (Value, error) {
		o, err := obj(f)
		if err != nil {
			return nil, err
		}
		k, err := key(f)
		if err != nil {
			return nil, err
		}
		if d, ok := o.(*Dict); ok {
			if s, ok := k.(*Str); ok {
				if v := d.getStr(s); v != nil {
					return v, nil
				}
			}
		}
		v, err := f.t.GetItem(o, k)
		if err != nil {
			return nil, f.at(pos, err)
		}
		return v, nil
	}
}
