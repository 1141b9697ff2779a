package python

import (
	"math/big"
)

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

func noKw(name string, args Args) error {
	if len(args.Names) > 0 {
		return Errorf(TypeError, "%s() takes no keyword arguments", name)
	}
	return nil
}

func fillConstructors() { //nolint:funlen // a table of short functions
	intType.construct = sized("int", 2, newIntObject)
	boolType.construct = sized("bool", 1, func(t *Thread, _ *Type, args Args) (Value, error) {
		if len(args.Pos) == 0 {
			return False, nil
		}
		ok, err := t.Truth(args.Pos[0])
		return NewBool(ok), err
	})
	floatType.construct = sized("float", 1, func(t *Thread, cls *Type, args Args) (Value, error) {
		if len(args.Pos) == 0 {
			return payload(cls, floatType, Float(0)), nil
		}
		f, err := t.ToFloat(args.Pos[0])
		return payload(cls, floatType, Float(f)), err
	})
	strType.construct = sized("str", 3, newStrObject)
	bytesType.construct = sized("bytes", 3, func(t *Thread, cls *Type, args Args) (Value, error) {
		b, err := bytesArgs(t, args)
		return payload(cls, bytesType, &Bytes{b}), err
	})
	byteArrayType.construct = sized("bytearray", 3, func(t *Thread, cls *Type, args Args) (Value, error) {
		b, err := bytesArgs(t, args)
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
	intType.dict.SetStr("from_bytes", ClassMethod(Func("from_bytes(cls, bytes, byteorder='big', *, signed=False)", func(t *Thread, a []Value) (Value, error) {
		s, err := makeBytes(t, a[1])
		if err != nil {
			return nil, err
		}
		b := []byte(s)
		if orStr(a[2], "big") == "little" {
			reverse(b)
		}
		n := new(big.Int).SetBytes(b)
		if a[3] == True && len(b) > 0 && b[0]&0x80 != 0 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
		}
		return NewBig(n), nil
	})))
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

func newIntObject(t *Thread, cls *Type, args Args) (Value, error) {
	base := args.Kw("base")
	if len(args.Pos) == 2 {
		base = args.Pos[1]
	}
	if len(args.Pos) == 0 {
		return payload(cls, intType, NewInt(0)), nil
	}
	if base == nil {
		v, err := t.toInt(args.Pos[0])
		if err != nil {
			return nil, err
		}
		return payload(cls, intType, v), nil
	}
	n, err := t.index(base)
	if err != nil {
		return nil, err
	}
	s, ok := AsStr(args.Pos[0])
	if !ok {
		if s, ok = AsBytes(args.Pos[0]); !ok {
			return nil, Errorf(TypeError, "int() can't convert non-string with explicit base")
		}
	}
	v, err := parseInt(t, args.Pos[0], s, n)
	if err != nil {
		return nil, err
	}
	return payload(cls, intType, v), nil
}

func newStrObject(t *Thread, cls *Type, args Args) (Value, error) {
	enc, errs := args.Kw("encoding"), args.Kw("errors")
	if len(args.Pos) > 1 {
		enc = args.Pos[1]
	}
	if len(args.Pos) > 2 {
		errs = args.Pos[2]
	}
	if len(args.Pos) == 0 {
		return payload(cls, strType, emptyStr), nil
	}
	if enc != nil || errs != nil {
		b, ok := AsBytes(args.Pos[0])
		if !ok {
			return nil, Errorf(TypeError, "decoding to str: need a bytes-like object, %s found", args.Pos[0].typ().name)
		}
		s, err := Decode(b, orStr(enc, "utf-8"), orStr(errs, "strict"))
		return payload(cls, strType, NewStr(s)), err
	}
	if s, ok := args.Pos[0].(*Str); ok {
		return payload(cls, strType, s), nil
	}
	s, err := t.Str(args.Pos[0])
	return payload(cls, strType, NewStr(s)), err
}

func bytesArgs(t *Thread, args Args) (string, error) {
	enc := args.Kw("encoding")
	if len(args.Pos) > 1 {
		enc = args.Pos[1]
	}
	if len(args.Pos) == 0 {
		return "", nil
	}
	if enc != nil {
		s, ok := unwrap(args.Pos[0]).(*Str)
		if !ok {
			return "", Errorf(TypeError, "encoding without a string argument")
		}
		return encodeStr(s, orStr(enc, "utf-8"), "strict")
	}
	return makeBytes(t, args.Pos[0])
}

func fromHex(_ *Thread, a []Value) (Value, error) {
	s, err := strArg(a[1], "fromhex")
	if err != nil {
		return nil, err
	}
	var out []byte
	for i := 0; i < len(s); {
		if isSpace(rune(s[i])) {
			i++
			continue
		}
		hi, lo := hexDigit(s, i), hexDigit(s, i+1)
		if hi < 0 || lo < 0 {
			if hi >= 0 {
				i++
			}
			return nil, Errorf(ValueError, "non-hexadecimal number found in fromhex() arg at position %d", i)
		}
		out = append(out, byte(hi<<4|lo))
		i += 2
	}
	if a[0] == Value(byteArrayType) {
		return &ByteArray{out}, nil
	}
	return NewBytes(out), nil
}

func hexDigit(s string, i int) int {
	if i >= len(s) {
		return -1
	}
	switch c := s[i] | 0x20; {
	case s[i] >= '0' && s[i] <= '9':
		return int(s[i] - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

func makeTrans(t *Thread, a []Value) (Value, error) {
	d := NewDict()
	if src, ok := a[0].(*Dict); ok && a[1] == nil {
		var err error
		src.All(func(k, v Value) bool {
			if s, ok := k.(*Str); ok {
				r, _ := nextRune(s.s)
				k = NewInt(int64(r))
			}
			err = d.Set(t, k, v)
			return err == nil
		})
		return d, err
	}
	from, _ := AsStr(a[0])
	to, _ := AsStr(orNone(a[1]))
	x, y := runesOf(from), runesOf(to)
	if len(x) != len(y) {
		return nil, Errorf(ValueError, "the first two maketrans arguments must have equal length")
	}
	for i := range x {
		if err := d.Set(t, NewInt(int64(x[i])), NewInt(int64(y[i]))); err != nil {
			return nil, err
		}
	}
	if a[2] != nil {
		z, _ := AsStr(a[2])
		for _, r := range runesOf(z) {
			if err := d.Set(t, NewInt(int64(r)), None); err != nil {
				return nil, err
			}
		}
	}
	return d, nil
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

func newRange(t *Thread, _ *Type, args Args) (Value, error) {
	if len(args.Pos) < 1 || len(args.Pos) > 3 {
		if len(args.Pos) == 0 {
			return nil, Errorf(TypeError, "range expected at least 1 argument, got 0")
		}
		return nil, Errorf(TypeError, "range expected at most 3 arguments, got %d", len(args.Pos))
	}
	var n [3]int64
	for i, v := range args.Pos {
		var err error
		if n[i], err = t.index(v); err != nil {
			return nil, err
		}
	}
	r := &Range{0, n[0], 1, 0}
	if len(args.Pos) > 1 {
		r.start, r.stop = n[0], n[1]
	}
	if len(args.Pos) > 2 {
		if r.step = n[2]; r.step == 0 {
			return nil, Errorf(ValueError, "range() arg 3 must not be zero")
		}
	}
	if r.step > 0 && r.stop > r.start {
		r.n = int64((uint64(r.stop)-uint64(r.start)-1)/uint64(r.step)) + 1
	} else if r.step < 0 && r.stop < r.start {
		r.n = int64((uint64(r.start)-uint64(r.stop)-1)/uint64(-r.step)) + 1
	}
	return r, nil
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
	propertyType.construct = func(_ *Thread, _ *Type, args Args) (Value, error) {
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
	}
	for _, c := range []*Type{staticMethodType, classMethodType} {
		c.construct = func(_ *Thread, _ *Type, args Args) (Value, error) {
			if len(args.Pos) != 1 {
				return nil, Errorf(TypeError, "%s expected 1 argument, got %d", c.name, len(args.Pos))
			}
			return &wrapper{c, args.Pos[0]}, nil
		}
	}
	superType.construct = func(_ *Thread, _ *Type, args Args) (Value, error) {
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
		name, _ := AsStr(args.Pos[0])
		ns, ok := args.Pos[2].(*Dict)
		if !ok {
			return nil, Errorf(TypeError, "type.__new__() argument 3 must be dict, not %s", args.Pos[2].typ().name)
		}
		items, err := t.ToSlice(args.Pos[1])
		if err != nil {
			return nil, err
		}
		bases := make([]*Type, len(items))
		for i, v := range items {
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
