package python

// A Site is a place in Go code that asks for the same attribute again and again: it remembers how it was found, as the places
// in compiled Python do. It belongs to its isolate.
type Site struct {
	name  *Str
	cache attrCache
}

// NewSite makes a place that asks for a name.
func (iso *Isolate) NewSite(name string) *Site { return &Site{name: iso.intern(name)} }

// Get is getattr(v, name).
func (s *Site) Get(t *Thread, v Value) (Value, error) {
	if i, ok := v.(*Instance); ok {
		if s.cache.cls != i.cls || s.cache.version != i.cls.version {
			s.cache.fill(i.cls, s.name)
		}
		if !s.cache.slow && !s.cache.data {
			if own := s.cache.own(i, s.name); own != nil {
				return own, nil
			}
			if l, ok := s.cache.d.(*List); ok { // nothing that binds
				return l, nil
			}
		}
	}
	return t.getAttr(v, s.name)
}

// Method finds a method; self says that its object has to be its first argument, see [Thread.CallWith].
func (s *Site) Method(t *Thread, obj Value) (fn Value, self bool, err error) {
	return t.method(obj, s.name, &s.cache)
}

// CallWith calls fn with one more argument in front.
func (t *Thread) CallWith(fn, first Value, args ...Value) (Value, error) {
	return t.callWith(fn, first, args, nil)
}
