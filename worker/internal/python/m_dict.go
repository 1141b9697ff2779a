package python

func selfDict(a []Value) *Dict { return unwrap(a[0]).(*Dict) }

// dictUpdate is d.update(v): a mapping or pairs.
func (t *Thread) dictUpdate(d *Dict, v Value) error {
	if o, ok := unwrap(v).(*Dict); ok {
		for i := 0; i < len(o.entries); i++ {
			e := o.entries[i]
			if e.key == nil {
				continue
			}
			if err := d.Set(t, e.key, e.val); err != nil {
				return err
			}
		}
		return nil
	}
	if v.typ().lookup("keys") != nil {
		keys, err := t.CallMethod(v, "keys")
		if err != nil {
			return err
		}
		return t.Each(keys, func(k Value) error {
			x, err := t.GetItem(v, k)
			if err != nil {
				return err
			}
			return d.Set(t, k, x)
		})
	}
	n := -1
	return t.Each(v, func(p Value) error {
		n++
		items, err := t.ToSlice(p)
		if err != nil {
			if isA(err, TypeError) {
				return Errorf(TypeError, "cannot convert dictionary update sequence element #%d to a sequence", n)
			}
			return err
		}
		if len(items) != 2 {
			return Errorf(ValueError, "dictionary update sequence element #%d has length %d; 2 is required", n, len(items))
		}
		return d.Set(t, items[0], items[1])
	})
}

func dictInit(t *Thread, args Args) (Value, error) {
	d := unwrap(args.Pos[0]).(*Dict)
	if len(args.Pos) > 2 {
		return nil, Errorf(TypeError, "dict expected at most 1 argument, got %d", len(args.Pos)-1)
	}
	if len(args.Pos) > 1 {
		if err := t.dictUpdate(d, args.Pos[1]); err != nil {
			return nil, err
		}
	}
	for i, k := range args.Names {
		d.setStr(k, args.Values[i])
	}
	return None, nil
}

func dictMethods() []*Native {
	view := func(name string, kind int) *Native {
		return Func(name+"(self, /)", func(_ *Thread, a []Value) (Value, error) { return &dictView{selfDict(a), kind}, nil })
	}
	return append([]*Native{
		view("keys", dictKeys), view("values", dictValues), view("items", dictItems),
		Func("get(self, key, default=None, /)", func(t *Thread, a []Value) (Value, error) {
			v, err := selfDict(a).Get(t, a[1])
			if err != nil || v != nil {
				return v, err
			}
			return orNone(a[2]), nil
		}),
		Func("setdefault(self, key, default=None, /)", func(t *Thread, a []Value) (Value, error) {
			d := selfDict(a)
			v, err := d.Get(t, a[1])
			if err != nil || v != nil {
				return v, err
			}
			v = orNone(a[2])
			return v, d.Set(t, a[1], v)
		}),
		Func("pop(self, key, default=None, /)", func(t *Thread, a []Value) (Value, error) {
			v, err := selfDict(a).Delete(t, a[1])
			if err != nil || v != nil {
				return v, err
			}
			if a[2] == nil {
				return nil, NewException(KeyError, a[1])
			}
			return a[2], nil
		}),
		Func("popitem(self, /)", func(_ *Thread, a []Value) (Value, error) {
			d := selfDict(a)
			for i := len(d.entries) - 1; i >= 0; i-- {
				if e := d.entries[i]; e.key != nil {
					d.removeAt(i)
					return NewTuple(e.key, e.val), nil
				}
			}
			return nil, NewException(KeyError, NewStr("popitem(): dictionary is empty"))
		}),
		RawFunc("update", func(t *Thread, args Args) (Value, error) {
			if len(args.Pos) > 2 {
				return nil, Errorf(TypeError, "update expected at most 1 argument, got %d", len(args.Pos)-1)
			}
			return dictInit(t, args)
		}),
		Func("clear(self, /)", func(_ *Thread, a []Value) (Value, error) {
			selfDict(a).Clear()
			return None, nil
		}),
		Func("copy(self, /)", func(_ *Thread, a []Value) (Value, error) { return selfDict(a).Copy(), nil }),
		RawFunc("__init__", dictInit),
		Func("__reversed__(self, /)", func(t *Thread, a []Value) (Value, error) {
			items, err := t.ToSlice(selfDict(a))
			return reverseIter(items), err
		}),
		dictItemMethod(),
	}, commonMethods("iter len contains setitem delitem eq repr")...)
}

