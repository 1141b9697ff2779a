package python

import "strings"

var objectHash = Func("__hash__(self, /)", func(_ *Thread, a []Value) (Value, error) { return NewInt(int64(idOf(a[0]) >> 4)), nil })

func plainFunc(sig string, fn func(t *Thread, a []Value) (Value, error)) *Native {
	n := Func(sig, fn)
	n.plain = true
	return n
}

func fillObject() { //nolint:funlen // a table of short functions
	objectHash.plain = true
	d := objectType.dict
	add := func(n *Native) { d.SetStr(n.name, n) }
	add(objectHash)
	add(plainFunc("__repr__(self, /)", func(_ *Thread, a []Value) (Value, error) { return NewStr(plainRepr(a[0])), nil }))
	add(plainFunc("__str__(self, /)", func(t *Thread, a []Value) (Value, error) {
		s, err := t.Repr(a[0])
		return NewStr(s), err
	}))
	add(plainFunc("__format__(self, spec, /)", func(t *Thread, a []Value) (Value, error) {
		s, err := t.Str(a[0])
		return NewStr(s), err
	}))
	add(plainFunc("__eq__(self, other, /)", func(_ *Thread, a []Value) (Value, error) {
		if identical(a[0], a[1]) {
			return True, nil
		}
		return NotImplemented, nil
	}))
	add(plainFunc("__ne__(self, other, /)", func(t *Thread, a []Value) (Value, error) {
		eq, err := t.Equal(a[0], a[1])
		return NewBool(!eq), err
	}))
	add(plainFunc("__getattribute__(self, name, /)", func(t *Thread, a []Value) (Value, error) {
		s, _ := AsStr(a[1])
		r, err := t.plainGetAttr(a[0], a[0].typ(), NewStr(s))
		if err == nil && r == nil {
			err = Errorf(AttributeError, "'%s' object has no attribute '%s'", a[0].typ().name, s)
		}
		return r, err
	}))
	add(plainFunc("__setattr__(self, name, value, /)", func(t *Thread, a []Value) (Value, error) {
		s, _ := AsStr(a[1])
		return None, t.plainSetAttr(a[0], a[0].typ(), NewStr(s), a[2])
	}))
	add(plainFunc("__delattr__(self, name, /)", func(t *Thread, a []Value) (Value, error) {
		if d := attrsOf(a[0]); d != nil {
			_, err := d.Delete(t, a[1])
			return None, err
		}
		return None, nil
	}))
	init := RawFunc("__init__", func(_ *Thread, args Args) (Value, error) {
		if len(args.Pos) > 0 {
			cls := args.Pos[0].typ()
			if n := len(args.Pos) - 1 + len(args.Names); n > 0 && cls.fact().init != nil && cls.fact().new == nil {
				return nil, Errorf(TypeError, "object.__init__() takes exactly one argument (the instance to initialize)")
			}
		}
		return None, nil
	})
	init.plain = true
	add(init)
	isub := Func("__init_subclass__(cls, /)", func(*Thread, []Value) (Value, error) { return None, nil })
	d.SetStr("__init_subclass__", ClassMethod(isub))
	objectType.construct = func(_ *Thread, cls *Type, args Args) (Value, error) {
		f := cls.fact()
		if len(args.Pos)+len(args.Names) > 0 && f.init == nil {
			return nil, Errorf(TypeError, "%s() takes no arguments", cls.name)
		}
		return &Instance{cls: cls}, nil
	}
	add(newFunc(objectType))
	add(plainFunc("__reduce_ex__(self, protocol, /)", func(_ *Thread, a []Value) (Value, error) {
		return nil, Errorf(TypeError, "cannot pickle '%s' object", a[0].typ().name)
	}))
	d.SetStr("__doc__", None)
}

// newFunc is the __new__ of a builtin class, for super().__new__(cls, ...).
func newFunc(c *Type) *Native {
	n := RawFunc("__new__", func(t *Thread, args Args) (Value, error) {
		if len(args.Pos) == 0 {
			return nil, Errorf(TypeError, "%s.__new__(): not enough arguments", c.name)
		}
		cls, ok := args.Pos[0].(*Type)
		if !ok {
			return nil, Errorf(TypeError, "%s.__new__(X): X is not a type object (%s)", c.name, args.Pos[0].typ().name)
		}
		mk := c.construct
		if c == objectType {
			if mk = cls.construct; mk == nil || cls.payloadType() == nil {
				if cls.isException() {
					return cls.construct(t, cls, Args{})
				}
				return &Instance{cls: cls}, nil
			}
		}
		return mk(t, cls, Args{args.Pos[1:], args.Names, args.Values})
	})
	n.plain = true
	n.self = nil
	return n
}

