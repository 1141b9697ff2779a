package python

import "slices"

// payload wraps a builtin value for a class that extends its class.
func payload(cls, own *Type, v Value) Value {
	if cls == own {
		return v
	}
	return &Instance{cls: cls, base: v}
}

type constructor = func(t *Thread, cls *Type, args Args) (Value, error)

// sized checks the number of arguments of a constructor.
func sized(name string, most int, f constructor) constructor {
	return func(t *Thread, cls *Type, args Args) (Value, error) {
		if len(args.Pos) > most {
			return nil, Errorf(TypeError, "%s expected at most %d argument%s, got %d", name, most, plural(most), len(args.Pos))
		}
		return f(t, cls, args)
	}
}

// named checks the arguments of a constructor that has names for them; "" is one without. The first comes to f by its place,
// however it was given. A class of the file's own may take others in its __init__.
func named(name string, names []string, f constructor) constructor {
	return func(t *Thread, cls *Type, args Args) (Value, error) {
		if n := len(args.Pos) + len(args.Names); n > len(names) && len(args.Pos) > 0 && cls.name == name {
			return nil, Errorf(TypeError, "%s() takes at most %d arguments (%d given)", name, len(names), n)
		}
		for i, k := range args.Names {
			switch {
			case !slices.Contains(names, k.s):
				if cls.name == name {
					return nil, Errorf(TypeError, "'%s' is an invalid keyword argument for %s()", k.s, name)
				}
			case k.s == names[0] && len(args.Pos) > 0:
				return nil, Errorf(TypeError, "argument for %s() given by name ('%s') and position (1)", name, k.s)
			case k.s == names[0]:
				args.Pos = []Value{args.Values[i]}
			}
		}
		return f(t, cls, args)
	}
}

func noKw(name string, args Args) error {
	if len(args.Names) > 0 {
		return Errorf(TypeError, "%s() takes no keyword arguments", name)
	}
	return nil
}

func fillConstructors() { //nolint:funlen // a table of short functions
	intType.construct = named("int", []string{"", "base"}, newIntObject)
	boolType.construct = sized("bool", 1, func(t *Thread, _ *Type, args Args) (Value, error) {
		if err := noKw("bool", args); err != nil {
			return nil, err
		}
		if len(args.Pos) == 0 {
			return False, nil
		}
		ok, err := t.Truth(args.Pos[0])
		return NewBool(ok), err
	})
	floatType.construct = sized("float", 1, func(t *Thread, cls *Type, args Args) (Value, error) {
		if err := noKw("float", args); err != nil && cls == floatType {
			return nil, err
		}
		if len(args.Pos) == 0 {
			return payload(cls, floatType, Float(0)), nil
		}
		f, err := t.ToFloat(args.Pos[0])
		return payload(cls, floatType, Float(f)), err
	})
	strType.construct = named("str", []string{"object", "encoding", "errors"}, newStrObject)
	bytesType.construct = named("bytes", []string{"source", "encoding", "errors"}, func(t *Thread, cls *Type, args Args) (Value, error) {
		b, err := bytesArgs(t, args)
		return payload(cls, bytesType, &Bytes{b}), err
	})
	byteArrayType.construct = named("bytearray", []string{"source", "encoding", "errors"}, func(t *Thread, cls *Type, args Args) (Value, error) {
		b, err := bytesArgs(t, args)
		if err != nil {
			return nil, arrayError(err)
		}
		return payload(cls, byteArrayType, &ByteArray{[]byte(b)}), err
	})
	fillContainers()
	fillOthers()
	part := func(f func(v Value) Value) Value {
		return Property(func(_ *Thread, self Value) (Value, error) { return f(unwrap(self)), nil })
	}
	for name, f := range map[string]func(v Value) Value{
		"real": func(v Value) Value {
			if b, ok := AsBig(v); ok {
				return NewBig(b)
			}
			return v
		},
		"imag": func(v Value) Value {
			if isFloat(v) {
				return Float(0)
			}
			return NewInt(0)
		},
	} {
		intType.dict.SetStr(name, part(f))
		floatType.dict.SetStr(name, part(f))
	}
	intType.dict.SetStr("numerator", intType.dict.GetStr("real"))
	intType.dict.SetStr("denominator", part(func(Value) Value { return NewInt(1) }))
	intType.dict.SetStr("from_bytes", ClassMethod(Func("from_bytes(cls, bytes, byteorder='big', *, signed=False)", fromBytes)))
	bytesType.dict.SetStr("fromhex", ClassMethod(Func("fromhex(cls, string, /)", fromHex)))
	byteArrayType.dict.SetStr("fromhex", ClassMethod(Func("fromhex(cls, string, /)", fromHex)))
	floatType.dict.SetStr("fromhex", ClassMethod(Func("fromhex(cls, string, /)", floatFromHex)))
	for _, c := range []*Type{bytesType, byteArrayType} {
		c.dict.SetStr("maketrans", StaticMethod(Func("maketrans(frm, to, /)", makeByteTable)))
	}
	strType.dict.SetStr("maketrans", StaticMethod(Func("maketrans(x, y=None, z=None, /)", makeTrans)))
	dictType.dict.SetStr("fromkeys", ClassMethod(Func("fromkeys(cls, iterable, value=None, /)", func(t *Thread, a []Value) (Value, error) {
		d := NewDict()
		return d, t.Each(a[1], func(k Value) error { return d.Set(t, k, orNone(a[2])) })
	})))
	for _, c := range []*Type{strType, intType, floatType, tupleType, listType, dictType, setType, frozenSetType, bytesType, byteArrayType, boolType, typeType} {
		c.dict.SetStr("__new__", newFunc(c))
	}
}

