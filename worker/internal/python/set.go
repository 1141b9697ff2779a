package python

// Set is a set or frozenset; it keeps the order of insertion.
type Set struct {
	d      Dict
	frozen bool
}

func (s *Set) typ() *Type {
	if s.frozen {
		return frozenSetType
	}
	return setType
}

// Len returns the number of elements.
func (s *Set) Len() int { return int(s.d.live) }

// Add adds an element.
func (s *Set) Add(t *Thread, v Value) error { return s.d.Set(t, v, None) }

// Has says whether v is an element.
func (s *Set) Has(t *Thread, v Value) (bool, error) {
	if x, ok := v.(*Set); ok && !x.frozen {
		v = &Set{d: x.d, frozen: true}
	}
	r, err := s.d.Get(t, v)
	return r != nil, err
}

// NewSet returns an empty set.
func NewSet() *Set { return &Set{} }

// asSet returns the set behind a set, a frozenset or a view of keys or items.
func asSet(t *Thread, v Value) (*Set, bool, error) {
	switch x := v.(type) {
	case *Set:
		return x, true, nil
	case *dictView:
		if x.kind == dictValues {
			return nil, false, nil
		}
		s := NewSet()
		err := t.Each(x, func(v Value) error { return s.Add(t, v) })
		return s, true, err
	}
	return nil, false, nil
}

func (t *Thread) subset(a, b *Set) (bool, error) {
	for i := range a.d.entries {
		if k := a.d.entries[i].key; k != nil {
			if ok, err := b.Has(t, k); err != nil || !ok {
				return false, err
			}
		}
	}
	return true, nil
}

func (t *Thread) compareSets(op string, va, vb Value) (Value, error) {
	a, ok, err := asSet(t, va)
	if err != nil || !ok {
		return NotImplemented, err
	}
	b, ok, err := asSet(t, vb)
	if err != nil || !ok {
		return NotImplemented, err
	}
	na, nb := a.Len(), b.Len()
	if op == ">" || op == ">=" {
		a, b, na, nb, op = b, a, nb, na, mirrored[op]
	}
	sub := na <= nb
	if sub {
		if sub, err = t.subset(a, b); err != nil {
			return nil, err
		}
	}
	switch op {
	case "<=":
		return NewBool(sub), nil
	case "<":
		return NewBool(sub && na < nb), nil
	}
	return NewBool((sub && na == nb) == (op == "==")), nil
}

// setOp is |, &, - and ^ of sets, and | of dicts.
func (t *Thread) setOp(op string, va, vb Value) (Value, error) {
	if x, ok := va.(*Dict); ok && op == "|" {
		y, ok := vb.(*Dict)
		if !ok {
			return NotImplemented, nil
		}
		r := x.Copy()
		return r, t.dictUpdate(r, y)
	}
	if op == "|" {
		if isTypeLike(va) && isTypeLike(vb) && (va != None || vb != None) {
			return NewTuple(va, vb), nil // int | None: an annotation, or for isinstance
		}
	}
	a, ok, err := asSet(t, va)
	if err != nil || !ok {
		return NotImplemented, err
	}
	b, ok, err := asSet(t, vb)
	if err != nil || !ok {
		return NotImplemented, err
	}
	return t.combine(op, a, b)
}

func isTypeLike(v Value) bool {
	switch v := v.(type) {
	case *Type:
		return true
	case *Tuple:
		return len(v.items) > 0 && isTypeLike(v.items[0])
	}
	return v == None
}

func (t *Thread) combine(op string, a, b *Set) (Value, error) { //nolint:gocognit // one case a kind of value
	out := &Set{frozen: a.frozen}
	keep := func(from, other *Set, want bool) error {
		for i := range from.d.entries {
			k := from.d.entries[i].key
			if k == nil {
				continue
			}
			if other != nil {
				if has, err := other.Has(t, k); err != nil || has != want {
					if err != nil {
						return err
					}
					continue
				}
			}
			if err := out.Add(t, k); err != nil {
				return err
			}
		}
		return nil
	}
	var err error
	switch op {
	case "|":
		if err = keep(a, nil, true); err == nil {
			err = keep(b, nil, true)
		}
	case "&":
		err = keep(a, b, true)
	case "-":
		err = keep(a, b, false)
	case "^":
		if err = keep(a, b, false); err == nil {
			err = keep(b, a, false)
		}
	}
	return out, err
}
