package python

import (
	"gregaria/worker/internal/python/syntax"
)

// augAssign evaluates the object and the key of a target once.
func (c *compiler) augAssign(x *syntax.AugAssign) stmt {
	pos := &x.Pos
	switch target := x.Target.(type) {
	case *syntax.Name:
		set := c.assignName(target.ID)
		v := c.operation(x.Op, c.load(target), c.expr(x.Value), pos, true)
		return func(f *Frame) (ctl, error) {
			r, err := v(f)
			if err != nil {
				return 0, err
			}
			return ctlNext, set(f, r)
		}
	case *syntax.Attr:
		return c.augAttr(x, target)
	case *syntax.Index:
		return c.augIndex(x, target)
	}
	c.fail(x.Pos, "illegal expression for augmented assignment")
	return nil
}

func (c *compiler) augAttr(x *syntax.AugAssign, target *syntax.Attr) stmt {
	obj, val, op, name := c.expr(target.X), c.expr(x.Value), x.Op, c.iso.intern(target.Name)
	return func(f *Frame) (ctl, error) {
		o, err := obj(f)
		if err != nil {
			return 0, err
		}
		old, err := f.t.getAttr(o, name)
		if err != nil {
			return 0, f.at(&target.Pos, err)
		}
		v, err := val(f)
		if err != nil {
			return 0, err
		}
		r, err := f.t.inplaceOp(op, old, v)
		if err != nil {
			return 0, f.at(&x.Pos, err)
		}
		if err := f.t.setAttr(o, name, r); err != nil {
			return 0, f.at(&target.Pos, err)
		}
		return ctlNext, nil
	}
}

func (c *compiler) augIndex(x *syntax.AugAssign, target *syntax.Index) stmt {
	obj, key, val, op := c.expr(target.X), c.expr(target.Index), c.expr(x.Value), x.Op
	return func(f *Frame) (ctl, error) {
		o, err := obj(f)
		if err != nil {
			return 0, err
		}
		k, err := key(f)
		if err != nil {
			return 0, err
		}
		old, err := f.t.GetItem(o, k)
		if err != nil {
			return 0, f.at(&target.Pos, err)
		}
		v, err := val(f)
		if err != nil {
			return 0, err
		}
		r, err := f.t.inplaceOp(op, old, v)
		if err != nil {
			return 0, f.at(&x.Pos, err)
		}
		if err := f.t.SetItem(o, k, r); err != nil {
			return 0, f.at(&target.Pos, err)
		}
		return ctlNext, nil
	}
}

// inplaceOp is a op= b: lists, sets and dicts change themselves.
func (t *Thread) inplaceOp(op string, a, b Value) (Value, error) { //nolint:gocognit // one case a kind of value
	switch x := a.(type) {
	case *List:
		switch op {
		case "+":
			items, err := t.ToSlice(b)
			if err != nil {
				return nil, err
			}
			return x, x.extend(t, items)
		case "*":
			r, err := t.binaryOp(op, a, b)
			if l, ok := r.(*List); ok {
				x.items = l.items
				return x, nil
			}
			return r, err
		}
	case *Set:
		if y, ok, err := asSet(t, b); ok && err == nil && !x.frozen {
			r, err := t.setOp(op, x, y)
			if s, ok := r.(*Set); ok && err == nil {
				x.d = s.d
				return x, nil
			}
			return r, err
		}
	case *Dict:
		if op == "|" {
			return x, t.dictUpdate(x, b)
		}
	case *ByteArray:
		if y, ok := AsBytes(b); ok && op == "+" {
			return x, x.extend(t, y)
		}
	case *Instance:
		if m := userMethod(x.cls, "__i"+dunders[op]+"__"); m != nil {
			if r, err := t.call(m, []Value{a, b}, nil); err != nil || r != NotImplemented {
				return r, err
			}
		}
	}
	r, err := t.binaryOp(op, a, b)
	if e, ok := err.(*Exception); ok && e.cls == TypeError && len(e.args.items) == 1 { //nolint:errorlint // see isA
		want := opError(op, a, b).(*Exception) //nolint:errorlint // see isA
		got, w := str0(e.args.items[0]), str0(want.args.items[0])
		if got == w {
			err = inplaceError(op, a, b, w)
		}
	}
	return r, err
}

func inplaceError(op string, a, b Value, msg string) error {
	if len(msg) > 11 && msg[:11] == "unsupported" {
		if op == "**" {
			return Errorf(TypeError, "unsupported operand type(s) for %s: '%s' and '%s'", "**=", a.typ().name, b.typ().name)
		}
		return Errorf(TypeError, "unsupported operand type(s) for %s=: '%s' and '%s'", op, a.typ().name, b.typ().name)
	}
	return Errorf(TypeError, "%s", msg)
}
