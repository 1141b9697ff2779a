package python

import (
	"gregaria/worker/internal/python/syntax"
)

// load compiles reading a variable.
func (c *compiler) load(x *syntax.Name) expr {
	y, viaClass := find(c.s, x.ID)
	pos, name := &x.Pos, c.iso.intern(x.ID)
	switch {
	case y == nil && c.s.host.kind == classScope:
		return c.loadClass(name, pos, nil)
	case y == nil:
		return c.loadGlobal(name, pos)
	case viaClass:
		return c.loadClass(name, pos, nil)
	case y.captured:
		i := c.s.host.cellIndex(y)
		own := y.owner == c.s.host
		if c.s.host.kind == classScope && !own {
			return c.loadClass(name, pos, func(f *Frame) Value { return f.cells[i].v })
		}
		return func(f *Frame) (Value, error) {
			if v := f.cells[i].v; v != nil {
				return v, nil
			}
			if own {
				return nil, f.at(pos, Errorf(UnboundLocalError, "cannot access local variable '%s' where it is not associated with a value", name.s))
			}
			return nil, f.at(pos, Errorf(NameError, "cannot access free variable '%s' where it is not associated with a value in enclosing scope", name.s))
		}
	}
	i := y.slot
	return func(f *Frame) (Value, error) {
		if v := f.locals[i]; v != nil {
			return v, nil
		}
		return nil, f.at(pos, Errorf(UnboundLocalError, "cannot access local variable '%s' where it is not associated with a value", name.s))
	}
}

// loadGlobal remembers at which entry of the globals it found the name; builtins as long as no global came or went.
func (c *compiler) loadGlobal(name *Str, pos *syntax.Pos) expr {
	hint := -1
	var builtin Value
	var shape uint32
	var of *Dict
	builtins := c.iso.builtins
	return func(f *Frame) (Value, error) {
		g := f.globals
		if uint(hint) < uint(len(g.entries)) {
			if e := &g.entries[hint]; e.key == Value(name) {
				return e.val, nil
			}
		}
		if builtin != nil && of == g && shape == g.shape {
			return builtin, nil
		}
		if i := g.findStr(name); i >= 0 {
			hint = i
			g.entries[i].key = name // the interned one, so that the next look is a comparison of addresses
			return g.entries[i].val, nil
		}
		if v := builtins.getStr(name); v != nil {
			builtin, shape, of = v, g.shape, g
			return v, nil
		}
		return nil, f.at(pos, nameError(name))
	}
}

func nameError(name *Str) error {
	e := Errorf(NameError, "name '%s' is not defined", name.s)
	e.Attrs().SetStr("name", name)
	return e
}

// loadClass is the body of a class: its own names, then the enclosing function's, then globals.
func (c *compiler) loadClass(name *Str, pos *syntax.Pos, free func(f *Frame) Value) expr {
	global := c.loadGlobal(name, pos)
	return func(f *Frame) (Value, error) {
		if f.ns != nil {
			if v := f.ns.getStr(name); v != nil {
				return v, nil
			}
		}
		if free != nil {
			if v := free(f); v != nil {
				return v, nil
			}
		}
		return global(f)
	}
}

// assignName compiles writing a variable.
func (c *compiler) assignName(id string) store {
	y, viaClass := find(c.s, id)
	name := c.iso.intern(id)
	switch {
	case viaClass:
		return func(f *Frame, v Value) error {
			f.ns.setStr(name, v)
			return nil
		}
	case y == nil:
		hint := -1
		return func(f *Frame, v Value) error {
			g := f.globals
			if uint(hint) < uint(len(g.entries)) {
				if e := &g.entries[hint]; e.key == Value(name) {
					e.val = v
					return nil
				}
			}
			g.setStr(name, v)
			if hint = g.findStr(name); hint >= 0 {
				g.entries[hint].key = name
			}
			return nil
		}
	case y.captured:
		i := c.s.host.cellIndex(y)
		return func(f *Frame, v Value) error {
			f.cells[i].v = v
			return nil
		}
	}
	i := y.slot
	return func(f *Frame, v Value) error {
		f.locals[i] = v
		return nil
	}
}