func fillContainers() {
	tupleType.construct = sized("tuple", 1, func(t *Thread, cls *Type, args Args) (Value, error) {
		if len(args.Pos) == 0 {
			return payload(cls, tupleType, emptyTuple), nil
		}
		if x, ok := args.Pos[0].(*Tuple); ok {
			return payload(cls, tupleType, x), nil
		}
		items, err := t.ToSlice(args.Pos[0])
		return payload(cls, tupleType, NewTuple(items...)), err
	})
	// the mutable ones are filled by their __init__, which subclasses may replace
	listType.construct = func(t *Thread, cls *Type, args Args) (Value, error) {
		l := &List{}
		if cls != listType {
			return &Instance{cls: cls, base: l}, nil
		}
		if err := noKw("list", args); err != nil {
			return nil, err
		}
		if len(args.Pos) > 1 {
			return nil, Errorf(TypeError, "list expected at most 1 argument, got %d", len(args.Pos))
		}
		var err error
		if len(args.Pos) == 1 {
			l.items, err = t.ToSlice(args.Pos[0])
		}
		return l, err
	}
	dictType.construct = func(t *Thread, cls *Type, args Args) (Value, error) {
		d := NewDict()
		if cls != dictType {
			return &Instance{cls: cls, base: d}, nil
		}
		_, err := dictInit(t, Args{append([]Value{d}, args.Pos...), args.Names, args.Values})
		return d, err
	}
	newSetOf := func(own *Type, frozen bool) constructor {
		return func(t *Thread, cls *Type, args Args) (Value, error) {
			s := &Set{frozen: frozen}
			if cls != own && !frozen {
				return &Instance{cls: cls, base: s}, nil
			}
			if len(args.Pos) > 1 {
				return nil, Errorf(TypeError, "%s expected at most 1 argument, got %d", own.name, len(args.Pos))
			}
			var err error
			if len(args.Pos) == 1 {
				err = t.Each(args.Pos[0], func(v Value) error { return s.Add(t, v) })
			}
			return payload(cls, own, s), err
		}
	}
	setType.construct = newSetOf(setType, false)
	frozenSetType.construct = newSetOf(frozenSetType, true)
}

