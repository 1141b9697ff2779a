package python

import (
	"gregaria/worker/internal/python/syntax"
)

type matcher func(f *Frame, v Value) (bool, error)

func (c *compiler) match(x *syntax.Match) stmt {
	type arm struct {
		m     matcher
		guard cond
		body  func(f *Frame) (ctl, error)
	}
	subject := c.expr(x.Subject)
	arms := make([]arm, len(x.Cases))
	for i, k := range x.Cases {
		arms[i].m = c.pattern(k.Pattern)
		if k.Guard != nil {
			arms[i].guard = c.cond(k.Guard)
		}
		arms[i].body = c.block(k.Body, false)
	}
	pos := x.Subject.Span()
	return func(f *Frame) (ctl, error) {
		v, err := subject(f)
		if err != nil {
			return 0, err
		}
		for i := range arms {
			a := &arms[i]
			ok, err := a.m(f, v)
			if err != nil {
				return 0, f.at(&pos, err)
			}
			if ok && a.guard != nil {
				if ok, err = a.guard(f); err != nil {
					return 0, err
				}
			}
			if ok {
				return a.body(f)
			}
		}
		return ctlNext, nil
	}
}

func (c *compiler) patterns(ps []syntax.Pattern) []matcher {
	out := make([]matcher, len(ps))
	for i, p := range ps {
		out[i] = c.pattern(p)
	}
	return out
}

func (c *compiler) pattern(p syntax.Pattern) matcher {
	switch p := p.(type) {
	case *syntax.PatValue:
		v := c.expr(p.X)
		_, literal := p.X.(*syntax.Const)
		return func(f *Frame, s Value) (bool, error) {
			w, err := v(f)
			if err != nil {
				return false, err
			}
			if literal {
				return identical(s, w), nil
			}
			return f.t.Equal(s, w)
		}
	case *syntax.PatCapture:
		return c.capture(p)
	case *syntax.PatOr:
		alts := c.patterns(p.Alts)
		return func(f *Frame, v Value) (bool, error) {
			for _, a := range alts {
				if ok, err := a(f, v); ok || err != nil {
					return ok, err
				}
			}
			return false, nil
		}
	case *syntax.PatSeq:
		return c.seqPattern(p)
	case *syntax.PatMap:
		return c.mapPattern(p)
	case *syntax.PatClass:
		return c.classPattern(p)
	}
	return func(*Frame, Value) (bool, error) { return false, nil }
}

func (c *compiler) capture(p *syntax.PatCapture) matcher {
	var inner matcher
	if p.X != nil {
		inner = c.pattern(p.X)
	}
	var set store
	if p.Name != "" {
		set = c.assignName(p.Name)
	}
	return func(f *Frame, v Value) (bool, error) {
		if inner != nil {
			if ok, err := inner(f, v); !ok || err != nil {
				return ok, err
			}
		}
		if set != nil {
			return true, set(f, v)
		}
		return true, nil
	}
}

func (c *compiler) seqPattern(p *syntax.PatSeq) matcher {
	star := -1
	ms := make([]matcher, len(p.Elts))
	for i, e := range p.Elts {
		if s, ok := e.(*syntax.PatStar); ok {
			star = i
			e = &syntax.PatCapture{Name: s.Name}
		}
		ms[i] = c.pattern(e)
	}
	return func(f *Frame, v Value) (bool, error) {
		switch unwrap(v).(type) {
		case *List, *Tuple, *Range:
		default:
			return false, nil
		}
		n, err := f.t.Len(v)
		if err != nil || (star < 0 && n != len(ms)) || (star >= 0 && n < len(ms)-1) {
			return false, err
		}
		items, err := f.t.unpackItems(v, len(ms), star)
		if err != nil {
			return false, err
		}
		for i, m := range ms {
			if ok, err := m(f, items[i]); !ok || err != nil {
				return ok, err
			}
		}
		return true, nil
	}
}

func (c *compiler) mapPattern(p *syntax.PatMap) matcher { //nolint:gocognit // one case a kind of value
	keys, vals := c.exprs(p.Keys), c.patterns(p.Vals)
	var rest store
	if p.Rest != "" {
		rest = c.assignName(p.Rest)
	}
	return func(f *Frame, v Value) (bool, error) {
		d, ok := unwrap(v).(*Dict)
		if !ok {
			return false, nil
		}
		left := d
		if rest != nil {
			left = d.Copy()
		}
		for i, key := range keys {
			k, err := key(f)
			if err != nil {
				return false, err
			}
			x, err := d.Get(f.t, k)
			if err != nil || x == nil {
				return false, err
			}
			if ok, err := vals[i](f, x); !ok || err != nil {
				return ok, err
			}
			if rest != nil {
				if _, err := left.Delete(f.t, k); err != nil {
					return false, err
				}
			}
		}
		if rest != nil {
			return true, rest(f, left)
		}
		return true, nil
	}
}

func (c *compiler) classPattern(p *syntax.PatClass) matcher { //nolint:gocognit // one case a kind of value
	cls, args, kw := c.expr(p.Cls), c.patterns(p.Args), c.patterns(p.Kw)
	return func(f *Frame, v Value) (bool, error) {
		cv, err := cls(f)
		if err != nil {
			return false, err
		}
		ct, ok := cv.(*Type)
		if !ok {
			return false, Errorf(TypeError, "called match pattern must be a class")
		}
		if !v.typ().Is(ct) {
			return false, nil
		}
		names := p.Names
		ms := kw
		if len(args) > 0 {
			if ct.payloadType() != nil || ct == boolType {
				if len(args) > 1 {
					return false, Errorf(TypeError, "%s() accepts 1 positional sub-pattern (%d given)", ct.name, len(args))
				}
				if ok, err := args[0](f, v); !ok || err != nil {
					return ok, err
				}
			} else {
				more, err := f.t.matchArgs(ct, len(args))
				if err != nil {
					return false, err
				}
				names, ms = append(more, names...), append(append([]matcher(nil), args...), kw...)
			}
		}
		for i, n := range names {
			x, err := f.t.HasAttr(v, n)
			if err != nil || x == nil {
				return false, err
			}
			if ok, err := ms[i](f, x); !ok || err != nil {
				return ok, err
			}
		}
		return true, nil
	}
}

func (t *Thread) matchArgs(ct *Type, n int) ([]string, error) {
	var out []string
	if m := ct.lookup("__match_args__"); m != nil {
		items, err := t.ToSlice(m)
		if err != nil {
			return nil, err
		}
		for _, x := range items {
			s, _ := AsStr(x)
			out = append(out, s)
		}
	}
	if n > len(out) {
		return nil, Errorf(TypeError, "%s() accepts %d positional sub-pattern%s (%d given)", ct.name, len(out), plural(len(out)), n)
	}
	return out[:n], nil
}
