package stdlib

import (
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/regex"
)

// A reScanner is what Pattern.scanner returns: matches that follow each other.
type reScanner struct {
	f      regex.Finder
	p      *regex.Pattern
	search search
	src    value
}

func (r *reModule) newScanner(t *thread, p *regex.Pattern, a []value) (value, error) {
	s, err := r.search(t, p, a[0], a[1], a[2])
	if err != nil {
		return nil, err
	}
	return python.NewInstance(r.scanner, &reScanner{s.finder(t, p, 1), p, s, a[0]}), nil
}

func (r *reModule) newScannerClass() *python.Type {
	get := func(v value) *reScanner { return v.(*python.Instance).Data.(*reScanner) }
	next := func(name string, m regex.Mode) *python.Native {
		return python.Func(name+"(self)", func(t *thread, a []value) (value, error) {
			s := get(a[0])
			loc, err := s.f.In((*patience)(t)).Next(m)
			if err != nil {
				return nil, r.raised(t, err, nil)
			}
			if loc == nil {
				return python.None, nil
			}
			return r.newMatch(s.p, s.search, s.src, loc), nil
		})
	}
	return python.NewClass(python.ClassSpec{
		Name: "SRE_Scanner", Module: "_sre", New: notCreatable("_sre.SRE_Scanner"),
		Methods: []*python.Native{next("match", regex.Match), next("search", regex.Search)},
		Attrs: map[string]value{
			"pattern": python.Property(func(_ *thread, self value) (value, error) { return get(self).p.Object.(*python.Instance), nil }),
		},
	})
}
