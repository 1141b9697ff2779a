package python

import "sort"

func selfList(a []Value) *List { return unwrap(a[0]).(*List) }

func listMethods() []*Native { //nolint:funlen // a table of short functions
	return append([]*Native{
		Func("append(self, object, /)", func(t *Thread, a []Value) (Value, error) {
			l := selfList(a)
			if n := len(l.items); n == cap(l.items) {
				if err := t.room(valueSize * n); err != nil {
					return nil, err
				}
			}
			l.items = append(l.items, a[1])
			return None, nil
		}),
		Func("extend(self, iterable, /)", func(t *Thread, a []Value) (Value, error) {
			items, err := t.ToSlice(a[1])
			if err != nil {
				return nil, err
			}
			return None, selfList(a).extend(t, items)
		}),
		Func("insert(self, index, object, /)", func(t *Thread, a []Value) (Value, error) {
			l := selfList(a)
			i, err := t.ssize(a[1])
			if err != nil {
				return nil, err
			}
			n := int64(len(l.items))
			if i < 0 {
				i = max(i+n, 0)
			}
			i = min(i, n)
			l.items = append(l.items, nil)
			copy(l.items[i+1:], l.items[i:])
			l.items[i] = a[2]
			return None, nil
		}),
		Func("pop(self, index=-1, /)", func(t *Thread, a []Value) (Value, error) { return selfList(a).pop(t, a[1]) }),
		Func("remove(self, value, /)", func(t *Thread, a []Value) (Value, error) {
			l := selfList(a)
			i, err := t.search(l.items, a[1])
			if err != nil {
				return nil, err
			}
			if i < 0 {
				return nil, Errorf(ValueError, "list.remove(x): x not in list")
			}
			l.items = append(l.items[:i], l.items[i+1:]...)
			return None, nil
		}),
		Func("clear(self, /)", func(_ *Thread, a []Value) (Value, error) {
			selfList(a).items = nil
			return None, nil
		}),
		Func("copy(self, /)", func(_ *Thread, a []Value) (Value, error) {
			return &List{append([]Value(nil), selfList(a).items...)}, nil
		}),
		Func("reverse(self, /)", func(_ *Thread, a []Value) (Value, error) {
			s := selfList(a).items
			for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
				s[i], s[j] = s[j], s[i]
			}
			return None, nil
		}),
		Func("sort(self, /, *, key=None, reverse=False)", func(t *Thread, a []Value) (Value, error) {
			l := selfList(a)
			items, err := t.sorted(append([]Value(nil), l.items...), a[1], a[2])
			if err == nil {
				l.items = items
			}
			return None, err
		}),
		countMethod(), indexMethod("list"),
		Func("__init__(self, iterable=(), /)", func(t *Thread, a []Value) (Value, error) {
			if a[1] == nil {
				return None, nil
			}
			items, err := t.ToSlice(a[1])
			selfList(a).items = items
			return None, err
		}),
	}, commonMethods("iter len contains getitem setitem delitem eq lt add mul repr")...)
}

func (l *List) pop(t *Thread, at Value) (Value, error) {
	n := len(l.items)
	if n == 0 {
		return nil, Errorf(IndexError, "pop from empty list")
	}
	i := n - 1
	if at != nil {
		k, err := t.ssize(at)
		if err != nil {
			return nil, err
		}
		if k < 0 {
			k += int64(n)
		}
		if k < 0 || k >= int64(n) {
			return nil, Errorf(IndexError, "pop index out of range")
		}
		i = int(k)
	}
	v := l.items[i]
	copy(l.items[i:], l.items[i+1:])
	l.items[n-1] = nil
	l.items = l.items[:n-1]
	return v, nil
}

func seqItems(v Value) []Value {
	switch x := unwrap(v).(type) {
	case *List:
		return x.items
	case *Tuple:
		return x.items
	}
	return nil
}

func (t *Thread) search(items []Value, v Value) (int, error) {
	for i := 0; i < len(items); i++ {
		ok, err := sameOrEqual(t, items[i], v)
		if err != nil {
			return -1, err
		}
		if ok {
			return i, nil
		}
	}
	return -1, nil
}

func countMethod() *Native {
	return Func("count(self, value, /)", func(t *Thread, a []Value) (Value, error) {
		n := int64(0)
		for _, x := range seqItems(a[0]) {
			ok, err := sameOrEqual(t, x, a[1])
			if err != nil {
				return nil, err
			}
			if ok {
				n++
			}
		}
		return NewInt(n), nil
	})
}

func indexMethod(kind string) *Native {
	return Func("index(self, value, start=0, stop=None, /)", func(t *Thread, a []Value) (Value, error) {
		items := seqItems(a[0])
		s := &Slice{orNone(a[2]), orNone(a[3]), None}
		for _, bound := range a[2:] {
			if bound != nil && !isInt(unwrap(bound)) && !indexes(bound) {
				return nil, Errorf(TypeError, "slice indices must be integers or have an __index__ method")
			}
		}
		lo, hi, _, err := t.bounds(s, len(items))
		if err != nil {
			return nil, err
		}
		if lo < hi {
			i, err := t.search(items[lo:hi], a[1])
			if err != nil {
				return nil, err
			}
			if i >= 0 {
				return NewInt(int64(lo + i)), nil
			}
		}
		if kind == "tuple" {
			return nil, Errorf(ValueError, "tuple.index(x): x not in tuple")
		}
		r, err := t.Repr(a[1])
		if err != nil {
			return nil, err
		}
		return nil, Errorf(ValueError, "%s is not in list", r)
	})
}

func tupleMethods() []*Native {
	return append([]*Native{countMethod(), indexMethod("tuple")}, commonMethods("iter len contains getitem eq lt add mul hash repr")...)
}

// sorted sorts items in place, stably; reverse keeps the order of equal ones.
func (t *Thread) sorted(items []Value, key, reverse Value) ([]Value, error) {
	rev := false
	if reverse != nil {
		var err error
		if rev, err = t.Truth(reverse); err != nil {
			return nil, err
		}
	}
	keys := items
	if key != nil && key != None {
		keys = make([]Value, len(items))
		for i, v := range items {
			k, err := t.call(key, []Value{v}, nil)
			if err != nil {
				return nil, err
			}
			keys[i] = k
		}
	}
	idx := make([]int, len(items))
	for i := range idx {
		idx[i] = i
	}
	var failed error
	sort.SliceStable(idx, func(i, j int) bool {
		if failed != nil {
			return false
		}
		a, b := keys[idx[i]], keys[idx[j]]
		if rev {
			a, b = b, a
		}
		r, err := t.compare("<", a, b)
		if err == nil {
			var ok bool
			if ok, err = t.Truth(r); err == nil {
				return ok
			}
		}
		failed = err
		return false
	})
	if failed != nil {
		return nil, failed
	}
	out := make([]Value, len(items))
	for i, k := range idx {
		out[i] = items[k]
	}
	return out, nil
}
