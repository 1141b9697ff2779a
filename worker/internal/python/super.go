package python

// superValue is super(cls, obj).
type superValue struct {
	cls *Type
	obj Value
	of  *Type // whose MRO is searched
}

func (*superValue) typ() *Type { return superType }

func newSuper(cls *Type, obj Value) (Value, error) {
	if c, ok := obj.(*Type); ok && c.Is(cls) {
		return &superValue{cls, obj, c}, nil
	}
	if obj.typ().Is(cls) {
		return &superValue{cls, obj, obj.typ()}, nil
	}
	return nil, Errorf(TypeError, "super(type, obj): obj must be an instance or subtype of type")
}

func (s *superValue) lookup(name string) Value {
	found := false
	for _, m := range s.of.mro {
		if found {
			if d := m.dict.GetStr(name); d != nil {
				return d
			}
		}
		found = found || m == s.cls
	}
	return nil
}

func (t *Thread) superAttr(s *superValue, name *Str) (Value, error) {
	d := s.lookup(name.s)
	if d == nil {
		if name.s == "__class__" {
			return superType, nil
		}
		return nil, Errorf(AttributeError, "'super' object has no attribute '%s'", name.s)
	}
	if c, ok := s.obj.(*Type); ok && c == s.of {
		if name.s == "__new__" {
			return t.bind(d, nil, c)
		}
		return t.bind(d, nil, c)
	}
	return t.bind(d, s.obj, s.of)
}
