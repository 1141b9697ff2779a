package python

import "fmt"

// memoryViewType is memoryview: a view of bytes that nobody changes.
var memoryViewType = builtin("memoryview", objectType)

func isView(v Value) bool {
	i, ok := v.(*Instance)
	return ok && i.cls == memoryViewType
}

func fillMemoryView() {
	memoryViewType.construct = func(_ *Thread, cls *Type, args Args) (Value, error) {
		if len(args.Pos) > 1 {
			return nil, Errorf(TypeError, "memoryview() takes at most 1 argument (%d given)", len(args.Pos))
		}
		if len(args.Pos) != 1 {
			return nil, Errorf(TypeError, "memoryview() missing required argument 'object' (pos 1)")
		}
		b, ok := AsBytes(args.Pos[0])
		if !ok {
			return nil, Errorf(TypeError, "memoryview: a bytes-like object is required, not '%s'", args.Pos[0].typ().name)
		}
		return &Instance{cls: cls, base: &Bytes{b}}, nil
	}
	bytesOf := func(name string) *Native {
		return Func(name+"(self, order=None)", func(_ *Thread, a []Value) (Value, error) { return unwrap(a[0]), nil })
	}
	methods := []*Native{
		bytesOf("tobytes"),
		Func("tolist(self, /)", func(t *Thread, a []Value) (Value, error) {
			items, err := t.ToSlice(unwrap(a[0]))
			return NewList(items...), err
		}),
		Func("hex(self, sep=None, bytes_per_sep=1)", func(t *Thread, a []Value) (Value, error) {
			b, _ := AsBytes(a[0])
			return t.hexOf(b, a[1], a[2])
		}),
		Func("__getitem__(self, key, /)", func(t *Thread, a []Value) (Value, error) {
			if _, ok := a[1].(*Slice); !ok {
				return viewItem(t, a[0], a[1])
			}
			v, err := t.GetItem(unwrap(a[0]), a[1])
			if b, ok := v.(*Bytes); ok {
				return &Instance{cls: memoryViewType, base: b}, err
			}
			return v, err
		}),
		Func("__delitem__(self, key, /)", readOnly), Func("__setitem__(self, key, value, /)", readOnly),
		Func("release(self, /)", func(*Thread, []Value) (Value, error) { return None, nil }),
		Func("__enter__(self, /)", func(_ *Thread, a []Value) (Value, error) { return a[0], nil }),
		Func("__exit__(self, *exc)", func(*Thread, []Value) (Value, error) { return None, nil }),
		Func("__repr__(self, /)", func(_ *Thread, a []Value) (Value, error) {
			return NewStr(fmt.Sprintf("<memory at %#012x>", idOf(a[0]))), nil
		}),
	}
	for _, m := range methods {
		memoryViewType.dict.SetStr(m.name, m)
	}
	for _, m := range commonMethods("iter len contains eq hash") {
		m.owner = bytesType
		memoryViewType.dict.SetStr(m.name, m)
	}
	size := func(t *Thread, self Value) (Value, error) {
		n, err := t.Len(unwrap(self))
		return NewInt(int64(n)), err
	}
	memoryViewType.dict.SetStr("nbytes", Property(size))
	for name, v := range map[string]Value{"format": NewStr("B"), "itemsize": NewInt(1), "ndim": NewInt(1)} {
		memoryViewType.dict.SetStr(name, Property(func(*Thread, Value) (Value, error) { return v, nil }))
	}
}

// viewItem is one byte of a view.
func viewItem(t *Thread, view, key Value) (Value, error) {
	if at, ok := key.(*Tuple); ok && len(at.items) == 1 {
		key = at.items[0]
	} else if ok && len(at.items) > 1 {
		return nil, Errorf(TypeError, "cannot index 1-dimension view with %d-element tuple", len(at.items))
	}
	if !isInt(unwrap(key)) && !indexes(key) {
		return nil, Errorf(TypeError, "memoryview: invalid slice key")
	}
	b, _ := AsBytes(view)
	i, err := t.place(key)
	if err != nil {
		return nil, err
	}
	if i < 0 {
		i += int64(len(b))
	}
	if i < 0 || i >= int64(len(b)) {
		return nil, Errorf(IndexError, "index out of bounds on dimension 1")
	}
	return NewInt(int64(b[i])), nil
}

func readOnly(*Thread, []Value) (Value, error) {
	return nil, Errorf(TypeError, "cannot modify read-only memory")
}
