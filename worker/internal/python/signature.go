package python

import "gregaria/worker/internal/python/syntax"

// A Signature says what a callable takes by keyword.
type Signature struct {
	Keywords []string
	Any      bool // **kwargs
}

// Has says whether the callable takes a keyword.
func (s Signature) Has(name string) bool {
	for _, k := range s.Keywords {
		if k == name {
			return true
		}
	}
	return s.Any
}

// SignatureOf returns what a callable takes by keyword; ok is false if only a call can tell. A class is asked for the
// __init__ that it has in Python.
func SignatureOf(v Value) (s Signature, ok bool) {
	switch v := v.(type) {
	case *Native:
		if v.params == nil {
			return s, false
		}
		for _, n := range v.params.names[v.params.posOnly:] {
			s.Keywords = append(s.Keywords, n.s)
		}
		s.Any = v.params.kwStar
		return s, true
	case *Function:
		c := v.code
		for _, n := range c.names[c.posOnly : c.npos+c.nkw] {
			s.Keywords = append(s.Keywords, n.s)
		}
		s.Any = c.kwStar
		return s, true
	case *BoundMethod:
		return SignatureOf(v.fn)
	case *wrapper:
		return SignatureOf(v.fn)
	case *Type:
		init, isPython := v.lookup("__init__").(*Function)
		if !v.heap || !isPython || v.fact().new != nil {
			return s, false
		}
		return SignatureOf(init)
	}
	return s, false
}

// Pos is where the function stands in its tree.
func (fn *Function) Pos() syntax.Pos { return fn.code.pos }

// Tree returns the source in which a function stands; nobody may change it.
func (fn *Function) Tree() *syntax.Module { return fn.code.tree }
