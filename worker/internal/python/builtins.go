package python

// makeBuiltins makes the names that every module sees.
func makeBuiltins(iso *Isolate) *Dict {
	d := NewDict()
	for _, c := range []*Type{
		objectType, typeType, intType, boolType, floatType, strType, bytesType, byteArrayType, tupleType, listType, dictType,
		setType, frozenSetType, rangeType, sliceType, propertyType, staticMethodType, classMethodType, superType, enumerateType,
		zipType, mapType, filterType, reversedType, memoryViewType,
	} {
		d.SetStr(c.name, c)
	}
	for _, c := range exceptionTypes() {
		d.SetStr(c.name, c)
	}
	d.SetStr("EnvironmentError", OSError)
	d.SetStr("IOError", OSError)
	d.SetStr("NotImplemented", NotImplemented)
	d.SetStr("Ellipsis", Ellipsis)
	for _, name := range []string{"exit", "quit"} {
		d.SetStr(name, Func(name+"(code=None)", func(_ *Thread, a []Value) (Value, error) {
			return nil, NewException(SystemExit, orNone(a[0]))
		}))
	}
	d.SetStr("__debug__", True)
	d.SetStr("__name__", NewStr("builtins"))
	lists := [][]*Native{basicBuiltins(), iterBuiltins(), attrBuiltins(), numberBuiltins(), textBuiltins(), frameBuiltins(iso)}
	for _, fs := range lists {
		for _, f := range fs {
			f.module = "builtins"
			d.SetStr(f.name, f)
		}
	}
	return d
}

func basicBuiltins() []*Native {
	return []*Native{
		Func("len(obj, /)", func(t *Thread, a []Value) (Value, error) {
			n, err := t.Len(a[0])
			return NewInt(int64(n)), err
		}),
		Func("isinstance(obj, class_or_tuple, /)", func(t *Thread, a []Value) (Value, error) {
			ok, err := t.IsInstance(a[0], a[1])
			return NewBool(ok), err
		}),
		Func("issubclass(cls, class_or_tuple, /)", func(t *Thread, a []Value) (Value, error) {
			c, ok := a[0].(*Type)
			if !ok {
				return nil, Errorf(TypeError, "issubclass() arg 1 must be a class")
			}
			ok, err := t.subclass(c, a[1], "issubclass() arg 2 must be a class, a tuple of classes, or a union")
			return NewBool(ok), err
		}),
		Func("callable(obj, /)", func(_ *Thread, a []Value) (Value, error) { return NewBool(Callable(a[0])), nil }),
		Func("id(obj, /)", func(_ *Thread, a []Value) (Value, error) { return NewInt(int64(idOf(a[0]))), nil }),
		Func("hash(obj, /)", func(t *Thread, a []Value) (Value, error) {
			h, err := hashValue(t, a[0])
			return NewInt(int64(h)), err
		}),
		RawFunc("print", printTo),
		Func("input(prompt='', /)", func(*Thread, []Value) (Value, error) {
			return nil, Errorf(EOFError, "EOF when reading a line")
		}),
		Func("open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", openFile),
	}
}

// Callable is callable(v).
func Callable(v Value) bool {
	switch v := v.(type) {
	case *Function, *Native, *BoundMethod, *Type:
		return true
	case *wrapper:
		return v.cls == staticMethodType
	case *Instance:
		return v.cls.lookup("__call__") != nil
	}
	return false
}

// IsInstance is isinstance(v, c).
func (t *Thread) IsInstance(v, c Value) (bool, error) {
	if c == None {
		return false, Errorf(TypeError, "isinstance() arg 2 must be a type, a tuple of types, or a union")
	}
	return t.subclass(v.typ(), c, "isinstance() arg 2 must be a type, a tuple of types, or a union")
}

func (t *Thread) subclass(c *Type, of Value, msg string) (bool, error) {
	switch x := of.(type) {
	case *Type:
		if c.Is(x) {
			return true, nil
		}
		if h := x.lookup("__subclasshook_go__"); h != nil {
			r, err := t.call(h, []Value{x, c}, nil)
			return r == True, err
		}
		return false, nil
	case *Tuple:
		for _, y := range x.items {
			if ok, err := t.subclass(c, y, msg); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	case *singleton:
		if x == None {
			return c == noneType, nil
		}
	}
	return false, Errorf(TypeError, "%s", msg)
}

func attrBuiltins() []*Native {
	name := func(v Value) (string, error) {
		s, ok := AsStr(v)
		if !ok {
			return "", Errorf(TypeError, "attribute name must be string, not '%s'", v.typ().name)
		}
		return s, nil
	}
	return []*Native{
		Func("getattr(object, name, default=None, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := name(a[1])
			if err != nil {
				return nil, err
			}
			v, err := t.GetAttr(a[0], s)
			if err != nil && a[2] != nil && isA(err, AttributeError) {
				return a[2], nil
			}
			return v, err
		}),
		Func("hasattr(obj, name, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := name(a[1])
			if err != nil {
				return nil, err
			}
			v, err := t.HasAttr(a[0], s)
			return NewBool(v != nil), err
		}),
		Func("setattr(obj, name, value, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := name(a[1])
			if err != nil {
				return nil, err
			}
			return None, t.SetAttr(a[0], s, a[2])
		}),
		Func("delattr(obj, name, /)", func(t *Thread, a []Value) (Value, error) {
			s, err := name(a[1])
			if err != nil {
				return nil, err
			}
			return None, t.delAttr(a[0], t.iso.intern(s))
		}),
	}
}
