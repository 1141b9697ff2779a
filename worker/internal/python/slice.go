package python

import (
	"math"
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

func (t *Thread) delSlice(l *List, s *Slice) error {
	start, stop, step, err := t.bounds(s, len(l.items))
	if err != nil {
		return err
	}
	if n := len(l.items); step == 1 && (stop-start)*2 <= n { // most stay: where they are
		l.items = append(l.items[:start], l.items[max(start, stop):]...)
		return nil
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
