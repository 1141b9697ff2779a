package python

import (
	"math/big"
	"strings"
)

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
	if wraps(v) {
		return t.Len(unwrap(v))
	}
	return 0, Errorf(TypeError, "object of type '%s' has no len()", v.typ().name)
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
		return t.bytesContain(v, x)
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
		return false, Errorf(TypeError, "argument of type '%s' is not iterable", v.typ().name)
	}
	return false, err
}

// errStop leaves Each early.
var errStop error = &Exception{}

// bytesContain takes whatever serves as an index for a byte, however large (Objects/bytes_methods.c, _Py_bytes_contains).
func (t *Thread) bytesContain(v, x Value) (bool, error) {
	b, _ := AsBytes(v)
	if s, ok := AsBytes(x); ok {
		return strings.Contains(b, s), nil
	}
	i, err := t.index(x)
	if err != nil {
		return false, Errorf(TypeError, "a bytes-like object is required, not '%s'", x.typ().name)
	}
	if i < 0 || i > 255 {
		return false, Errorf(ValueError, "byte must be in range(0, 256)")
	}
	return strings.IndexByte(b, byte(i)) >= 0, nil
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
		return t.objectTruth(x, x.cls)
	case *Exception:
		return t.objectTruth(x, x.cls)
	case *Set, *Bytes, *ByteArray, *Range, *dictView:
		n, err := t.Len(v)
		return n > 0, err
	}
	return true, nil
}

// objectTruth is what an object's class says.
func (t *Thread) objectTruth(x Value, cls *Type) (bool, error) {
	f := cls.fact()
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
	if wraps(x) {
		return t.Truth(unwrap(x))
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
