package python

import (
	"strings"
)

// GetItem is v[key].
func (t *Thread) GetItem(v, key Value) (Value, error) {
	switch x := v.(type) {
	case *Dict:
		return t.dictItem(x, v, key)
	case *List:
		if i, ok := key.(Int); ok {
			n := int(i)
			if n < 0 {
				n += len(x.items)
			}
			if uint(n) < uint(len(x.items)) {
				return x.items[n], nil
			}
			return nil, Errorf(IndexError, "list index out of range")
		}
		return t.seqItem(v, key, len(x.items))
	case *Tuple:
		return t.seqItem(v, key, len(x.items))
	case *Str:
		return t.seqItem(v, key, x.length())
	case *Bytes:
		return t.seqItem(v, key, len(x.s))
	case *ByteArray:
		return t.seqItem(v, key, len(x.b))
	case *Range:
		return t.seqItem(v, key, int(x.n))
	case *Type:
		return t.typeItem(x, key)
	}
	if m := userMethod(v.typ(), "__getitem__"); m != nil {
		b, err := t.bind(m, v, v.typ())
		if err != nil {
			return nil, err
		}
		return t.call(b, []Value{key}, nil)
	}
	if i, ok := v.(*Instance); ok && i.base != nil {
		if d, ok := i.base.(*Dict); ok {
			return t.dictItem(d, v, key)
		}
		return t.GetItem(i.base, key)
	}
	return nil, Errorf(TypeError, "'%s' object is not subscriptable", v.typ().name)
}

func (t *Thread) dictItem(d *Dict, self, key Value) (Value, error) {
	r, err := d.Get(t, key)
	if r != nil || err != nil {
		return r, err
	}
	if self != Value(d) {
		if m := self.typ().lookup("__missing__"); m != nil {
			b, err := t.bind(m, self, self.typ())
			if err != nil {
				return nil, err
			}
			return t.call(b, []Value{key}, nil)
		}
	}
	return nil, NewException(KeyError, key)
}

func (t *Thread) typeItem(x *Type, key Value) (Value, error) {
	if x.subscript != nil {
		return x.subscript(t, x, key)
	}
	if m := x.lookup("__class_getitem__"); m != nil {
		b, err := t.bind(m, nil, x)
		if err != nil {
			return nil, err
		}
		if _, ok := b.(*BoundMethod); !ok {
			b = &BoundMethod{b, x}
		}
		return t.call(b, []Value{key}, nil)
	}
	if x.meta != nil {
		if m := userMethod(x.meta, "__getitem__"); m != nil {
			return t.call(m, []Value{x, key}, nil)
		}
	}
	switch x {
	case listType, dictType, setType, tupleType, frozenSetType, typeType:
		return x, nil // list[int]: an annotation
	}
	return nil, Errorf(TypeError, "type '%s' is not subscriptable", x.name)
}

func (t *Thread) seqItem(v, key Value, n int) (Value, error) {
	if s, ok := key.(*Slice); ok {
		start, stop, step, err := t.bounds(s, n)
		if err != nil {
			return nil, err
		}
		return sliceOf(v, start, stop, step), nil
	}
	if !isInt(unwrap(key)) && key.typ().lookup("__index__") == nil {
		what := map[*Type]string{strType: "string", bytesType: "byte"}[v.typ()]
		if what == "" {
			what = v.typ().name
		}
		if v.typ() == strType {
			return nil, Errorf(TypeError, "string indices must be integers, not '%s'", key.typ().name)
		}
		return nil, Errorf(TypeError, "%s indices must be integers or slices, not %s", what, key.typ().name)
	}
	i, err := t.place(key)
	if r, ok := v.(*Range); err != nil && ok && isA(err, IndexError) {
		return nil, Errorf(IndexError, "%s object index out of range", r.typ().name)
	}
	if err != nil {
		return nil, err
	}
	if i < 0 {
		i += int64(n)
	}
	if i < 0 || i >= int64(n) {
		what := map[*Type]string{strType: "string", bytesType: "index", rangeType: "range object"}[v.typ()]
		if what == "" {
			what = v.typ().name
		}
		if what == "index" || what == "bytearray" {
			what = strings.TrimPrefix(what+" index", "index ")
			return nil, Errorf(IndexError, "%s out of range", what)
		}
		return nil, Errorf(IndexError, "%s index out of range", what)
	}
	return itemAt(v, int(i)), nil
}

