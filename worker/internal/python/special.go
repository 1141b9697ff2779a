package python

// special are the attributes that no dict holds.
func (t *Thread) special(v Value, name string) Value {
	switch name {
	case "__class__":
		return v.typ()
	case "__dict__":
		switch x := v.(type) {
		case *Instance:
			return x.Attrs()
		case *Exception:
			return x.Attrs()
		case *Function:
			return x.Attrs()
		}
		return nil
	}
	switch x := v.(type) {
	case *Function:
		return x.special(name)
	case *Native:
		return x.special(name)
	case *BoundMethod:
		switch name {
		case "__self__":
			return x.self
		case "__func__":
			return x.fn
		}
		if r, err := t.HasAttr(x.fn, name); err == nil && r != nil {
			return r
		}
	case *Exception:
		return x.special(name)
	case *wrapper:
		if name == "__func__" || name == "__wrapped__" {
			return x.fn
		}
	case *tracebackValue:
		return x.special(name)
	case *PropertyValue:
		return x.special(name)
	case *Generator:
		return x.special(name)
	case *Cell:
		if name == "cell_contents" {
			return x.v
		}
	case *dictView:
		if name == "mapping" {
			return x.d
		}
	case *Slice:
		return map[string]Value{"start": x.start, "stop": x.stop, "step": x.step}[name]
	case *Range:
		if i, ok := map[string]int64{"start": x.start, "stop": x.stop, "step": x.step}[name]; ok {
			return NewInt(i)
		}
	}
	return nil
}

func (n *Native) special(name string) Value {
	switch name {
	case "__name__", "__qualname__":
		return NewStr(n.name)
	case "__module__":
		return NewStr(n.module)
	case "__doc__":
		return None
	case "__self__":
		if n.self != nil {
			return n.self
		}
	}
	return nil
}

func (fn *Function) special(name string) Value {
	switch name {
	case "__name__":
		return NewStr(fn.name)
	case "__qualname__":
		return NewStr(fn.qualname)
	case "__doc__":
		return fn.doc
	case "__module__":
		return fn.module
	case "__globals__":
		return fn.globals
	case "__defaults__":
		if len(fn.defaults) == 0 {
			return None
		}
		return NewTuple(fn.defaults...)
	case "__kwdefaults__":
		return fn.keywordDefaults()
	case "__closure__":
		if len(fn.closure) == 0 {
			return None
		}
		cells := make([]Value, len(fn.closure))
		for i, c := range fn.closure {
			cells[i] = c
		}
		return NewTuple(cells...)
	case "__annotations__":
		if fn.annots == nil {
			fn.annots = NewDict()
		}
		return fn.annots
	case "__code__":
		return codeObject(fn.code)
	}
	return nil
}

// codeObject is __code__ of a function, or f_code of a frame.
func codeObject(c *Code) Value {
	names := make([]Value, len(c.names))
	for k, n := range c.names {
		names[k] = n
	}
	i := NewInstance(codeType, c)
	for name, v := range map[string]Value{
		"co_name": NewStr(c.name), "co_qualname": NewStr(c.qualname), "co_filename": NewStr(c.file), "co_firstlineno": NewInt(int64(c.pos.Line)),
		"co_flags": NewInt(c.flags()), "co_kwonlyargcount": NewInt(int64(c.nkw)), "co_posonlyargcount": NewInt(int64(c.posOnly)),
		"co_argcount": NewInt(int64(c.npos)), "co_varnames": NewTuple(names...),
	} {
		i.Attrs().SetStr(name, v)
	}
	return i
}

// keywordDefaults is __kwdefaults__.
func (fn *Function) keywordDefaults() Value {
	d := NewDict()
	for i, v := range fn.kwDefaults {
		if v != nil {
			d.setStr(fn.code.names[fn.code.npos+i], v)
		}
	}
	if d.Len() == 0 {
		return None
	}
	return d
}

func (p *PropertyValue) special(name string) Value {
	pick := func(v Value) Value {
		if v == nil {
			return None
		}
		return v
	}
	switch name {
	case "fget":
		return pick(p.get)
	case "fset":
		return pick(p.set)
	case "fdel":
		return pick(p.del)
	case "__isabstractmethod__":
		return False
	case "__doc__":
		return pick(p.doc)
	}
	return nil
}

func (e *Exception) special(name string) Value {
	orNone := func(x *Exception) Value {
		if x == nil {
			return None
		}
		return x
	}
	switch name {
	case "args":
		return e.args
	case "__cause__":
		return orNone(e.cause)
	case "__context__":
		return orNone(e.context)
	case "__suppress_context__":
		return NewBool(e.suppress)
	case "__traceback__":
		if len(e.tb) == 0 {
			return None
		}
		return &tracebackValue{append([]traceEntry(nil), e.tb...)}
	case "value":
		if e.cls.Is(StopIteration) {
			if len(e.args.items) > 0 {
				return e.args.items[0]
			}
			return None
		}
	case "msg":
		if e.cls.Is(ImportError) {
			return e.msg()
		}
	case "name", "obj":
		if e.cls.Is(AttributeError) || name == "name" && e.cls.Is(NameError) {
			return None // nobody has said
		}
	case "code":
		if e.cls.Is(SystemExit) {
			switch len(e.args.items) {
			case 0:
				return None
			case 1:
				return e.args.items[0]
			}
			return e.args
		}
	}
	if v := e.codecSpecial(name); v != nil {
		return v
	}
	return e.osSpecial(name)
}

// msg is the message of an ImportError.
func (e *Exception) msg() Value {
	if len(e.args.items) == 1 {
		return e.args.items[0]
	}
	return None
}

func (e *Exception) osSpecial(name string) Value {
	if !e.cls.Is(OSError) {
		return nil
	}
	i := map[string]int{"errno": 1, "strerror": 2}[name]
	if i > 0 && len(e.args.items) >= 2 {
		return e.args.items[i-1]
	}
	if i > 0 || name == "filename" || name == "filename2" {
		return None
	}
	return nil
}
