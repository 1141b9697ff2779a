package python

import (
	"bytes"
	"slices"
	"strings"
)

func selfBytes(a []Value) *ByteArray { return unwrap(a[0]).(*ByteArray) }

// byteOf converts what is stored in a bytearray.
func byteOf(t *Thread, v Value) (byte, error) {
	n, err := t.index(v)
	if err != nil {
		return 0, err
	}
	if n < 0 || n > 255 {
		return 0, Errorf(ValueError, "byte must be in range(0, 256)")
	}
	return byte(n), nil
}

func byteArrayMethods() []*Native {
	return append([]*Native{
		Func("append(self, item, /)", func(t *Thread, a []Value) (Value, error) {
			n, err := byteOf(t, a[1])
			if err != nil {
				return nil, err
			}
			b := selfBytes(a)
			b.b = append(b.b, n)
			return None, nil
		}),
		Func("extend(self, iterable_of_ints, /)", func(t *Thread, a []Value) (Value, error) {
			if _, ok := AsStr(a[1]); ok {
				return nil, Errorf(TypeError, "'str' object cannot be interpreted as an integer")
			}
			if isInt(unwrap(a[1])) {
				return nil, Errorf(TypeError, "can't extend bytearray with %s", a[1].typ().name)
			}
			v, err := makeBytes(t, a[1])
			if err != nil {
				return nil, arrayError(err)
			}
			return None, selfBytes(a).extend(t, v)
		}),
		Func("insert(self, index, item, /)", insertByte),
		Func("pop(self, index=-1, /)", popByte),
		Func("remove(self, value, /)", func(t *Thread, a []Value) (Value, error) {
			n, err := byteOf(t, a[1])
			if err != nil {
				return nil, err
			}
			b := selfBytes(a)
			i := bytes.IndexByte(b.b, n)
			if i < 0 {
				return nil, Errorf(ValueError, "value not found in bytearray")
			}
			b.b = append(b.b[:i], b.b[i+1:]...)
			return None, nil
		}),
		Func("reverse(self, /)", func(_ *Thread, a []Value) (Value, error) {
			slices.Reverse(selfBytes(a).b)
			return None, nil
		}),
		Func("copy(self, /)", func(_ *Thread, a []Value) (Value, error) {
			return &ByteArray{bytes.Clone(selfBytes(a).b)}, nil
		}),
		Func("clear(self, /)", func(_ *Thread, a []Value) (Value, error) {
			selfBytes(a).b = nil
			return None, nil
		}),
	}, commonMethods("setitem delitem")...)
}

func insertByte(t *Thread, a []Value) (Value, error) {
	i, err := t.ssize(a[1])
	if err != nil {
		return nil, err
	}
	n, err := byteOf(t, a[2])
	if err != nil {
		return nil, err
	}
	b := selfBytes(a)
	size := int64(len(b.b))
	if i < 0 {
		i = max(i+size, 0)
	}
	i = min(i, size)
	b.b = append(b.b, 0)
	copy(b.b[i+1:], b.b[i:])
	b.b[i] = n
	return None, nil
}

func popByte(t *Thread, a []Value) (Value, error) {
	b := selfBytes(a)
	i, n := int64(len(b.b)-1), int64(len(b.b))
	if n == 0 {
		return nil, Errorf(IndexError, "pop from empty bytearray")
	}
	if a[1] != nil {
		var err error
		if i, err = t.ssize(a[1]); err != nil {
			return nil, err
		}
		if i < 0 {
			i += n
		}
		if i < 0 || i >= n {
			return nil, Errorf(IndexError, "pop index out of range")
		}
	}
	v := b.b[i]
	b.b = append(b.b[:i], b.b[i+1:]...)
	return NewInt(int64(v)), nil
}

// setBytes is b[low:high:step] = x of a bytearray.
func (t *Thread) setBytes(b *ByteArray, s *Slice, x Value) error {
	v, err := makeBytes(t, x)
	if err != nil {
		return err
	}
	start, stop, step, err := t.bounds(s, len(b.b))
	if err != nil {
		return err
	}
	if step == 1 {
		stop = max(start, stop)
		if err := t.room(len(b.b) + len(v)); err != nil {
			return err
		}
		b.b = append(append(bytes.Clone(b.b[:start]), v...), b.b[stop:]...)
		return nil
	}
	at := steps(start, stop, step)
	if len(at) != len(v) {
		return Errorf(ValueError, "attempt to assign bytes of size %d to extended slice of size %d", len(v), len(at))
	}
	for k, i := range at {
		b.b[i] = v[k]
	}
	return nil
}

// steps lists the indexes of a slice.
func steps(start, stop, step int) []int {
	var at []int
	for i := start; (step > 0 && i < stop) || (step < 0 && i > stop); i += step {
		at = append(at, i)
	}
	return at
}

// delBytes is del b[key] of a bytearray.
func (t *Thread) delBytes(b *ByteArray, key Value) error {
	if s, ok := key.(*Slice); ok {
		start, stop, step, err := t.bounds(s, len(b.b))
		if err != nil {
			return err
		}
		drop := map[int]bool{}
		for _, i := range steps(start, stop, step) {
			drop[i] = true
		}
		out := b.b[:0]
		for i, c := range b.b {
			if !drop[i] {
				out = append(out, c)
			}
		}
		b.b = out
		return nil
	}
	_, err := popByte(t, []Value{b, key})
	if err != nil && isA(err, IndexError) {
		return Errorf(IndexError, "bytearray index out of range")
	}
	return err
}

// arrayError words what bytes() refuses as bytearray() does.
func arrayError(err error) error {
	e := AsException(err)
	if len(e.args.items) != 1 {
		return err
	}
	switch text := str0(e.args.items[0]); {
	case text == "bytes must be in range(0, 256)":
		return Errorf(ValueError, "byte must be in range(0, 256)")
	case e.cls == TypeError && strings.HasPrefix(text, "cannot convert '"):
		return Errorf(TypeError, "%s", strings.Replace(text, "to bytes", "to bytearray", 1))
	}
	return err
}
