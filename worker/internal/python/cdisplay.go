package python

import "gregaria/worker/internal/python/syntax"

// display compiles [..], (..), {..} and {..: ..}.
func (c *compiler) display(x syntax.Expr) expr {
	switch x := x.(type) {
	case *syntax.Tuple:
		items := c.items(x.Elts, &x.Pos, starRefusal)
		return func(f *Frame) (Value, error) {
			vs, err := items(f)
			return NewTuple(vs...), err
		}
	case *syntax.List:
		items := c.items(x.Elts, &x.Pos, starRefusal)
		return func(f *Frame) (Value, error) {
			vs, err := items(f)
			return &List{vs}, err
		}
	case *syntax.Set:
		items := c.items(x.Elts, &x.Pos, "'%s' object is not iterable")
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

const (
	// starRefusal is what a display says of a bad *x.
	starRefusal = "Value after * must be an iterable, not %s"
	// callRefusal is what a call says, after the name of what is called.
	callRefusal = "argument after * must be an iterable, not %s"
)

// items compiles the elements of a display; refusal is what it says of a bad *x.
func (c *compiler) items(elts []syntax.Expr, pos *syntax.Pos, refusal string) func(f *Frame) ([]Value, error) { //nolint:gocognit // one case a kind of value
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
					err = Errorf(TypeError, refusal, v.typ().name)
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
