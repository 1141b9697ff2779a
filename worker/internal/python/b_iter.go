package python

import (
	"fmt"
)

func iterBuiltins() []*Native { //nolint:funlen,gocognit // a table of short functions
	minmax := func(name, op string) *Native {
		return RawFunc(name, func(t *Thread, args Args) (Value, error) { return t.minMax(name, op, args) })
	}
	quant := func(name string, stop bool) *Native {
		return Func(name+"(iterable, /)", func(t *Thread, a []Value) (Value, error) {
			r := !stop
			err := t.Each(a[0], func(v Value) error {
				ok, err := t.Truth(v)
				if err == nil && ok == stop {
					r, err = stop, errStop
				}
				return err
			})
			if err == errStop { //nolint:errorlint // a mark, never wrapped
				err = nil
			}
			return NewBool(r), err
		})
	}
	return []*Native{
		minmax("min", "<"), minmax("max", ">"), quant("any", true), quant("all", false),
		Func("iter(object, sentinel=None, /)", func(t *Thread, a []Value) (Value, error) {
			if a[1] == nil {
				return t.Iter(a[0])
			}
			fn, last := a[0], a[1] // a is only valid during the call
			return NewIterator("callable_iterator", func(t *Thread) (Value, error) {
				v, err := t.call(fn, nil, nil)
				if err != nil {
					return nil, err
				}
				if eq, err := t.Equal(v, last); eq || err != nil {
					return nil, err
				}
				return v, nil
			}), nil
		}),
		Func("next(iterator, default=None, /)", func(t *Thread, a []Value) (Value, error) {
			switch a[0].(type) {
			case *iterator, *Generator:
			default:
				if a[0].typ().lookup("__next__") == nil {
					return nil, Errorf(TypeError, "'%s' object is not an iterator", a[0].typ().name)
				}
			}
			v, err := t.Next(a[0])
			if err != nil || v != nil {
				return v, err
			}
			if a[1] != nil {
				return a[1], nil
			}
			e := NewException(StopIteration)
			if g, ok := a[0].(*Generator); ok && g.st.result != nil && g.st.result != None {
				e.args = NewTuple(g.st.result)
				g.st.result = nil
			}
			return nil, e
		}),
		Func("sorted(iterable, /, *, key=None, reverse=False)", func(t *Thread, a []Value) (Value, error) {
			items, err := t.ToSlice(a[0])
			if err != nil {
				return nil, err
			}
			items, err = t.sorted(items, a[1], a[2])
			return &List{items}, err
		}),
		Func("sum(iterable, /, start=0)", func(t *Thread, a []Value) (Value, error) {
			acc := a[1]
			if acc == nil {
				acc = NewInt(0)
			}
			if _, ok := acc.(*Str); ok {
				return nil, Errorf(TypeError, "sum() can't sum strings [use ''.join(seq) instead]")
			}
			err := t.Each(a[0], func(v Value) error {
				r, err := t.binaryOp("+", acc, v)
				acc = r
				return err
			})
			return acc, err
		}),
	}
}

