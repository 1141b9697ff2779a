package stdlib

import (
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/regex"
)

// found is the Go state of a Match.
type found struct {
	p      *regex.Pattern
	search search
	loc    []int // offsets into the text
	src    value // what the pattern was tried on
}

func (r *reModule) newMatch(p *regex.Pattern, s search, src value, loc []int) value {
	return python.NewInstance(r.match, &found{p, s, loc, src})
}

func foundOf(v value) *found { return v.(*python.Instance).Data.(*found) }

// group is the text of a group, or dflt if it took no part.
func (f *found) group(n int, dflt value) value {
	if f.loc[2*n] < 0 {
		return dflt
	}
	if b, ok := python.Unwrap(f.src).(*python.ByteArray); ok { // which may have changed since
		s, _ := python.AsBytes(b)
		return textOf(true, s[min(f.search.text.Char(f.loc[2*n]), len(s)):min(f.search.text.Char(f.loc[2*n+1]), len(s))])
	}
	return textOf(f.p.IsBytes, f.search.text.Slice(f.loc[2*n], f.loc[2*n+1]))
}

// index finds a group by number or name.
func (f *found) index(t *thread, v value) (int, error) {
	if s, ok := python.AsStr(v); ok {
		if n, ok := f.p.Group(s); ok {
			return n, nil
		}
		return 0, python.Errorf(python.IndexError, "no such group")
	}
	n, ok := python.AsInt(v)
	if !ok {
		var err error
		if n, err = t.Index(v); err != nil {
			return 0, python.Errorf(python.IndexError, "no such group")
		}
	}
	if n < 0 || n > int64(f.p.Groups) {
		return 0, python.Errorf(python.IndexError, "no such group")
	}
	return int(n), nil
}

// span is where a group begins and ends, in characters.
func (f *found) span(n int) (from, to value) {
	return f.char(f.loc[2*n]), f.char(f.loc[2*n+1])
}

// char is an offset in characters.
func (f *found) char(offset int) value { return python.NewInt(int64(f.search.text.Char(offset))) }

func (r *reModule) newMatchClass() *python.Type {
	self := func(sig string) *python.Native {
		return python.Func(sig, func(_ *thread, a []value) (value, error) { return a[0], nil })
	}
	methods := append(groupMethods(), spanMethods()...)
	return python.NewClass(python.ClassSpec{
		Name: "Match", Module: "re", New: notCreatable("re.Match"), Subscript: genericAlias, Attrs: matchAttrs(),
		Methods: append(methods,
			python.Func("expand(self, template)", func(t *thread, a []value) (value, error) { return r.expand(t, foundOf(a[0]), a[1]) }),
			python.Func("__repr__(self)", func(t *thread, a []value) (value, error) {
				f := foundOf(a[0])
				from, to := f.span(0)
				span, err := t.Repr(python.NewTuple(from, to))
				if err != nil {
					return nil, err
				}
				text, err := t.Repr(f.group(0, nil))
				return str("<re.Match object; span=" + span + ", match=" + text + ">"), err
			}),
			self("__copy__(self)"), self("__deepcopy__(self, memo)"),
		),
	})
}

// groupMethods are those that return texts.
func groupMethods() []*python.Native {
	return []*python.Native{
		python.Func("group(self, *groups)", func(t *thread, a []value) (value, error) {
			f := foundOf(a[0])
			gs := a[1].(*python.Tuple).Items()
			if len(gs) == 0 {
				return f.group(0, python.None), nil
			}
			out := make([]value, len(gs))
			for i, g := range gs {
				n, err := f.index(t, g)
				if err != nil {
					return nil, err
				}
				out[i] = f.group(n, python.None)
			}
			if len(out) == 1 {
				return out[0], nil
			}
			return python.NewTuple(out...), nil
		}),
		python.Func("groups(self, default=None)", func(_ *thread, a []value) (value, error) {
			f := foundOf(a[0])
			out := make([]value, f.p.Groups)
			for i := range out {
				out[i] = f.group(i+1, orNone(a[1]))
			}
			return python.NewTuple(out...), nil
		}),
		python.Func("groupdict(self, default=None)", func(_ *thread, a []value) (value, error) {
			f := foundOf(a[0])
			d := python.NewDict()
			for _, n := range f.p.Names {
				d.SetStr(n.Text, f.group(n.Group, orNone(a[1])))
			}
			return d, nil
		}),
		python.Func("__getitem__(self, g, /)", func(t *thread, a []value) (value, error) {
			f := foundOf(a[0])
			n, err := f.index(t, a[1])
			if err != nil {
				return nil, err
			}
			return f.group(n, python.None), nil
		}),
	}
}

// spanMethods are those that return positions.
func spanMethods() []*python.Native {
	method := func(name string, f func(from, to value) value) *python.Native {
		return python.Func(name+"(self, group=0, /)", func(t *thread, a []value) (value, error) {
			m, n := foundOf(a[0]), 0
			if a[1] != nil {
				var err error
				if n, err = m.index(t, a[1]); err != nil {
					return nil, err
				}
			}
			return f(m.span(n)), nil
		})
	}
	return []*python.Native{
		method("start", func(from, _ value) value { return from }),
		method("end", func(_, to value) value { return to }),
		method("span", func(from, to value) value { return python.NewTuple(from, to) }),
	}
}

// matchAttrs are the attributes of a Match that are no methods.
func matchAttrs() map[string]value {
	attr := func(f func(f *found) value) value {
		return python.Property(func(_ *thread, self value) (value, error) { return f(foundOf(self)), nil })
	}
	return map[string]value{
		"string": attr(func(f *found) value { return f.src }),
		"re":     attr(func(f *found) value { return f.p.Object.(*python.Instance) }),
		"pos":    attr(func(f *found) value { return f.char(f.search.from) }),
		"endpos": attr(func(f *found) value { return f.char(f.search.to) }),
		"regs": attr(func(f *found) value {
			out := make([]value, f.p.Groups+1)
			for i := range out {
				from, to := f.span(i)
				out[i] = python.NewTuple(from, to)
			}
			return python.NewTuple(out...)
		}),
		"lastindex": attr(func(f *found) value {
			if i := f.p.Last(f.loc); i > 0 {
				return python.NewInt(int64(i))
			}
			return python.None
		}),
		"lastgroup": attr(func(f *found) value {
			if name, ok := f.p.NameOf(f.p.Last(f.loc)); ok {
				return str(name)
			}
			return python.None
		}),
	}
}
