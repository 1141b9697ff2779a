package python

// Iter is iter(v).
func (t *Thread) Iter(v Value) (Value, error) { //nolint:funlen // one case a kind of value
	switch x := v.(type) {
	case *iterator:
		return v, nil
	case *Generator:
		if x.st.kind != plainGen {
			return nil, Errorf(TypeError, "'%s' object is not iterable", x.typ().name)
		}
		return v, nil
	case *List:
		i := 0
		return &iterator{cls: listIterType, next: func(*Thread) (Value, error) {
			if i >= len(x.items) {
				i = len(x.items) + 1<<40
				return nil, nil //nolint:nilnil // the end
			}
			i++
			return x.items[i-1], nil
		}}, nil
	case *Tuple:
		i := 0
		return &iterator{cls: tupleIterType, next: func(*Thread) (Value, error) {
			if i >= len(x.items) {
				return nil, nil //nolint:nilnil // the end
			}
			i++
			return x.items[i-1], nil
		}}, nil
	case *Dict:
		return dictIter(x, dictKeys), nil
	case *dictView:
		return dictIter(x.d, x.kind), nil
	case *Set:
		return &iterator{cls: setIterType, next: dictIter(&x.d, dictKeys).setNext()}, nil
	case *Range:
		i := int64(0)
		return &iterator{cls: rangeIterType, next: func(*Thread) (Value, error) {
			if i >= x.n {
				return nil, nil //nolint:nilnil // the end
			}
			i++
			return NewInt(x.start + (i-1)*x.step), nil
		}}, nil
	case *Str:
		s := x.s
		return &iterator{cls: strIterType, next: func(*Thread) (Value, error) {
			if s == "" {
				return nil, nil //nolint:nilnil // the end
			}
			_, n := nextRune(s)
			r := &Str{s: s[:n], n: 1}
			s = s[n:]
			return r, nil
		}}, nil
	case *Bytes, *ByteArray:
		i := 0
		return &iterator{cls: bytesIterType, next: func(*Thread) (Value, error) {
			b, _ := AsBytes(v)
			if i >= len(b) {
				return nil, nil //nolint:nilnil // the end
			}
			i++
			return NewInt(int64(b[i-1])), nil
		}}, nil
	case *Type:
		if x.iterate != nil {
			return x.iterate(t, x)
		}
		if x.meta != nil {
			if m := x.meta.lookup("__iter__"); m != nil {
				return t.call(m, []Value{x}, nil)
			}
		}
		return nil, Errorf(TypeError, "'type' object is not iterable")
	}
	return t.iterObject(v)
}

func (t *Thread) iterObject(v Value) (Value, error) { //nolint:gocognit // one case a kind of value
	cls := v.typ()
	if m := cls.lookup("__iter__"); m != nil && m != None {
		if n, ok := m.(*Native); !ok || !n.plain {
			b, err := t.bind(m, v, cls)
			if err != nil {
				return nil, err
			}
			it, err := t.call(b, nil, nil)
			if err != nil {
				return nil, err
			}
			switch it.(type) {
			case *iterator, *Generator:
				return it, nil
			}
			if it.typ().lookup("__next__") == nil {
				return nil, Errorf(TypeError, "iter() returned non-iterator of type '%s'", it.typ().name)
			}
			return it, nil
		}
	}
	if i, ok := v.(*Instance); ok {
		if i.base != nil {
			return t.Iter(i.base)
		}
		if cls.lookup("__getitem__") != nil {
			n := int64(-1)
			return &iterator{cls: iteratorType, next: func(t *Thread) (Value, error) {
				n++
				r, err := t.GetItem(v, NewInt(n))
				if err != nil && isA(err, IndexError) {
					return nil, nil //nolint:nilnil // the end
				}
				return r, err
			}}, nil
		}
	}
	return nil, Errorf(TypeError, "'%s' object is not iterable", cls.name)
}