func fillExceptions() {
	init := RawFunc("__init__", func(_ *Thread, args Args) (Value, error) {
		if e, ok := args.Pos[0].(*Exception); ok {
			e.args = NewTuple(append([]Value(nil), args.Pos[1:]...)...)
		}
		return None, nil
	})
	init.plain = true
	d := BaseException.dict
	d.SetStr("__init__", init)
	d.SetStr("__str__", plainFunc("__str__(self, /)", func(t *Thread, a []Value) (Value, error) {
		s, err := plainExceptionStr(t, a[0].(*Exception))
		return NewStr(s), err
	}))
	d.SetStr("__repr__", plainFunc("__repr__(self, /)", func(t *Thread, a []Value) (Value, error) {
		e := a[0].(*Exception)
		s, err := t.reprItems(e.args.items, "(", ")")
		return NewStr(e.cls.name + s), err
	}))
	d.SetStr("with_traceback", Func("with_traceback(self, tb, /)", func(_ *Thread, a []Value) (Value, error) {
		return a[0], a[0].(*Exception).setAttr(NewStr("__traceback__"), a[1])
	}))
	d.SetStr("add_note", Func("add_note(self, note, /)", func(_ *Thread, a []Value) (Value, error) {
		e := a[0].(*Exception)
		notes, ok := e.Attrs().GetStr("__notes__").(*List)
		if !ok {
			notes = NewList()
			e.Attrs().SetStr("__notes__", notes)
		}
		notes.Append(a[1])
		return None, nil
	}))
	BaseException.construct = newException
	d.SetStr("__new__", newFunc(BaseException))
	for _, c := range exceptionTypes() {
		c.construct = newException
	}
	for name, i := range map[string]int{"name": 0, "path": 0} {
		_ = i
		ImportError.dict.SetStr(name, None)
	}
}

// newException is BaseException.__new__; OSError picks a subclass by its number (Objects/exceptions.c).
func newException(_ *Thread, cls *Type, args Args) (Value, error) {
	e := &Exception{cls: cls, args: NewTuple(append([]Value(nil), args.Pos...)...)}
	if len(args.Names) > 0 && !cls.heap {
		switch {
		case cls.Is(ImportError) || cls.Is(AttributeError) || cls.Is(NameError):
			for i, n := range args.Names {
				e.Attrs().setStr(n, args.Values[i])
			}
		default:
			return nil, Errorf(TypeError, "%s() takes no keyword arguments", cls.name)
		}
	}
	if cls.Is(OSError) && len(args.Pos) >= 2 && len(args.Pos) <= 5 {
		if len(args.Pos) > 2 {
			e.args = NewTuple(e.args.items[:2]...)
			e.Attrs().SetStr("filename", args.Pos[2])
		}
		if no, ok := AsInt(args.Pos[0]); ok && cls == OSError {
			if c := errnoClass(no); c != nil {
				e.cls = c
			}
		}
	}
	if cls.Is(SyntaxError) && len(args.Pos) > 0 {
		e.Attrs().SetStr("msg", args.Pos[0])
	}
	return e, nil
}

func errnoClass(no int64) *Type {
	switch no {
	case 1, 13:
		return PermissionError
	case 2:
		return FileNotFoundError
	case 3:
		return ProcessLookupError
	case 4:
		return InterruptedError
	case 10:
		return ChildProcessError
	case 11:
		return BlockingIOError
	case 17:
		return FileExistsError
	case 20:
		return NotADirectoryError
	case 21:
		return IsADirectoryError
	case 32, 108:
		return BrokenPipeError
	case 103:
		return ConnectionAbortedError
	case 104:
		return ConnectionResetError
	case 110:
		return TimeoutError
	case 111:
		return ConnectionRefusedError
	}
	return nil
}

// name is the name of the getter.
func (p *PropertyValue) name() string {
	if fn, ok := p.get.(*Function); ok {
		return fn.name
	}
	return "?"
}

func propertyMethods() []*Native {
	with := func(name string, set func(p *PropertyValue, fn Value)) *Native {
		return Func(name+"(self, fn, /)", func(_ *Thread, a []Value) (Value, error) {
			p := *a[0].(*PropertyValue)
			set(&p, a[1])
			return &p, nil
		})
	}
	return []*Native{
		with("getter", func(p *PropertyValue, fn Value) { p.get = fn }),
		with("setter", func(p *PropertyValue, fn Value) { p.set = fn }),
		with("deleter", func(p *PropertyValue, fn Value) { p.del = fn }),
		Func("__set__(self, instance, value, /)", func(t *Thread, a []Value) (Value, error) {
			if a[0].(*PropertyValue).set == nil {
				return nil, Errorf(AttributeError, "property '%s' of '%s' object has no setter", a[0].(*PropertyValue).name(), a[1].typ().qualname)
			}
			return t.call(a[0].(*PropertyValue).set, []Value{a[1], a[2]}, nil)
		}),
		Func("__delete__(self, instance, /)", func(t *Thread, a []Value) (Value, error) {
			if a[0].(*PropertyValue).del == nil {
				return nil, Errorf(AttributeError, "property '%s' of '%s' object has no deleter", a[0].(*PropertyValue).name(), a[1].typ().qualname)
			}
			return t.call(a[0].(*PropertyValue).del, []Value{a[1]}, nil)
		}),
		Func("__get__(self, obj, cls=None, /)", func(t *Thread, a []Value) (Value, error) {
			if a[1] == None {
				return a[0], nil
			}
			return t.bind(a[0], a[1], a[1].typ())
		}),
	}
}