// dictItemMethod is dict.__getitem__: of a subclass, it asks __missing__ too.
func dictItemMethod() *Native {
	m := Func("__getitem__(self, key, /)", func(t *Thread, a []Value) (Value, error) { return t.dictItem(selfDict(a), a[0], a[1]) })
	m.whole = true
	return m
}

func reverseIter(items []Value) Value {
	i := len(items)
	return &iterator{cls: reversedType, next: func(*Thread) (Value, error) {
		if i <= 0 {
			return nil, nil //nolint:nilnil // the end
		}
		i--
		return items[i], nil
	}}
}

func selfSet(a []Value) *Set { return unwrap(a[0]).(*Set) }

// toSet makes a set of any iterable.
func (t *Thread) toSet(v Value) (*Set, error) {
	if s, ok := unwrap(v).(*Set); ok {
		return s, nil
	}
	s := NewSet()
	err := t.Each(v, func(x Value) error { return s.Add(t, x) })
	return s, err
}

func setMethods() []*Native {
	combine := func(name, op string) *Native {
		return Func(name+"(self, *others)", func(t *Thread, a []Value) (Value, error) {
			r := &Set{d: *selfSet(a).d.Copy(), frozen: selfSet(a).frozen}
			for _, o := range a[1].(*Tuple).items {
				s, err := t.toSet(o)
				if err != nil {
					return nil, err
				}
				v, err := t.combine(op, r, s)
				if err != nil {
					return nil, err
				}
				r = v.(*Set)
			}
			return r, nil
		})
	}
	test := func(name, op string) *Native {
		return Func(name+"(self, other, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := t.toSet(a[1])
			if err != nil {
				return nil, err
			}
			return t.compareSets(op, selfSet(a), s)
		})
	}
	return append([]*Native{
		combine("union", "|"), combine("intersection", "&"), combine("difference", "-"), combine("symmetric_difference", "^"),
		test("issubset", "<="), test("issuperset", ">="),
		Func("isdisjoint(self, other, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := t.toSet(a[1])
			if err != nil {
				return nil, err
			}
			r, err := t.combine("&", selfSet(a), s)
			return NewBool(err == nil && r.(*Set).Len() == 0), err
		}),
		Func("copy(self, /)", func(_ *Thread, a []Value) (Value, error) {
			return &Set{d: *selfSet(a).d.Copy(), frozen: selfSet(a).frozen}, nil
		}),
	}, commonMethods("iter len contains eq repr")...)
}

func mutableSetMethods() []*Native {
	update := func(name, op string) *Native {
		return Func(name+"(self, *others)", func(t *Thread, a []Value) (Value, error) {
			for _, o := range a[1].(*Tuple).items {
				s, err := t.toSet(o)
				if err != nil {
					return nil, err
				}
				r, err := t.combine(op, selfSet(a), s)
				if err != nil {
					return nil, err
				}
				selfSet(a).d = r.(*Set).d
			}
			return None, nil
		})
	}
	return []*Native{
		Func("add(self, elem, /)", func(t *Thread, a []Value) (Value, error) { return None, selfSet(a).Add(t, a[1]) }),
		Func("discard(self, elem, /)", func(t *Thread, a []Value) (Value, error) {
			_, err := selfSet(a).d.Delete(t, a[1])
			return None, err
		}),
		Func("remove(self, elem, /)", func(t *Thread, a []Value) (Value, error) {
			v, err := selfSet(a).d.Delete(t, a[1])
			if err == nil && v == nil {
				err = NewException(KeyError, a[1])
			}
			return None, err
		}),
		Func("pop(self, /)", func(_ *Thread, a []Value) (Value, error) {
			s := selfSet(a)
			for i, e := range s.d.entries {
				if e.key != nil {
					s.d.removeAt(i)
					return e.key, nil
				}
			}
			return nil, NewException(KeyError, NewStr("pop from an empty set"))
		}),
		Func("clear(self, /)", func(_ *Thread, a []Value) (Value, error) {
			selfSet(a).d.Clear()
			return None, nil
		}),
		update("update", "|"), update("intersection_update", "&"), update("difference_update", "-"), update("symmetric_difference_update", "^"),
		Func("__init__(self, iterable=(), /)", func(t *Thread, a []Value) (Value, error) {
			if a[1] == nil {
				return None, nil
			}
			return None, t.Each(a[1], func(v Value) error { return selfSet(a).Add(t, v) })
		}),
	}
}