// Next returns the next value of an iterator, nil and no error at the end.
func (t *Thread) Next(it Value) (Value, error) {
	switch x := it.(type) {
	case *iterator:
		if x.done {
			return nil, nil //nolint:nilnil // the end
		}
		if t.depth++; t.depth > RecursionLimit { // an iterator of an iterator of ...
			t.depth--
			return nil, Errorf(RecursionError, "maximum recursion depth exceeded")
		}
		v, err := x.next(t)
		t.depth--
		if err == nil && v == nil {
			x.done = true
		}
		return v, err
	case *Generator:
		return x.st.resume(t, x, None, nil)
	}
	m := it.typ().lookup("__next__")
	if m == nil {
		return nil, Errorf(TypeError, "'%s' object is not an iterator", it.typ().name)
	}
	v, err := t.call(m, []Value{it}, nil)
	if err != nil && isA(err, StopIteration) {
		return nil, nil //nolint:nilnil // the end
	}
	return v, err
}

// Each calls f for every item of an iterable until f returns an error.
func (t *Thread) Each(v Value, f func(Value) error) error {
	switch x := unwrapPlainIter(v).(type) {
	case *List:
		for i := 0; i < len(x.items); i++ {
			if err := f(x.items[i]); err != nil {
				return err
			}
		}
		return nil
	case *Tuple:
		for _, v := range x.items {
			if err := f(v); err != nil {
				return err
			}
		}
		return nil
	}
	it, err := t.Iter(v)
	if err != nil {
		return err
	}
	for {
		if err := t.tick(); err != nil {
			return err
		}
		v, err := t.Next(it)
		if err != nil || v == nil {
			return err
		}
		if err := f(v); err != nil {
			return err
		}
	}
}

func unwrapPlainIter(v Value) Value {
	if i, ok := v.(*Instance); ok && i.base != nil {
		if f, ok := i.cls.lookup("__iter__").(*Native); ok && f.owner != nil {
			return i.base
		}
	}
	return v
}

// ToSlice returns all items of an iterable.
func (t *Thread) ToSlice(v Value) ([]Value, error) {
	switch x := unwrapPlainIter(v).(type) {
	case *List:
		return append([]Value(nil), x.items...), t.room(valueSize * len(x.items))
	case *Tuple:
		return append([]Value(nil), x.items...), t.room(valueSize * len(x.items))
	case *Range:
		if x.n > maxAlloc/16 {
			return nil, NewException(MemoryError)
		}
	}
	var out []Value
	err := t.Each(v, func(x Value) error {
		if len(out) == cap(out) {
			if err := t.room(32 * len(out)); err != nil {
				return err
			}
		}
		out = append(out, x)
		return nil
	})
	return out, err
}

const (
	dictKeys = iota
	dictValues
	dictItems
)

// dictView is d.keys(), d.values() or d.items().
type dictView struct {
	d    *Dict
	kind int
}

func (v *dictView) typ() *Type {
	return [...]*Type{dictKeysType, dictValuesType, dictItemsType}[v.kind]
}

func (e *entry) as(kind int) Value {
	switch kind {
	case dictKeys:
		return e.key
	case dictValues:
		return e.val
	}
	return &Tuple{[]Value{e.key, e.val}}
}

func dictIter(d *Dict, kind int) *iterator {
	i, size := 0, d.live
	cls := [...]*Type{dictKeyIterType, dictValueIterType, dictItemIterType}[kind]
	return &iterator{cls: cls, next: func(*Thread) (Value, error) {
		if d.live != size {
			size = -1
			return nil, Errorf(RuntimeError, "dictionary changed size during iteration")
		}
		for i < len(d.entries) {
			e := &d.entries[i]
			i++
			if e.key != nil {
				return e.as(kind), nil
			}
		}
		return nil, nil //nolint:nilnil // the end
	}}
}

func (i *iterator) setNext() func(t *Thread) (Value, error) {
	return func(t *Thread) (Value, error) {
		v, err := i.next(t)
		if err != nil {
			return nil, Errorf(RuntimeError, "Set changed size during iteration")
		}
		return v, nil
	}
}