func iteratorMethods() []*Native {
	return []*Native{
		Func("__iter__(self, /)", func(_ *Thread, a []Value) (Value, error) { return a[0], nil }),
		Func("__next__(self, /)", func(t *Thread, a []Value) (Value, error) {
			v, err := t.Next(a[0])
			if err == nil && v == nil {
				return nil, NewException(StopIteration)
			}
			return v, err
		}),
	}
}

func fillViews() {
	for _, c := range []*Type{dictKeysType, dictValuesType, dictItemsType} {
		for _, m := range []*Native{
			iterMethod(),
			lenMethod(),
			containsMethod(),
			Func("isdisjoint(self, other, /)", func(t *Thread, a []Value) (Value, error) {
				disjoint := true
				err := t.Each(a[1], func(v Value) error {
					ok, err := t.Contains(a[0], v)
					disjoint = disjoint && !ok
					return err
				})
				return NewBool(disjoint), err
			}),
		} {
			m.owner = c
			c.dict.SetStr(m.name, m)
		}
	}
	for _, m := range []*Native{
		Func("__get__(self, obj, cls=None, /)", func(t *Thread, a []Value) (Value, error) {
			if a[1] == None {
				return a[0], nil
			}
			return t.bind(a[0], a[1], a[1].typ())
		}),
		RawFunc("__call__", func(t *Thread, args Args) (Value, error) {
			return t.CallKw(args.Pos[0], Args{args.Pos[1:], args.Names, args.Values})
		}),
	} {
		functionType.dict.SetStr(m.name, m)
	}
}

func iterMethod() *Native {
	return Func("__iter__(self, /)", func(t *Thread, a []Value) (Value, error) { return t.Iter(a[0]) })
}

func lenMethod() *Native {
	return Func("__len__(self, /)", func(t *Thread, a []Value) (Value, error) {
		n, err := t.Len(a[0])
		return NewInt(int64(n)), err
	})
}

func containsMethod() *Native {
	return Func("__contains__(self, key, /)", func(t *Thread, a []Value) (Value, error) {
		ok, err := t.Contains(a[0], a[1])
		return NewBool(ok), err
	})
}

func getItemMethod() *Native {
	return Func("__getitem__(self, key, /)", func(t *Thread, a []Value) (Value, error) { return t.GetItem(a[0], a[1]) })
}

// commonMethods are special methods that a builtin container shows, so that subclasses can call them through super().
func commonMethods(names string) []*Native {
	all := []*Native{
		iterMethod(), lenMethod(), containsMethod(), getItemMethod(),
		Func("__setitem__(self, key, value, /)", func(t *Thread, a []Value) (Value, error) { return None, t.SetItem(a[0], a[1], a[2]) }),
		Func("__delitem__(self, key, /)", func(t *Thread, a []Value) (Value, error) { return None, t.DelItem(a[0], a[1]) }),
		Func("__eq__(self, other, /)", func(t *Thread, a []Value) (Value, error) { return t.compareNative("==", unwrap(a[0]), unwrap(a[1])) }),
		Func("__lt__(self, other, /)", func(t *Thread, a []Value) (Value, error) { return t.compareNative("<", unwrap(a[0]), unwrap(a[1])) }),
		Func("__add__(self, other, /)", func(t *Thread, a []Value) (Value, error) { return t.nativeOp("+", unwrap(a[0]), unwrap(a[1])) }),
		Func("__mul__(self, other, /)", func(t *Thread, a []Value) (Value, error) { return t.nativeOp("*", unwrap(a[0]), unwrap(a[1])) }),
		Func("__mod__(self, other, /)", func(t *Thread, a []Value) (Value, error) { return t.binaryOp("%", unwrap(a[0]), unwrap(a[1])) }),
		Func("__hash__(self, /)", func(t *Thread, a []Value) (Value, error) {
			h, err := hashValue(t, unwrap(a[0]))
			return NewInt(int64(h)), err
		}),
		Func("__repr__(self, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := t.Repr(unwrap(a[0]))
			return NewStr(s), err
		}),
		Func("__str__(self, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := t.Str(unwrap(a[0]))
			return NewStr(s), err
		}),
		Func("__format__(self, spec, /)", func(t *Thread, a []Value) (Value, error) {
			spec, _ := AsStr(a[1])
			s, err := t.Format(unwrap(a[0]), spec)
			return NewStr(s), err
		}),
	}
	var out []*Native
	for _, m := range all {
		if strings.Contains(" "+names+" ", " "+strings.Trim(m.name, "_")+" ") {
			out = append(out, m)
		}
	}
	return out
}
