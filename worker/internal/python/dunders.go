package python

import (
	"math"
	"math/big"
	"strings"
)

// operatorMethods are the operators of a builtin class as methods, for code that passes int.__add__ around or calls
// super().__add__(x). ops are binary operators; reflected ones are made too. The operators themselves do not come here.
func operatorMethods(ops string) []*Native {
	var out []*Native
	for _, op := range strings.Fields(ops) {
		name := dunders[op]
		out = append(out, Func("__"+name+"__(self, value, /)", func(t *Thread, a []Value) (Value, error) {
			return t.nativeOp(op, unwrap(a[0]), unwrap(a[1]))
		}), Func("__r"+name+"__(self, value, /)", func(t *Thread, a []Value) (Value, error) {
			return t.nativeOp(op, unwrap(a[1]), unwrap(a[0]))
		}))
	}
	return out
}

// inplaceMethods are the operators that change the object.
func inplaceMethods(ops string) []*Native {
	var out []*Native
	for _, op := range strings.Fields(ops) {
		out = append(out, Func("__i"+dunders[op]+"__(self, value, /)", func(t *Thread, a []Value) (Value, error) {
			_, err := t.inplaceOp(op, unwrap(a[0]), a[1])
			return a[0], err
		}))
	}
	return out
}

// orderMethods are the comparisons of a builtin class.
func orderMethods(names string) []*Native {
	var out []*Native
	for _, name := range strings.Fields(names) {
		op := map[string]string{"lt": "<", "le": "<=", "gt": ">", "ge": ">="}[name]
		out = append(out, Func("__"+name+"__(self, value, /)", func(t *Thread, a []Value) (Value, error) {
			return t.compareNative(op, unwrap(a[0]), unwrap(a[1]))
		}))
	}
	return out
}

// numberMethods are what int and float share.
func numberMethods() []*Native {
	unary := func(name, op string) *Native {
		return Func("__"+name+"__(self, /)", func(t *Thread, a []Value) (Value, error) { return t.unary(op, unwrap(a[0])) })
	}
	round := func(name string, f func(float64) float64) *Native {
		return Func("__"+name+"__(self, /)", func(_ *Thread, a []Value) (Value, error) {
			if f64, ok := unwrap(a[0]).(Float); ok {
				return floatToInt(f(float64(f64)))
			}
			b, _ := AsBig(a[0])
			return NewBig(b), nil
		})
	}
	divmod := func(name string, x, y int) *Native {
		return Func("__"+name+"__(self, value, /)", func(t *Thread, a []Value) (Value, error) {
			q, err := t.nativeOp("//", unwrap(a[x]), unwrap(a[y]))
			if err != nil || q == NotImplemented {
				return q, err
			}
			r, err := t.nativeOp("%", unwrap(a[x]), unwrap(a[y]))
			return NewTuple(q, r), err
		})
	}
	return append([]*Native{
		unary("neg", "-"), unary("pos", "+"), divmod("divmod", 0, 1), divmod("rdivmod", 1, 0),
		round("trunc", math.Trunc), round("floor", math.Floor), round("ceil", math.Ceil),
		Func("__abs__(self, /)", func(_ *Thread, a []Value) (Value, error) { return absolute(a[0]) }),
		Func("__bool__(self, /)", func(t *Thread, a []Value) (Value, error) {
			ok, err := t.Truth(unwrap(a[0]))
			return NewBool(ok), err
		}),
		Func("__float__(self, /)", func(t *Thread, a []Value) (Value, error) {
			f, err := t.ToFloat(unwrap(a[0]))
			return Float(f), err
		}),
		Func("__round__(self, ndigits=None, /)", func(t *Thread, a []Value) (Value, error) { return t.round(unwrap(a[0]), a[1]) }),
		Func("__getnewargs__(self, /)", func(_ *Thread, a []Value) (Value, error) { return NewTuple(unwrap(a[0])), nil }),
	}, orderMethods("le gt ge")...)
}

// absolute is abs of a number.
func absolute(v Value) (Value, error) {
	if f, ok := unwrap(v).(Float); ok {
		return Float(math.Abs(float64(f))), nil
	}
	b, ok := AsBig(v)
	if !ok {
		return nil, Errorf(TypeError, "bad operand type for abs(): '%s'", v.typ().name)
	}
	return NewBig(new(big.Int).Abs(b)), nil
}