func (c *compiler) deleteName(x *syntax.Name) stmt {
	y, viaClass := find(c.s, x.ID)
	name, pos, load := c.iso.intern(x.ID), &x.Pos, c.load(x)
	if y == nil || viaClass {
		return func(f *Frame) (ctl, error) {
			d := f.globals
			if viaClass {
				d = f.ns
			}
			r, err := d.Delete(f.t, name)
			if err == nil && r == nil {
				err = nameError(name)
			}
			if err != nil {
				return 0, f.at(pos, err)
			}
			return ctlNext, nil
		}
	}
	captured, i := y.captured, y.slot
	if captured {
		i = c.s.host.cellIndex(y)
	}
	return func(f *Frame) (ctl, error) {
		if _, err := load(f); err != nil {
			return 0, err
		}
		if captured {
			f.cells[i].v = nil
		} else {
			f.locals[i] = nil
		}
		return ctlNext, nil
	}
}

// assign compiles a target.
func (c *compiler) assign(x syntax.Expr) store {
	switch x := x.(type) {
	case *syntax.Name:
		return c.assignName(x.ID)
	case *syntax.Attr:
		return c.assignAttr(x)
	case *syntax.Index:
		obj, key, pos := c.expr(x.X), c.expr(x.Index), &x.Pos
		return func(f *Frame, v Value) error {
			o, err := obj(f)
			if err != nil {
				return err
			}
			k, err := key(f)
			if err != nil {
				return err
			}
			if err := f.t.SetItem(o, k, v); err != nil {
				return f.at(pos, err)
			}
			return nil
		}
	case *syntax.Tuple:
		return c.unpack(x.Elts, &x.Pos)
	case *syntax.List:
		return c.unpack(x.Elts, &x.Pos)
	case *syntax.Star:
		c.fail(x.Pos, "starred assignment target must be in a list or tuple")
	}
	c.fail(x.Span(), "cannot assign to expression")
	return nil
}

// unpack compiles a, *b = v.
func (c *compiler) unpack(elts []syntax.Expr, pos *syntax.Pos) store {
	star := -1
	sets := make([]store, len(elts))
	for i, e := range elts {
		if s, ok := e.(*syntax.Star); ok {
			if star >= 0 {
				c.fail(s.Pos, "multiple starred expressions in assignment")
			}
			star = i
			e = s.X
		}
		sets[i] = c.assign(e)
	}
	return func(f *Frame, v Value) error {
		items, err := f.t.unpackItems(v, len(sets), star)
		if err != nil {
			return f.at(pos, err)
		}
		for i, set := range sets {
			if err := set(f, items[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

// unpackItems returns n values; with a star, the one there is a list of the rest.
func (t *Thread) unpackItems(v Value, n, star int) ([]Value, error) {
	if x, ok := v.(*Tuple); ok && star < 0 && len(x.items) == n {
		return x.items, nil
	}
	it, err := t.Iter(v)
	if err != nil {
		if isA(err, TypeError) && v.typ().lookup("__iter__") == nil {
			return nil, Errorf(TypeError, "cannot unpack non-iterable %s object", v.typ().name)
		}
		return nil, err
	}
	var items []Value
	for star >= 0 || len(items) <= n {
		x, err := t.Next(it)
		if err != nil {
			return nil, err
		}
		if x == nil {
			break
		}
		items = append(items, x)
	}
	switch {
	case star < 0 && len(items) > n:
		return nil, Errorf(ValueError, "too many values to unpack (expected %d)", n)
	case star < 0 && len(items) < n:
		return nil, Errorf(ValueError, "not enough values to unpack (expected %d, got %d)", n, len(items))
	case star < 0:
		return items, nil
	case len(items) < n-1:
		return nil, Errorf(ValueError, "not enough values to unpack (expected at least %d, got %d)", n-1, len(items))
	}
	rest := len(items) - (n - 1)
	out := append([]Value(nil), items[:star]...)
	out = append(out, NewList(append([]Value(nil), items[star:star+rest]...)...))
	return append(out, items[star+rest:]...), nil
}
