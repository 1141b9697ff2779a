package stdlib

import (
	"math"
	"slices"

	"gregaria/worker/internal/python"
)

func dequeOf(v value) *deque { return v.(*python.Instance).Data.(*deque) }

// newCollectionsGo makes what collections has in C.
func newCollectionsGo(*thread) (*python.Module, error) {
	cls := python.NewClass(python.ClassSpec{
		Name: "deque", Module: "collections",
		New: func(_ *thread, cls *python.Type, _ python.Args) (value, error) {
			return python.NewInstance(cls, &deque{max: -1}), nil
		},
		Methods: slices.Concat(dequeEnds(), dequeSearch(), dequeItems(), dequeOperators()),
		Attrs: map[string]value{
			"maxlen": python.Property(func(_ *thread, self value) (value, error) {
				if d := dequeOf(self); d.max >= 0 {
					return python.NewInt(int64(d.max)), nil
				}
				return python.None, nil
			}),
			"__class_getitem__": python.ClassMethod(python.Func("__class_getitem__(cls, item)", func(_ *thread, a []value) (value, error) { return a[0], nil })),
		},
	})
	return python.NewModule("_collections_go", map[string]value{"deque": cls}), nil
}

func dequeInit(t *thread, a []value) (value, error) {
	d := dequeOf(a[0])
	if given(a[2]) {
		n, err := t.Index(a[2])
		if err != nil {
			return nil, err
		}
		if n < 0 {
			return nil, python.Errorf(python.ValueError, "maxlen must be non-negative")
		}
		d.max = int(min(n, math.MaxInt))
	}
	d.set(nil)
	if a[1] == nil {
		return python.None, nil
	}
	return python.None, d.extend(t, a[1], d.push)
}

func dequeEnds() []*python.Native {
	one := func(sig string, f func(d *deque, v value)) *python.Native {
		return python.Func(sig, func(_ *thread, a []value) (value, error) {
			f(dequeOf(a[0]), a[1])
			return python.None, nil
		})
	}
	take := func(sig string, f func(d *deque) value) *python.Native {
		return python.Func(sig, func(_ *thread, a []value) (value, error) {
			if dequeOf(a[0]).size == 0 {
				return nil, python.Errorf(python.IndexError, "pop from an empty deque")
			}
			return f(dequeOf(a[0])), nil
		})
	}
	return []*python.Native{
		python.Func("__init__(self, iterable=(), maxlen=None)", dequeInit),
		one("append(self, x, /)", (*deque).push), one("appendleft(self, x, /)", (*deque).pushLeft),
		take("pop(self, /)", (*deque).pop), take("popleft(self, /)", (*deque).shift),
		python.Func("extend(self, iterable, /)", func(t *thread, a []value) (value, error) {
			return python.None, dequeOf(a[0]).extend(t, a[1], dequeOf(a[0]).push)
		}),
		python.Func("extendleft(self, iterable, /)", func(t *thread, a []value) (value, error) {
			return python.None, dequeOf(a[0]).extend(t, a[1], dequeOf(a[0]).pushLeft)
		}),
		python.Func("clear(self, /)", func(_ *thread, a []value) (value, error) {
			dequeOf(a[0]).set(nil)
			return python.None, nil
		}),
		python.Func("rotate(self, n=1, /)", func(t *thread, a []value) (value, error) {
			n := int64(1)
			if a[1] != nil {
				var err error
				if n, err = t.Index(a[1]); err != nil {
					return nil, err
				}
			}
			dequeOf(a[0]).rotate(int(n))
			return python.None, nil
		}),
	}
}

func dequeSearch() []*python.Native {
	return []*python.Native{
		python.Func("remove(self, value, /)", func(t *thread, a []value) (value, error) {
			d := dequeOf(a[0])
			i, err := d.where(t, a[1])
			if err == nil {
				d.set(slices.Delete(d.all(), i, i+1))
			}
			return python.None, err
		}),
		python.Func("index(self, value, /)", func(t *thread, a []value) (value, error) {
			i, err := dequeOf(a[0]).where(t, a[1])
			return python.NewInt(int64(i)), err
		}),
		python.Func("count(self, value, /)", func(t *thread, a []value) (value, error) {
			n := int64(0)
			for _, v := range dequeOf(a[0]).all() {
				same, err := t.Equal(v, a[1])
				if err != nil {
					return nil, err
				}
				if same {
					n++
				}
			}
			return python.NewInt(n), nil
		}),
	}
}