func itemAt(v Value, i int) Value {
	switch x := v.(type) {
	case *Str:
		if x.ascii() {
			return &Str{s: x.s[i : i+1], n: 1}
		}
		return x.sub(i, i+1)
	case *List:
		return x.items[i]
	case *Tuple:
		return x.items[i]
	case *Bytes:
		return NewInt(int64(x.s[i]))
	case *ByteArray:
		return NewInt(int64(x.b[i]))
	case *Range:
		return NewInt(x.start + int64(i)*x.step)
	}
	return None
}

// SetItem is v[key] = x.
func (t *Thread) SetItem(v, key, x Value) error {
	switch o := v.(type) {
	case *Dict:
		return o.Set(t, key, x)
	case *List:
		if s, ok := key.(*Slice); ok {
			return t.setSlice(o, s, x)
		}
		i, err := t.listIndex(o, key, "assignment index")
		if err != nil {
			return err
		}
		o.items[i] = x
		return nil
	case *ByteArray:
		if s, ok := key.(*Slice); ok {
			return t.setBytes(o, s, x)
		}
		i, err := t.place(key)
		if err != nil {
			return err
		}
		b, ok := AsInt(x)
		if i < 0 {
			i += int64(len(o.b))
		}
		if i < 0 || i >= int64(len(o.b)) {
			return Errorf(IndexError, "bytearray index out of range")
		}
		if !ok || b < 0 || b > 255 {
			return Errorf(ValueError, "byte must be in range(0, 256)")
		}
		o.b[i] = byte(b)
		return nil
	}
	if m := userMethod(v.typ(), "__setitem__"); m != nil {
		_, err := t.call(m, []Value{v, key, x}, nil)
		return err
	}
	if i, ok := v.(*Instance); ok && i.base != nil {
		return t.SetItem(i.base, key, x)
	}
	return Errorf(TypeError, "'%s' object does not support item assignment", v.typ().name)
}

func (t *Thread) listIndex(l *List, key Value, what string) (int, error) {
	if !isInt(unwrap(key)) && key.typ().lookup("__index__") == nil {
		return 0, Errorf(TypeError, "list indices must be integers or slices, not %s", key.typ().name)
	}
	i, err := t.place(key)
	if err != nil {
		return 0, err
	}
	if i < 0 {
		i += int64(len(l.items))
	}
	if i < 0 || i >= int64(len(l.items)) {
		return 0, Errorf(IndexError, "list %s out of range", what)
	}
	return int(i), nil
}

// DelItem is del v[key].
func (t *Thread) DelItem(v, key Value) error {
	switch o := v.(type) {
	case *Dict:
		r, err := o.Delete(t, key)
		if err == nil && r == nil {
			return NewException(KeyError, key)
		}
		return err
	case *List:
		if s, ok := key.(*Slice); ok {
			return t.delSlice(o, s)
		}
		i, err := t.listIndex(o, key, "assignment index")
		if err != nil {
			return err
		}
		o.items = append(o.items[:i], o.items[i+1:]...)
		return nil
	case *ByteArray:
		return t.delBytes(o, key)
	}
	if m := userMethod(v.typ(), "__delitem__"); m != nil {
		_, err := t.call(m, []Value{v, key}, nil)
		return err
	}
	if i, ok := v.(*Instance); ok && i.base != nil {
		return t.DelItem(i.base, key)
	}
	return Errorf(TypeError, "'%s' object doesn't support item deletion", v.typ().name)
}
