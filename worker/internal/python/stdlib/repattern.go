package stdlib

import (
	"fmt"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/regex"
)

func patternOf(v value) *regex.Pattern { return v.(*python.Instance).Data.(*regex.Pattern) }

func (r *reModule) newPatternClass() *python.Type {
	method := func(sig string, f func(*thread, *regex.Pattern, []value) (value, error)) *python.Native {
		return python.Func(sig, func(t *thread, a []value) (value, error) { return f(t, patternOf(a[0]), a[1:]) })
	}
	attr := func(f func(p *regex.Pattern) value) value {
		return python.Property(func(_ *thread, self value) (value, error) { return f(patternOf(self)), nil })
	}
	self := func(sig string) *python.Native {
		return python.Func(sig, func(_ *thread, a []value) (value, error) { return a[0], nil })
	}
	return python.NewClass(python.ClassSpec{
		Name: "Pattern", Module: "re", New: notCreatable("re.Pattern"), Subscript: genericAlias,
		Methods: []*python.Native{
			method("search(self, string, pos=0, endpos=0)", r.finds(regex.Search)),
			method("match(self, string, pos=0, endpos=0)", r.finds(regex.Match)),
			method("fullmatch(self, string, pos=0, endpos=0)", r.finds(regex.Full)),
			method("findall(self, string, pos=0, endpos=0)", r.findAll),
			method("finditer(self, string, pos=0, endpos=0)", r.findIter),
			method("split(self, string, maxsplit=0)", r.split),
			method("sub(self, repl, string, count=0)", r.sub(false)),
			method("subn(self, repl, string, count=0)", r.sub(true)),
			method("scanner(self, string, pos=0, endpos=0)", r.newScanner),
			self("__copy__(self)"), self("__deepcopy__(self, memo)"),
			python.Func("__repr__(self)", func(t *thread, a []value) (value, error) { return patternRepr(t, patternOf(a[0])) }),
			python.Func("__eq__(self, other)", func(_ *thread, a []value) (value, error) { return r.samePattern(a[0], a[1]), nil }),
			python.Func("__hash__(self)", func(t *thread, a []value) (value, error) {
				p := patternOf(a[0])
				h, err := t.Hash(python.NewTuple(textOf(p.IsBytes, p.Source), python.NewInt(int64(p.Flags))))
				return python.NewInt(h), err
			}),
		},
		Attrs: map[string]value{
			"pattern": attr(func(p *regex.Pattern) value { return textOf(p.IsBytes, p.Source) }),
			"flags":   attr(func(p *regex.Pattern) value { return python.NewInt(int64(p.Flags)) }),
			"groups":  attr(func(p *regex.Pattern) value { return python.NewInt(int64(p.Groups)) }),
			"groupindex": python.Property(func(t *thread, self value) (value, error) {
				d := python.NewDict()
				for _, n := range patternOf(self).Names {
					d.SetStr(n.Text, python.NewInt(int64(n.Group)))
				}
				types, err := t.Import("types")
				if err != nil {
					return nil, err
				}
				return t.CallMethod(types, "MappingProxyType", d)
			}),
		},
	})
}

func notCreatable(name string) func(*thread, *python.Type, python.Args) (value, error) {
	return func(*thread, *python.Type, python.Args) (value, error) {
		return nil, python.Errorf(python.TypeError, "cannot create '%s' instances", name)
	}
}

// genericAlias is Pattern[str], as annotations have it.
func genericAlias(t *thread, cls *python.Type, key value) (value, error) {
	types, err := t.Import("types")
	if err != nil {
		return nil, err
	}
	return t.CallMethod(types, "GenericAlias", cls, key)
}

func (r *reModule) samePattern(a, b value) value {
	other, ok := b.(*python.Instance)
	if !ok || other.Class() != r.pattern {
		return python.NotImplemented
	}
	p, q := patternOf(a), patternOf(b)
	return python.NewBool(p == q || p.Source == q.Source && p.IsBytes == q.IsBytes && p.Flags == q.Flags)
}

// patternRepr is re.compile('...', re.IGNORECASE).
func patternRepr(t *thread, p *regex.Pattern) (value, error) {
	text, err := t.Repr(textOf(p.IsBytes, p.Source))
	if err != nil {
		return nil, err
	}
	if rs := []rune(text); len(rs) > 200 {
		text = string(rs[:200])
	}
	flags := p.Flags
	if !p.IsBytes && flags&(regex.Locale|regex.Unicode|regex.ASCII) == regex.Unicode {
		flags &^= regex.Unicode
	}
	names := ""
	for i, name := range []string{"TEMPLATE", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "UNICODE", "VERBOSE", "DEBUG", "ASCII"} {
		if bit := regex.Flags(1) << i; flags&bit != 0 {
			names += "|re." + name
			flags &^= bit
		}
	}
	if flags != 0 {
		names += fmt.Sprintf("|%#x", flags)
	}
	if names != "" {
		text += ", " + names[1:]
	}
	return str("re.compile(" + text + ")"), nil
}

// finds is search, match and fullmatch: a holds the text, pos and endpos.
func (r *reModule) finds(m regex.Mode) func(*thread, *regex.Pattern, []value) (value, error) {
	return func(t *thread, p *regex.Pattern, a []value) (value, error) {
		s, err := r.search(t, p, a[0], a[1], a[2])
		if err != nil {
			return nil, err
		}
		f := s.finder(t, p, 1)
		loc, err := f.Next(m)
		if err != nil {
			return nil, r.raised(t, err, nil)
		}
		if loc == nil {
			return python.None, nil
		}
		return r.newMatch(p, s, a[0], loc), nil
	}
}

// findAll is findall.
func (r *reModule) findAll(t *thread, p *regex.Pattern, a []value) (value, error) {
	s, err := r.search(t, p, a[0], a[1], a[2])
	if err != nil {
		return nil, err
	}
	f := s.finder(t, p, -1)
	l := python.NewList()
	for {
		loc, err := r.nextOf(t, &f)
		if err != nil {
			return nil, err
		}
		if loc == nil {
			return l, nil
		}
		l.Append(allGroups(p, s.text, loc))
	}
}

// allGroups is a match in the result of findall: the groups, or the whole if there are none.
func allGroups(p *regex.Pattern, text *regex.Text, loc []int) value {
	part := func(g int) value {
		if loc[2*g] < 0 {
			return textOf(p.IsBytes, "")
		}
		return textOf(p.IsBytes, text.Slice(loc[2*g], loc[2*g+1]))
	}
	if p.Groups < 2 {
		return part(p.Groups)
	}
	groups := make([]value, p.Groups)
	for i := range groups {
		groups[i] = part(i + 1)
	}
	return python.NewTuple(groups...)
}

// findIter is finditer.
func (r *reModule) findIter(t *thread, p *regex.Pattern, a []value) (value, error) {
	s, err := r.search(t, p, a[0], a[1], a[2])
	if err != nil {
		return nil, err
	}
	src, f := a[0], s.finder(t, p, -1)
	return python.NewIterator("callable_iterator", func(t *thread) (value, error) {
		loc, err := f.In((*patience)(t)).Next(regex.Search)
		if err != nil || loc == nil {
			return nil, r.raised(t, err, nil)
		}
		return r.newMatch(p, s, src, loc), nil
	}), nil
}