// moreMethods adds to each builtin class the special methods that only explicit calls reach.
func moreMethods(c *Type) []*Native {
	switch c {
	case intType:
		invert := Func("__invert__(self, /)", func(t *Thread, a []Value) (Value, error) { return t.unary("~", unwrap(a[0])) })
		ratio := Func("as_integer_ratio(self, /)", func(_ *Thread, a []Value) (Value, error) {
			b, _ := AsBig(a[0])
			return NewTuple(NewBig(b), NewInt(1)), nil
		})
		return append(append(numberMethods(), operatorMethods("+ - * / // % ** << >> & | ^")...), invert, ratio)
	case floatType:
		same := Func("conjugate(self, /)", func(_ *Thread, a []Value) (Value, error) { return unwrap(a[0]), nil })
		return append(append(numberMethods(), operatorMethods("+ - * / // % **")...), same)
	case strType, bytesType:
		return append(orderMethods("le gt ge"), reflected("* %")...)
	case byteArrayType:
		return append(append(orderMethods("le gt ge"), reflected("* %")...), inplaceMethods("+ *")...)
	case listType:
		back := Func("__reversed__(self, /)", func(t *Thread, a []Value) (Value, error) {
			items, err := t.ToSlice(unwrap(a[0]))
			return reverseIter(items), err
		})
		return append(append(append(orderMethods("le gt ge"), reflected("*")...), inplaceMethods("+ *")...), back)
	case tupleType:
		return append(orderMethods("le gt ge"), reflected("*")...)
	case dictType:
		return append(operatorMethods("|"), inplaceMethods("|")...)
	case setType:
		return append(append(orderMethods("lt le gt ge"), operatorMethods("& | - ^")...), inplaceMethods("& | - ^")...)
	case frozenSetType, dictKeysType, dictItemsType:
		return append(orderMethods("lt le gt ge"), operatorMethods("& | - ^")...)
	}
	return nil
}

// reflected are only the reflected ones of operatorMethods.
func reflected(ops string) []*Native {
	var out []*Native
	for _, m := range operatorMethods(ops) {
		if strings.HasPrefix(m.name, "__r") {
			out = append(out, m)
		}
	}
	return out
}

// fillDunders adds them, and what every object has.
func fillDunders() {
	for _, c := range []*Type{intType, floatType, strType, bytesType, byteArrayType, listType, tupleType, dictType, setType, frozenSetType, dictKeysType, dictItemsType} {
		for _, m := range moreMethods(c) {
			m.owner = c
			c.dict.SetStr(m.name, m)
		}
	}
	d := objectType.dict
	for _, name := range []string{"__lt__", "__le__", "__gt__", "__ge__"} {
		d.SetStr(name, plainFunc(name+"(self, value, /)", func(*Thread, []Value) (Value, error) { return NotImplemented, nil }))
	}
	d.SetStr("__dir__", plainFunc("__dir__(self, /)", func(t *Thread, a []Value) (Value, error) { return t.plainDir(a[0]) }))
	d.SetStr("__sizeof__", plainFunc("__sizeof__(self, /)", func(*Thread, []Value) (Value, error) { return NewInt(48), nil }))
	d.SetStr("__subclasshook__", ClassMethod(Func("__subclasshook__(cls, object, /)", func(*Thread, []Value) (Value, error) { return NotImplemented, nil })))
	d.SetStr("__reduce__", plainFunc("__reduce__(self, /)", func(_ *Thread, a []Value) (Value, error) {
		return nil, Errorf(TypeError, "cannot pickle '%s' object", a[0].typ().name)
	}))
	d.SetStr("__getstate__", plainFunc("__getstate__(self, /)", func(_ *Thread, a []Value) (Value, error) {
		if own := attrsOf(a[0]); own != nil && own.Len() > 0 {
			return own, nil
		}
		return None, nil
	}))
	fillMeta()
}

// fillMeta is what a metaclass gets from type through super().
func fillMeta() {
	call := RawFunc("__call__", func(t *Thread, args Args) (Value, error) {
		if len(args.Pos) == 0 {
			return nil, Errorf(TypeError, "descriptor '__call__' of 'type' object needs an argument")
		}
		cls, ok := args.Pos[0].(*Type)
		if !ok {
			return nil, Errorf(TypeError, "descriptor '__call__' requires a 'type' object but received a '%s'", args.Pos[0].typ().name)
		}
		return t.newObject(cls, Args{args.Pos[1:], args.Names, args.Values})
	})
	init := RawFunc("__init__", func(*Thread, Args) (Value, error) { return None, nil })
	call.plain, init.plain = true, true
	typeType.dict.SetStr("__call__", call)
	typeType.dict.SetStr("__init__", init)
	for _, c := range []*Type{nativeType, methodType} {
		c.dict.SetStr("__call__", RawFunc("__call__", func(t *Thread, args Args) (Value, error) {
			return t.CallKw(args.Pos[0], Args{args.Pos[1:], args.Names, args.Values})
		}))
	}
	for _, c := range []*Type{listType, dictType, setType, frozenSetType, tupleType} {
		c.dict.SetStr("__class_getitem__", ClassMethod(Func("__class_getitem__(cls, object, /)", func(_ *Thread, a []Value) (Value, error) { return a[0], nil })))
	}
}