func dequeItems() []*python.Native {
	return []*python.Native{
		python.Func("insert(self, index, value, /)", func(t *thread, a []value) (value, error) {
			d := dequeOf(a[0])
			if d.size == d.max {
				return nil, python.Errorf(python.IndexError, "deque already at its maximum size")
			}
			i, err := t.Index(a[1])
			if err != nil {
				return nil, err
			}
			if i < 0 {
				i = max(0, i+int64(d.size))
			}
			d.set(slices.Insert(d.all(), int(min(i, int64(d.size))), a[2]))
			return python.None, nil
		}),
		python.Func("reverse(self, /)", func(_ *thread, a []value) (value, error) {
			items := dequeOf(a[0]).all()
			slices.Reverse(items)
			dequeOf(a[0]).set(items)
			return python.None, nil
		}),
		python.Func("copy(self, /)", dequeCopy), python.Func("__copy__(self, /)", dequeCopy),
		python.Func("__getitem__(self, i, /)", func(t *thread, a []value) (value, error) {
			i, err := dequeOf(a[0]).index(t, a[1])
			if err != nil {
				return nil, err
			}
			return *dequeOf(a[0]).at(i), nil
		}),
		python.Func("__setitem__(self, i, value, /)", func(t *thread, a []value) (value, error) {
			i, err := dequeOf(a[0]).index(t, a[1])
			if err == nil {
				*dequeOf(a[0]).at(i) = a[2]
			}
			return python.None, err
		}),
		python.Func("__delitem__(self, i, /)", func(t *thread, a []value) (value, error) {
			d := dequeOf(a[0])
			i, err := d.index(t, a[1])
			if err == nil {
				d.set(slices.Delete(d.all(), i, i+1))
			}
			return python.None, err
		}),
	}
}

func dequeCopy(_ *thread, a []value) (value, error) {
	d := &deque{max: dequeOf(a[0]).max}
	d.set(dequeOf(a[0]).all())
	return python.NewInstance(python.TypeOf(a[0]), d), nil
}

func dequeOperators() []*python.Native {
	out := []*python.Native{
		python.Func("__hash__(self, /)", func(*thread, []value) (value, error) {
			return nil, python.Errorf(python.TypeError, "unhashable type: 'collections.deque'")
		}),
		python.Func("__len__(self, /)", func(_ *thread, a []value) (value, error) { return python.NewInt(int64(dequeOf(a[0]).size)), nil }),
		python.Func("__iter__(self, /)", func(_ *thread, a []value) (value, error) { return dequeOf(a[0]).iterator(0, 1), nil }),
		python.Func("__reversed__(self, /)", func(_ *thread, a []value) (value, error) {
			return dequeOf(a[0]).iterator(dequeOf(a[0]).size-1, -1), nil
		}),
		python.Func("__contains__(self, x, /)", func(t *thread, a []value) (value, error) {
			i, err := dequeOf(a[0]).find(t, a[1])
			return python.NewBool(i >= 0), err
		}),
		python.Func("__repr__(self, /)", func(t *thread, a []value) (value, error) {
			return dequeOf(a[0]).repr(t, python.TypeOf(a[0]).Name())
		}),
		python.Func("__add__(self, other, /)", func(t *thread, a []value) (value, error) {
			o, ok := a[1].(*python.Instance)
			if !ok {
				return nil, python.Errorf(python.TypeError, `can only concatenate deque (not "%s") to deque`, python.TypeOf(a[1]).Name())
			}
			v, _ := dequeCopy(t, a)
			return v, dequeOf(v).extend(t, o, dequeOf(v).push)
		}),
		python.Func("__iadd__(self, other, /)", func(t *thread, a []value) (value, error) {
			return a[0], dequeOf(a[0]).extend(t, a[1], dequeOf(a[0]).push)
		}),
	}
	for name, op := range map[string]string{"__eq__": "==", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="} {
		out = append(out, python.Func(name+"(self, other, /)", func(t *thread, a []value) (value, error) {
			i, ok := a[1].(*python.Instance)
			if !ok {
				return python.NotImplemented, nil
			}
			o, ok := i.Data.(*deque)
			if !ok {
				return python.NotImplemented, nil
			}
			return t.Compare(op, python.NewList(dequeOf(a[0]).all()...), python.NewList(o.all()...))
		}))
	}
	return out
}
