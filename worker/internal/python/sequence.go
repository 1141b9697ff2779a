package python

import (
	"math"
	"math/big"
	"strings"
)

func repeated(a Value, n int) Value {
	switch x := a.(type) {
	case *Str:
		return NewStr(strings.Repeat(x.s, n))
	case *Bytes:
		return &Bytes{strings.Repeat(x.s, n)}
	case *ByteArray:
		return &ByteArray{[]byte(strings.Repeat(string(x.b), n))}
	case *Tuple:
		return NewTuple(repeatItems(x.items, n)...)
	case *List:
		return &List{repeatItems(x.items, n)}
	}
	return None
}

func repeatItems(items []Value, n int) []Value {
	out := make([]Value, 0, len(items)*n)
	for range n {
		out = append(out, items...)
	}
	return out
}

// Len is len(v).
func (t *Thread) Len(v Value) (int, error) {
	switch x := v.(type) {
	case *Str:
		return x.length(), nil
	case *List:
		return len(x.items), nil
	case *Tuple:
		return len(x.items), nil
	case *Dict:
		return int(x.live), nil
	case *Set:
		return int(x.d.live), nil
	case *Bytes:
		return len(x.s), nil
	case *ByteArray:
		return len(x.b), nil
	case *Range:
		return int(x.n), nil
	case *dictView:
		return int(x.d.live), nil
	case *Type:
		if x.iterate != nil {
			items, err := t.ToSlice(x)
			return len(items), err
		}
	}
	if m := userMethod(v.typ(), "__len__"); m != nil {
		r, err := t.call(m, []Value{v}, nil)
		if err != nil {
			return 0, err
		}
		n, ok := AsInt(r)
		if !ok {
			return 0, Errorf(TypeError, "'%s' object cannot be interpreted as an integer", r.typ().name)
		}
		if n < 0 {
			return 0, Errorf(ValueError, "__len__() should return >= 0")
		}
		return int(n), nil
	}
	if u := unwrap(v); u != v {
		return t.Len(u)
	}
	return 0, Errorf(TypeError, "object of type '%s' has no len()", v.typ().name)
}

// index converts a value that serves as an index.
func (t *Thread) index(v Value) (int64, error) {
	switch x := unwrap(v).(type) {
	case Int:
		return int64(x), nil
	case Bool:
		i, _ := smallInt(x)
		return i, nil
	case *BigInt:
		if x.v.Sign() < 0 {
			return math.MinInt64, nil
		}
		return math.MaxInt64, nil
	}
	if m := v.typ().lookup("__index__"); m != nil {
		r, err := t.call(m, []Value{v}, nil)
		if err != nil {
			return 0, err
		}
		if isInt(r) {
			return t.index(r)
		}
	}
	return 0, Errorf(TypeError, "'%s' object cannot be interpreted as an integer", v.typ().name)
}

// bounds is slice.indices(n).
func (t *Thread) bounds(s *Slice, n int) (start, stop, step int, err error) {
	get := func(v Value, dflt int) (int, error) {
		if v == None {
			return dflt, nil
		}
		i, err := t.index(v)
		if err != nil {
			return 0, Errorf(TypeError, "slice indices must be integers or None or have an __index__ method")
		}
		if i < 0 {
			if i += int64(n); i < 0 {
				if step < 0 {
					return -1, nil
				}
				return 0, nil
			}
		}
		if i >= int64(n) {
			if step < 0 {
				return n - 1, nil
			}
			return n, nil
		}
		return int(i), nil
	}
	step = 1
	if s.step != None {
		i, err := t.index(s.step)
		if err != nil {
			return 0, 0, 0, Errorf(TypeError, "slice indices must be integers or None or have an __index__ method")
		}
		if i == 0 {
			return 0, 0, 0, Errorf(ValueError, "slice step cannot be zero")
		}
		step = int(max(min(i, math.MaxInt32), -math.MaxInt32))
	}
	first, last := 0, n
	if step < 0 {
		first, last = n-1, -1
	}
	if start, err = get(s.start, first); err != nil {
		return 0, 0, 0, err
	}
	stop, err = get(s.stop, last)
	return start, stop, step, err
}

