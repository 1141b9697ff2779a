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

// display compiles [..], (..), {..} and {..: ..}.
func (c *compiler) display(x syntax.Expr) expr {
	switch x := x.(type) {
	case *syntax.Tuple:
		items := c.items(x.Elts, &x.Pos)
		return func(f *Frame) (Value, error) {
			vs, err := items(f)
			return NewTuple(vs...), err
		}
	case *syntax.List:
		items := c.items(x.Elts, &x.Pos)
		return func(f *Frame) (Value, error) {
			vs, err := items(f)
			return &List{vs}, err
		}
	case *syntax.Set:
		items := c.items(x.Elts, &x.Pos)
		return func(f *Frame) (Value, error) {
			vs, err := items(f)
			if err != nil {
				return nil, err
			}
			s := NewSet()
			for _, v := range vs {
				if err := s.Add(f.t, v); err != nil {
					return nil, f.at(&x.Pos, err)
				}
			}
			return s, nil
		}
	}
	return c.dict(x.(*syntax.Dict))
}

// items compiles the elements of a display.
func (c *compiler) items(elts []syntax.Expr, pos *syntax.Pos) func(f *Frame) ([]Value, error) { //nolint:gocognit // one case a kind of value
	parts := make([]expr, len(elts))
	stars := make([]bool, len(elts))
	starred := false
	for i, e := range elts {
		if s, ok := e.(*syntax.Star); ok {
			stars[i], starred = true, true
			e = s.X
		}
		parts[i] = c.expr(e)
	}
	if !starred {
		return func(f *Frame) ([]Value, error) {
			out := make([]Value, len(parts))
			for i, p := range parts {
				v, err := p(f)
				if err != nil {
					return nil, err
				}
				out[i] = v
			}
			return out, nil
		}
	}
	return func(f *Frame) ([]Value, error) {
		var out []Value
		for i, p := range parts {
			v, err := p(f)
			if err != nil {
				return nil, err
			}
			if !stars[i] {
				out = append(out, v)
				continue
			}
			more, err := f.t.ToSlice(v)
			if err != nil {
				if isA(err, TypeError) && v.typ().lookup("__iter__") == nil {
					err = Errorf(TypeError, "Value after * must be an iterable, not %s", v.typ().name)
				}
				return nil, f.at(pos, err)
			}
			out = append(out, more...)
		}
		return out, nil
	}
}

func (c *compiler) dict(x *syntax.Dict) expr {
	type pair struct{ k, v expr }
	pairs := make([]pair, len(x.Keys))
	for i := range x.Keys {
		if x.Keys[i] != nil {
			pairs[i].k = c.expr(x.Keys[i])
		}
		pairs[i].v = c.expr(x.Values[i])
	}
	pos := &x.Pos
	return func(f *Frame) (Value, error) {
		d := &Dict{}
		if len(pairs) > 0 {
			d.entries = make([]entry, 0, len(pairs))
		}
		for i := range pairs {
			p := &pairs[i]
			var k Value
			var err error
			if p.k != nil {
				if k, err = p.k(f); err != nil {
					return nil, err
				}
			}
			v, err := p.v(f)
			if err != nil {
				return nil, err
			}
			if p.k != nil {
				err = d.Set(f.t, k, v)
			} else {
				err = f.t.splatInto(d, v)
			}
			if err != nil {
				return nil, f.at(pos, err)
			}
		}
		return d, nil
	}
}

func (t *Thread) splatInto(d *Dict, v Value) error {
	if v.typ().lookup("keys") == nil {
		return Errorf(TypeError, "'%s' object is not a mapping", v.typ().name)
	}
	return t.dictUpdate(d, v)
}

func (c *compiler) fstring(x *syntax.FString) expr {
	type part struct {
		text string
		v    expr
	}
	var parts []part
	for _, p := range x.Parts {
		if s, ok := p.(*syntax.Str); ok {
			parts = append(parts, part{text: s.Value})
			continue
		}
		parts = append(parts, part{v: c.expr(p)})
	}
	pos := &x.Pos
	return func(f *Frame) (Value, error) {
		var small [96]byte
		buf := small[:0]
		for i := range parts {
			p := &parts[i]
			if p.v == nil {
				buf = append(buf, p.text...)
				continue
			}
			v, err := p.v(f)
			if err != nil {
				return nil, err
			}
			switch s := v.(type) {
			case *Str:
				if err := f.t.grown(len(buf)+len(s.s), len(s.s)); err != nil {
					return nil, f.at(pos, err)
				}
				buf = append(buf, s.s...)
			case Int: // an interpolation without a spec
				buf = appendInt(buf, int64(s))
			}
		}
		return NewStr(string(buf)), nil
	}
}