func (t *Thread) minMax(name, op string, args Args) (Value, error) { //nolint:gocognit // one case a kind of value
	items := args.Pos
	key, dflt := args.Kw("key"), args.Kw("default")
	switch len(items) {
	case 0:
		return nil, Errorf(TypeError, "%s expected at least 1 argument, got 0", name)
	case 1:
		var err error
		if items, err = t.ToSlice(items[0]); err != nil {
			return nil, err
		}
	}
	var best, bestKey Value
	for _, v := range items {
		k := v
		if key != nil && key != None {
			var err error
			if k, err = t.call(key, []Value{v}, nil); err != nil {
				return nil, err
			}
		}
		if best != nil {
			r, err := t.compare(op, k, bestKey)
			if err != nil {
				return nil, err
			}
			if ok, err := t.Truth(r); err != nil || !ok {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		best, bestKey = v, k
	}
	if best == nil {
		if dflt != nil {
			return dflt, nil
		}
		return nil, Errorf(ValueError, "%s() arg is an empty sequence", name)
	}
	return best, nil
}

// fillIterators makes the classes that are iterators: enumerate, zip, map, filter, reversed.
func fillIterators() { //nolint:funlen,gocognit // a table of short functions
	enumerateType.construct = func(t *Thread, _ *Type, args Args) (Value, error) {
		start := args.Kw("start")
		if len(args.Pos) > 1 {
			start = args.Pos[1]
		}
		if len(args.Pos) == 0 {
			return nil, Errorf(TypeError, "enumerate() missing required argument 'iterable'")
		}
		n := int64(0)
		var err error
		if start != nil {
			if n, err = t.index(start); err != nil {
				return nil, err
			}
		}
		it, err := t.Iter(args.Pos[0])
		return &iterator{cls: enumerateType, next: func(t *Thread) (Value, error) {
			v, err := t.Next(it)
			if v == nil || err != nil {
				return nil, err
			}
			n++
			return &Tuple{[]Value{NewInt(n - 1), v}}, nil
		}}, err
	}
	zipType.construct = newZip
	mapType.construct = func(t *Thread, _ *Type, args Args) (Value, error) {
		if len(args.Pos) < 2 {
			return nil, Errorf(TypeError, "map() must have at least two arguments.")
		}
		fn := args.Pos[0]
		row, err := t.rows(args.Pos[1:])
		return &iterator{cls: mapType, next: func(t *Thread) (Value, error) {
			vs, err := row(t)
			if vs == nil || err != nil {
				return nil, err
			}
			return t.call(fn, vs, nil)
		}}, err
	}
	filterType.construct = func(t *Thread, _ *Type, args Args) (Value, error) {
		if len(args.Pos) != 2 {
			return nil, Errorf(TypeError, "filter expected 2 arguments, got %d", len(args.Pos))
		}
		fn := args.Pos[0]
		it, err := t.Iter(args.Pos[1])
		return &iterator{cls: filterType, next: func(t *Thread) (Value, error) { return t.filterNext(fn, it) }}, err
	}
	reversedType.construct = func(t *Thread, _ *Type, args Args) (Value, error) {
		if len(args.Pos) != 1 {
			return nil, Errorf(TypeError, "reversed expected 1 argument, got %d", len(args.Pos))
		}
		v := args.Pos[0]
		if m := userMethod(v.typ(), "__reversed__"); m != nil {
			return t.call(m, []Value{v}, nil)
		}
		if _, ok := v.(*Set); ok || v.typ().lookup("__iter__") == nil && v.typ().lookup("__getitem__") == nil {
			return nil, Errorf(TypeError, "'%s' object is not reversible", v.typ().name)
		}
		if item := userMethod(v.typ(), "__getitem__"); item != nil {
			return t.reversedItems(v, item)
		}
		items, err := t.ToSlice(v)
		return reverseIter(items), err
	}
}

// reversedItems is reversed of an object that has __getitem__ in Python.
func (t *Thread) reversedItems(v, item Value) (Value, error) {
	i, err := t.Len(v)
	return &iterator{cls: reversedType, next: func(t *Thread) (Value, error) {
		if i--; i < 0 {
			return nil, nil //nolint:nilnil // the end
		}
		x, err := t.call(item, []Value{v, NewInt(int64(i))}, nil)
		if err == nil {
			return x, nil
		}
		i = 0
		if e := AsException(err); !e.IsA(IndexError) && !e.IsA(StopIteration) {
			return nil, err
		}
		return nil, nil //nolint:nilnil // the end
	}}, err
}

func (t *Thread) filterNext(fn, it Value) (Value, error) {
	for {
		if err := t.tick(); err != nil {
			return nil, err
		}
		v, err := t.Next(it)
		if v == nil || err != nil {
			return nil, err
		}
		r := v
		if fn != None {
			if r, err = t.call(fn, []Value{v}, nil); err != nil {
				return nil, err
			}
		}
		if ok, err := t.Truth(r); ok || err != nil {
			return v, err
		}
	}
}

// rows advances several iterators at once; it returns nil at the end of the shortest.
func (t *Thread) rows(srcs []Value) (func(t *Thread) ([]Value, error), error) {
	its := make([]Value, len(srcs))
	for i, s := range srcs {
		it, err := t.Iter(s)
		if err != nil {
			return nil, err
		}
		its[i] = it
	}
	return func(t *Thread) ([]Value, error) {
		out := make([]Value, len(its))
		for i, it := range its {
			v, err := t.Next(it)
			if v == nil || err != nil {
				return nil, err
			}
			out[i] = v
		}
		return out, nil
	}, nil
}

func newZip(t *Thread, _ *Type, args Args) (Value, error) {
	strict := args.Kw("strict") == True
	its := make([]Value, len(args.Pos))
	for i, s := range args.Pos {
		it, err := t.Iter(s)
		if err != nil {
			return nil, err
		}
		its[i] = it
	}
	return &iterator{cls: zipType, next: func(t *Thread) (Value, error) {
		if len(its) == 0 {
			return nil, nil //nolint:nilnil // the end
		}
		out := make([]Value, len(its))
		for i, it := range its {
			v, err := t.Next(it)
			if err != nil {
				return nil, err
			}
			if v == nil {
				if strict {
					return nil, zipStrict(t, its, i)
				}
				return nil, nil //nolint:nilnil // the end
			}
			out[i] = v
		}
		return &Tuple{out}, nil
	}}, nil
}

func zipStrict(t *Thread, its []Value, i int) error {
	args := func(n int) string {
		if n == 1 {
			return " 1"
		}
		return fmt.Sprintf("s 1-%d", n)
	}
	if i > 0 {
		return Errorf(ValueError, "zip() argument %d is shorter than argument%s", i+1, args(i))
	}
	for k := 1; k < len(its); k++ {
		v, err := t.Next(its[k])
		if err != nil {
			return err
		}
		if v != nil {
			return Errorf(ValueError, "zip() argument %d is longer than argument%s", k+1, args(k))
		}
	}
	return nil
}