func sliceItems(items []Value, start, stop, step int) []Value {
	if step == 1 {
		if start >= stop {
			return nil
		}
		return append([]Value(nil), items[start:stop]...)
	}
	var out []Value
	for i := start; (step > 0 && i < stop) || (step < 0 && i > stop); i += step {
		out = append(out, items[i])
	}
	return out
}

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
			return t.call(m, []Value{self, key}, nil)
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
	i, err := t.index(key)
	if err != nil {
		return nil, err
	}
	if i == math.MaxInt64 || i == math.MinInt64 {
		return nil, Errorf(IndexError, "cannot fit 'int' into an index-sized integer")
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

func sliceOf(v Value, start, stop, step int) Value {
	switch x := v.(type) {
	case *List:
		return &List{sliceItems(x.items, start, stop, step)}
	case *Tuple:
		return NewTuple(sliceItems(x.items, start, stop, step)...)
	case *Range:
		n := int64(0)
		if step > 0 && stop > start {
			n = int64((stop - start + step - 1) / step)
		} else if step < 0 && stop < start {
			n = int64((start - stop - step - 1) / -step)
		}
		return &Range{x.start + int64(start)*x.step, x.start + int64(stop)*x.step, x.step * int64(step), n}
	case *Str:
		if step == 1 {
			return x.sub(start, stop)
		}
		rs := runesOf(x.s)
		var out []rune
		for i := start; (step > 0 && i < stop) || (step < 0 && i > stop); i += step {
			out = append(out, rs[i])
		}
		return fromRunes(out)
	}
	b, _ := AsBytes(v)
	var out []byte
	for i := start; (step > 0 && i < stop) || (step < 0 && i > stop); i += step {
		out = append(out, b[i])
	}
	if _, ok := v.(*ByteArray); ok {
		return &ByteArray{out}
	}
	return &Bytes{string(out)}
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
		i, err := t.index(key)
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
	i, err := t.index(key)
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

func (t *Thread) setSlice(l *List, s *Slice, x Value) error {
	vals, err := t.ToSlice(x)
	if err != nil {
		if isA(err, TypeError) {
			return Errorf(TypeError, "can only assign an iterable")
		}
		return err
	}
	start, stop, step, err := t.bounds(s, len(l.items))
	if err != nil {
		return err
	}
	if step == 1 {
		stop = max(start, stop)
		if err := t.room(valueSize * (len(l.items) + len(vals))); err != nil {
			return err
		}
		l.items = append(append(append([]Value(nil), l.items[:start]...), vals...), l.items[stop:]...)
		return nil
	}
	at := steps(start, stop, step)
	if len(at) != len(vals) {
		return Errorf(ValueError, "attempt to assign sequence of size %d to extended slice of size %d", len(vals), len(at))
	}
	for k, i := range at {
		l.items[i] = vals[k]
	}
	return nil
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

func (t *Thread) delSlice(l *List, s *Slice) error {
	start, stop, step, err := t.bounds(s, len(l.items))
	if err != nil {
		return err
	}
	drop := map[int]bool{}
	for _, i := range steps(start, stop, step) {
		drop[i] = true
	}
	var out []Value
	for i, v := range l.items {
		if !drop[i] {
			out = append(out, v)
		}
	}
	l.items = out
	return nil
}

// Contains is x in v.
func (t *Thread) Contains(v, x Value) (bool, error) {
	switch o := v.(type) {
	case *Dict:
		r, err := o.Get(t, x)
		return r != nil, err
	case *Str:
		s, ok := AsStr(x)
		if !ok {
			return false, Errorf(TypeError, "'in <string>' requires string as left operand, not %s", x.typ().name)
		}
		return strings.Contains(o.s, s), nil
	case *Set:
		return o.Has(t, x)
	case *dictView:
		if o.kind == dictKeys {
			r, err := o.d.Get(t, x)
			return r != nil, err
		}
	case *Bytes, *ByteArray:
		return bytesContain(v, x)
	case *Range:
		if i, ok := smallInt(x); ok && o.step != 0 {
			k := i - o.start
			return k%o.step == 0 && k/o.step >= 0 && k/o.step < o.n, nil
		}
	}
	if m := userMethod(v.typ(), "__contains__"); m != nil {
		r, err := t.call(m, []Value{v, x}, nil)
		if err != nil {
			return false, err
		}
		return t.Truth(r)
	}
	if i, ok := v.(*Instance); ok && i.base != nil && i.cls.lookup("__iter__") == i.base.typ().lookup("__iter__") {
		return t.Contains(i.base, x)
	}
	found := false
	err := t.Each(v, func(y Value) error {
		eq, err := sameOrEqual(t, y, x)
		if err == nil && eq {
			found = true
			return errStop
		}
		return err
	})
	if found {
		return true, nil
	}
	if err != nil && isA(err, TypeError) && v.typ().lookup("__iter__") == nil {
		if _, ok := v.(*Type); !ok {
			return false, Errorf(TypeError, "argument of type '%s' is not iterable", v.typ().name)
		}
	}
	return false, err
}

// errStop leaves Each early.
var errStop error = &Exception{}

func bytesContain(v, x Value) (bool, error) {
	b, _ := AsBytes(v)
	if i, ok := AsInt(x); ok {
		if i < 0 || i > 255 {
			return false, Errorf(ValueError, "byte must be in range(0, 256)")
		}
		return strings.IndexByte(b, byte(i)) >= 0, nil
	}
	s, ok := AsBytes(x)
	if !ok {
		return false, Errorf(TypeError, "a bytes-like object is required, not '%s'", x.typ().name)
	}
	return strings.Contains(b, s), nil
}

// Truth is bool(v).
func (t *Thread) Truth(v Value) (bool, error) {
	switch x := v.(type) {
	case Bool:
		return bool(x), nil
	case *singleton:
		return x != None, nil
	case Int:
		return x != 0, nil
	case *Str:
		return x.s != "", nil
	case *Dict:
		return x.live > 0, nil
	case *List:
		return len(x.items) > 0, nil
	case Float:
		return x != 0, nil
	case *Tuple:
		return len(x.items) > 0, nil
	case *Instance:
		return t.instanceTruth(x)
	case *Set, *Bytes, *ByteArray, *Range, *dictView:
		n, err := t.Len(v)
		return n > 0, err
	}
	return true, nil
}

func (t *Thread) instanceTruth(x *Instance) (bool, error) {
	f := x.cls.fact()
	if m := f.boolFn; m != nil {
		if n, ok := m.(*Native); !ok || n.owner == nil {
			r, err := t.call(m, []Value{x}, nil)
			if err != nil {
				return false, err
			}
			b, ok := r.(Bool)
			if !ok {
				return false, Errorf(TypeError, "__bool__ should return bool, returned %s", r.typ().name)
			}
			return bool(b), nil
		}
	}
	if f.lenFn != nil {
		n, err := t.Len(x)
		return n > 0, err
	}
	if x.base != nil {
		return t.Truth(x.base)
	}
	return true, nil
}

// Unary is -v, +v or ~v.
func (t *Thread) unary(op string, v Value) (Value, error) {
	u := v
	if m := userMethod(v.typ(), map[string]string{"-": "__neg__", "+": "__pos__", "~": "__invert__"}[op]); m != nil {
		return t.call(m, []Value{v}, nil)
	}
	u = unwrap(u)
	if f, ok := u.(Float); ok && op != "~" {
		if op == "-" {
			return -f, nil
		}
		return f, nil
	}
	b, ok := AsBig(u)
	if !ok {
		return nil, Errorf(TypeError, "bad operand type for unary %s: '%s'", op, v.typ().name)
	}
	switch op {
	case "-":
		return NewBig(new(big.Int).Neg(b)), nil
	case "~":
		return NewBig(new(big.Int).Not(b)), nil
	}
	return NewBig(b), nil
}