// interp compiles one {x!r:spec}; ints without a spec come back as they are, for fstring.
func (c *compiler) interp(x *syntax.Interp) expr {
	v, conv, pos := c.expr(x.X), x.Conv, &x.Pos
	spec := constant(emptyStr)
	if x.Spec != nil {
		spec = c.expr(x.Spec)
	}
	plain := x.Spec == nil && conv == 0
	return func(f *Frame) (Value, error) {
		r, err := v(f)
		if err != nil {
			return nil, err
		}
		if plain {
			switch r.(type) {
			case *Str, Int:
				return r, nil
			}
		}
		sp, err := spec(f)
		if err != nil {
			return nil, err
		}
		s, err := f.t.formatConv(r, conv, sp.(*Str).s)
		if err != nil {
			return nil, f.at(pos, err)
		}
		return NewStr(s), nil
	}
}

func (t *Thread) formatConv(v Value, conv byte, spec string) (string, error) {
	var s string
	var err error
	switch conv {
	case 'r':
		s, err = t.Repr(v)
	case 's':
		s, err = t.Str(v)
	case 'a':
		if s, err = t.Repr(v); err == nil {
			s = asciiOnly(s)
		}
	default:
		return t.Format(v, spec)
	}
	if err != nil || spec == "" {
		return s, err
	}
	return t.Format(NewStr(s), spec)
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

// attrCache remembers what the class of the last object had under a name, and at which entry the object had its own.
type attrCache struct {
	cls     *Type
	version uint32
	d       Value // of the class
	data    bool
	slow    bool
	hint    int
}

func (k *attrCache) fill(cls *Type, name *Str) {
	k.cls, k.version = cls, cls.version
	k.d = cls.lookup(name.s)
	k.data = k.d != nil && isData(k.d)
	k.slow = cls.fact().getattribute != nil || name.s == "__class__" || name.s == "__dict__"
}

// own returns the object's own attribute.
func (k *attrCache) own(i *Instance, name *Str) Value {
	a := i.attrs
	if a == nil {
		return nil
	}
	if uint(k.hint) < uint(len(a.entries)) {
		if e := &a.entries[k.hint]; e.key == Value(name) {
			return e.val
		}
	}
	if n := a.findStr(name); n >= 0 {
		k.hint = n
		a.entries[n].key = name
		return a.entries[n].val
	}
	return nil
}

func (c *compiler) attr(x *syntax.Attr) expr {
	obj, pos, name := c.expr(x.X), &x.Pos, c.iso.intern(x.Name)
	k := &attrCache{}
	return func(f *Frame) (Value, error) {
		o, err := obj(f)
		if err != nil {
			return nil, err
		}
		if i, ok := o.(*Instance); ok {
			if k.cls != i.cls || k.version != i.cls.version {
				k.fill(i.cls, name)
			}
			if !k.slow && !k.data {
				if v := k.own(i, name); v != nil {
					return v, nil
				}
				switch d := k.d.(type) {
				case nil, *PropertyValue, *wrapper, *Instance:
				case *Function:
					return &BoundMethod{d, i}, nil
				case Int, *Str, *List, *Dict, Float, Bool:
					return d, nil
				}
			}
		}
		v, err := f.t.getAttr(o, name)
		if err != nil {
			return nil, f.at(pos, err)
		}
		return v, nil
	}
}

func (c *compiler) assignAttr(x *syntax.Attr) store { //nolint:gocognit // one case a kind of value
	obj, pos, name := c.expr(x.X), &x.Pos, c.iso.intern(x.Name)
	k := &attrCache{}
	return func(f *Frame, v Value) error {
		o, err := obj(f)
		if err != nil {
			return err
		}
		if i, ok := o.(*Instance); ok && i.attrs != nil {
			if k.cls != i.cls || k.version != i.cls.version {
				k.fill(i.cls, name)
				k.slow = k.slow || i.cls.fact().setattr != nil
			}
			if a := i.attrs; !k.slow && !k.data && uint(k.hint) < uint(len(a.entries)) {
				if e := &a.entries[k.hint]; e.key == Value(name) {
					e.val = v
					return nil
				}
			}
		}
		if err := f.t.setAttr(o, name, v); err != nil {
			return f.at(pos, err)
		}
		if i, ok := o.(*Instance); ok && i.attrs != nil {
			if n := i.attrs.findStr(name); n >= 0 {
				k.hint = n
				i.attrs.entries[n].key = name
			}
		}
		return nil
	}
}