func fillOthers() { //nolint:funlen,gocognit // a table of short functions
	rangeType.construct = newRange
	sliceType.construct = func(_ *Thread, _ *Type, args Args) (Value, error) {
		s := &Slice{None, None, None}
		switch p := args.Pos; len(p) {
		case 1:
			s.stop = p[0]
		case 2:
			s.start, s.stop = p[0], p[1]
		case 3:
			s.start, s.stop, s.step = p[0], p[1], p[2]
		default:
			return nil, Errorf(TypeError, "slice expected at least 1 argument, got %d", len(p))
		}
		return s, nil
	}
	propertyType.construct = named("property", []string{"fget", "fset", "fdel", "doc"}, func(_ *Thread, _ *Type, args Args) (Value, error) {
		get := func(i int, name string) Value {
			v := args.Kw(name)
			if i < len(args.Pos) {
				v = args.Pos[i]
			}
			if v == None {
				return nil
			}
			return v
		}
		p := &PropertyValue{get: get(0, "fget"), set: get(1, "fset"), del: get(2, "fdel"), doc: get(3, "doc")}
		if f, ok := p.get.(*Function); ok && p.doc == nil {
			p.doc = f.doc
		}
		return p, nil
	})
	for _, c := range []*Type{staticMethodType, classMethodType} {
		c.construct = func(_ *Thread, _ *Type, args Args) (Value, error) {
			if len(args.Pos) != 1 {
				return nil, Errorf(TypeError, "%s expected 1 argument, got %d", c.name, len(args.Pos))
			}
			return &wrapper{c, args.Pos[0]}, nil
		}
	}
	superType.construct = func(_ *Thread, _ *Type, args Args) (Value, error) {
		if len(args.Pos) > 2 {
			return nil, Errorf(TypeError, "super() expected at most 2 arguments, got %d", len(args.Pos))
		}
		if len(args.Pos) != 2 {
			return nil, Errorf(RuntimeError, "super(): no arguments")
		}
		c, ok := args.Pos[0].(*Type)
		if !ok {
			return nil, Errorf(TypeError, "super() argument 1 must be a type, not %s", args.Pos[0].typ().name)
		}
		return newSuper(c, args.Pos[1])
	}
	typeType.construct = func(t *Thread, meta *Type, args Args) (Value, error) {
		if len(args.Pos) == 1 {
			return args.Pos[0].typ(), nil
		}
		if len(args.Pos) != 3 {
			return nil, Errorf(TypeError, "type() takes 1 or 3 arguments")
		}
		name, isStr := AsStr(args.Pos[0])
		given, isTuple := unwrap(args.Pos[1]).(*Tuple)
		ns, ok := args.Pos[2].(*Dict)
		switch {
		case !isStr:
			return nil, Errorf(TypeError, "type.__new__() argument 1 must be str, not %s", clinicName(args.Pos[0]))
		case !isTuple:
			return nil, Errorf(TypeError, "type.__new__() argument 2 must be tuple, not %s", clinicName(args.Pos[1]))
		case !ok:
			return nil, Errorf(TypeError, "type.__new__() argument 3 must be dict, not %s", clinicName(args.Pos[2]))
		}
		bases := make([]*Type, len(given.items))
		for i, v := range given.items {
			if bases[i], ok = v.(*Type); !ok {
				return nil, Errorf(TypeError, "bases must be types")
			}
		}
		ns = ns.Copy()
		if ns.GetStr("__module__") == nil && t.frame != nil {
			ns.SetStr("__module__", orNone(t.frame.globals.GetStr("__name__")))
		}
		cls, err := t.makeClass(name, bases, ns, Args{Names: args.Names, Values: args.Values})
		if err == nil && meta != typeType {
			cls.meta = meta
		}
		return cls, err
	}
	noneType.construct = func(*Thread, *Type, Args) (Value, error) { return None, nil }
	fillIterators()
}
