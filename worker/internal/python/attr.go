package python

import "strings"

// GetAttr is getattr(v, name).
func (t *Thread) GetAttr(v Value, name string) (Value, error) {
	return t.getAttr(v, t.iso.intern(name))
}

// HasAttr returns an attribute, or nil if there is none.
func (t *Thread) HasAttr(v Value, name string) (Value, error) {
	r, err := t.getAttr(v, t.iso.intern(name))
	if err != nil && isA(err, AttributeError) {
		return nil, nil //nolint:nilnil // nil is absent
	}
	return r, err
}

// SetAttr is setattr(v, name, x).
func (t *Thread) SetAttr(v Value, name string, x Value) error {
	return t.setAttr(v, t.iso.intern(name), x)
}

// attrsOf returns where an object keeps its own attributes, if it has any.
func attrsOf(v Value) *Dict {
	switch v := v.(type) {
	case *Instance:
		return v.attrs
	case *Exception:
		return v.attrs
	case *Function:
		return v.attrs
	case *Module:
		return v.attrs
	}
	return nil
}

// bind turns what a class holds into what its object shows: the descriptor protocol.
func (t *Thread) bind(d, obj Value, cls *Type) (Value, error) {
	switch d := d.(type) {
	case *Function, *Native:
		if obj == nil {
			return d, nil
		}
		if n, ok := d.(*Native); ok && n.self != nil {
			return d, nil
		}
		return &BoundMethod{d, obj}, nil
	case *PropertyValue:
		if obj == nil {
			return d, nil
		}
		if d.get == nil {
			return nil, Errorf(AttributeError, "property of '%s' object has no getter", cls.name)
		}
		return t.call(d.get, []Value{obj}, nil)
	case *wrapper:
		if d.cls == staticMethodType {
			return d.fn, nil
		}
		return &BoundMethod{d.fn, cls}, nil
	case *Instance:
		if get := d.cls.lookup("__get__"); get != nil {
			if obj == nil {
				obj = None
			}
			return t.call(get, []Value{d, obj, cls}, nil)
		}
	}
	return d, nil
}

func isData(d Value) bool {
	switch d := d.(type) {
	case *PropertyValue:
		return true
	case *Instance:
		return d.cls.heap && d.cls.lookup("__set__") != nil
	}
	return false
}

func (t *Thread) getAttr(v Value, name *Str) (Value, error) {
	switch x := v.(type) {
	case *Module:
		if r := x.attrs.getStr(name); r != nil {
			return r, nil
		}
		if name.s == "__dict__" {
			return x.attrs, nil
		}
		if g := x.attrs.GetStr("__getattr__"); g != nil {
			return t.call(g, []Value{name}, nil)
		}
		return nil, Errorf(AttributeError, "module '%s' has no attribute '%s'", x.name, name.s)
	case *Type:
		return t.typeAttr(x, name)
	case *superValue:
		return t.superAttr(x, name)
	}
	cls := v.typ()
	if ga := cls.fact().getattribute; ga != nil {
		return t.call(ga, []Value{v, name}, nil)
	}
	r, err := t.plainGetAttr(v, cls, name)
	if r != nil || err != nil {
		if err != nil && cls.facts.getattr != nil && isA(err, AttributeError) {
			return t.call(cls.facts.getattr, []Value{v, name}, nil)
		}
		return r, err
	}
	if g := cls.facts.getattr; g != nil {
		return t.call(g, []Value{v, name}, nil)
	}
	e := Errorf(AttributeError, "'%s' object has no attribute '%s'", cls.name, name.s)
	e.Attrs().SetStr("name", name)
	e.Attrs().SetStr("obj", v)
	return nil, e
}

// plainGetAttr is object.__getattribute__; absent is nil.
func (t *Thread) plainGetAttr(v Value, cls *Type, name *Str) (Value, error) {
	d := cls.lookup(name.s)
	if d != nil && isData(d) {
		return t.bind(d, v, cls)
	}
	if a := attrsOf(v); a != nil {
		if r := a.getStr(name); r != nil {
			return r, nil
		}
	}
	if r := t.special(v, name.s); r != nil {
		return r, nil
	}
	if d != nil {
		return t.bind(d, v, cls)
	}
	return nil, nil //nolint:nilnil // nil is absent
}

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
		switch name {
		case "__name__", "__qualname__":
			return NewStr(x.name)
		case "__module__":
			return NewStr(x.module)
		case "__doc__":
			return None
		case "__self__":
			if x.self != nil {
				return x.self
			}
		}
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
		i := NewInstance(codeType, fn.code)
		i.Attrs().SetStr("co_name", NewStr(fn.name))
		i.Attrs().SetStr("co_filename", NewStr(fn.code.file))
		i.Attrs().SetStr("co_firstlineno", NewInt(int64(fn.code.pos.Line)))
		i.Attrs().SetStr("co_flags", NewInt(fn.code.flags()))
		i.Attrs().SetStr("co_kwonlyargcount", NewInt(int64(fn.code.nkw)))
		i.Attrs().SetStr("co_posonlyargcount", NewInt(int64(fn.code.posOnly)))
		i.Attrs().SetStr("co_argcount", NewInt(int64(fn.code.npos)))
		names := make([]Value, len(fn.code.names))
		for k, n := range fn.code.names {
			names[k] = n
		}
		i.Attrs().SetStr("co_varnames", NewTuple(names...))
		return i
	}
	return nil
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

// typeAttr is an attribute of a class.
func (t *Thread) typeAttr(c *Type, name *Str) (Value, error) {
	if m := c.meta; m != nil && m.heap {
		if d := m.lookup(name.s); d != nil && isData(d) {
			return t.bind(d, c, m)
		}
	}
	if d := c.lookup(name.s); d != nil && name.s != "__dict__" {
		if name.s == "__doc__" && c.dict.GetStr("__doc__") == nil {
			return None, nil
		}
		if name.s == "__hash__" || !strings.HasPrefix(name.s, "__") || c.heap || c.dict.GetStr(name.s) != nil {
			return t.bind(d, nil, c)
		}
	}
	switch name.s {
	case "__name__":
		return NewStr(c.name), nil
	case "__qualname__":
		return NewStr(c.qualname), nil
	case "__module__":
		if c.module == "" {
			return NewStr("builtins"), nil
		}
		return NewStr(c.module), nil
	case "__dict__":
		return c.dict.Copy(), nil
	case "__doc__":
		return None, nil
	case "__class__":
		return c.typ(), nil
	case "__bases__":
		return typeTuple(c.bases), nil
	case "__base__":
		if len(c.bases) == 0 {
			return None, nil
		}
		return c.bases[0], nil
	case "__mro__":
		return typeTuple(c.mro), nil
	case "mro":
		return Func("mro()", func(*Thread, []Value) (Value, error) { return NewList(typeTuple(c.mro).items...), nil }), nil
	case "__subclasses__":
		return Func("__subclasses__()", func(*Thread, []Value) (Value, error) { return NewList(typeTuple(c.subclasses).items...), nil }), nil
	}
	if d := c.lookup(name.s); d != nil {
		return t.bind(d, nil, c)
	}
	if m := c.meta; m != nil {
		if d := m.lookup(name.s); d != nil {
			return t.bind(d, c, m)
		}
		if g := m.lookup("__getattr__"); g != nil {
			return t.call(g, []Value{c, name}, nil)
		}
	}
	e := Errorf(AttributeError, "type object '%s' has no attribute '%s'", c.name, name.s)
	e.Attrs().SetStr("name", name)
	return nil, e
}

func typeTuple(ts []*Type) *Tuple {
	out := make([]Value, len(ts))
	for i, c := range ts {
		out[i] = c
	}
	return NewTuple(out...)
}

func (t *Thread) setAttr(v Value, name *Str, x Value) error {
	switch o := v.(type) {
	case *Module:
		o.attrs.setStr(name, x)
		return nil
	case *Type:
		return o.setAttr(name, x)
	}
	cls := v.typ()
	if sa := cls.fact().setattr; sa != nil {
		_, err := t.call(sa, []Value{v, name, x}, nil)
		return err
	}
	return t.plainSetAttr(v, cls, name, x)
}

func (t *Thread) plainSetAttr(v Value, cls *Type, name *Str, x Value) error {
	d := cls.lookup(name.s)
	switch d := d.(type) {
	case *PropertyValue:
		if d.set == nil {
			return Errorf(AttributeError, "property '%s' of '%s' object has no setter", name.s, cls.name)
		}
		_, err := t.call(d.set, []Value{v, x}, nil)
		return err
	case *Instance:
		if set := d.cls.lookup("__set__"); set != nil {
			_, err := t.call(set, []Value{d, v, x}, nil)
			return err
		}
	}
	switch o := v.(type) {
	case *Instance:
		if name.s == "__class__" {
			if c, ok := x.(*Type); ok {
				o.cls = c
				return nil
			}
		}
		if o.base != nil && !cls.heap {
			break
		}
		o.setAttr(name, x)
		return nil
	case *Exception:
		return o.setAttr(name, x)
	case *Function:
		return o.setAttr(name, x)
	case *BoundMethod:
		return Errorf(AttributeError, "'method' object has no attribute '%s'", name.s)
	}
	if d != nil {
		return Errorf(AttributeError, "'%s' object attribute '%s' is read-only", cls.name, name.s)
	}
	return Errorf(AttributeError, "'%s' object has no attribute '%s'", cls.name, name.s)
}

func (t *Type) setAttr(name *Str, x Value) error {
	if !t.heap {
		return Errorf(TypeError, "cannot set '%s' attribute of immutable type '%s'", name.s, t.name)
	}
	switch name.s {
	case "__name__":
		t.name, _ = AsStr(x)
		return nil
	case "__qualname__":
		t.qualname, _ = AsStr(x)
		return nil
	case "__module__":
		t.module, _ = AsStr(x)
		return nil
	}
	t.dict.setStr(name, x)
	t.changed()
	return nil
}

func (fn *Function) setAttr(name *Str, x Value) error {
	switch name.s {
	case "__name__":
		fn.name, _ = AsStr(x)
	case "__qualname__":
		fn.qualname, _ = AsStr(x)
	case "__doc__":
		fn.doc = x
	case "__module__":
		fn.module = x
	case "__annotations__":
		fn.annots = x
	default:
		fn.Attrs().setStr(name, x)
	}
	return nil
}

func (e *Exception) setAttr(name *Str, x Value) error {
	switch name.s {
	case "args":
		if a, ok := x.(*Tuple); ok {
			e.args = a
		}
	case "__cause__":
		e.cause, _ = x.(*Exception)
		e.suppress = true
	case "__context__":
		e.context, _ = x.(*Exception)
	case "__suppress_context__":
		e.suppress = x == True
	case "__traceback__":
		e.tb = nil
		if tb, ok := x.(*tracebackValue); ok {
			e.tb = append(e.tb, tb.entries...)
		}
	default:
		e.Attrs().setStr(name, x)
	}
	return nil
}

func (t *Thread) delAttr(v Value, name *Str) error {
	cls := v.typ()
	if c, ok := v.(*Type); ok {
		if !c.heap || c.dict.getStr(name) == nil {
			return Errorf(AttributeError, "type object '%s' has no attribute '%s'", c.name, name.s)
		}
		_, err := c.dict.Delete(t, name)
		c.changed()
		return err
	}
	if da := cls.fact().delat; da != nil {
		_, err := t.call(da, []Value{v, name}, nil)
		return err
	}
	if p, ok := cls.lookup(name.s).(*PropertyValue); ok {
		if p.del == nil {
			return Errorf(AttributeError, "property '%s' of '%s' object has no deleter", name.s, cls.name)
		}
		_, err := t.call(p.del, []Value{v}, nil)
		return err
	}
	if a := attrsOf(v); a != nil {
		r, err := a.Delete(t, name)
		if r != nil || err != nil {
			return err
		}
	}
	return Errorf(AttributeError, "'%s' object has no attribute '%s'", cls.name, name.s)
}

// superValue is super(cls, obj).
type superValue struct {
	cls *Type
	obj Value
	of  *Type // whose MRO is searched
}

func (*superValue) typ() *Type { return superType }

func newSuper(cls *Type, obj Value) (Value, error) {
	if c, ok := obj.(*Type); ok && c.Is(cls) {
		return &superValue{cls, obj, c}, nil
	}
	if obj.typ().Is(cls) {
		return &superValue{cls, obj, obj.typ()}, nil
	}
	return nil, Errorf(TypeError, "super(type, obj): obj must be an instance or subtype of type")
}

func (s *superValue) lookup(name string) Value {
	found := false
	for _, m := range s.of.mro {
		if found {
			if d := m.dict.GetStr(name); d != nil {
				return d
			}
		}
		found = found || m == s.cls
	}
	return nil
}

func (t *Thread) superAttr(s *superValue, name *Str) (Value, error) {
	d := s.lookup(name.s)
	if d == nil {
		if name.s == "__class__" {
			return superType, nil
		}
		return nil, Errorf(AttributeError, "'super' object has no attribute '%s'", name.s)
	}
	if c, ok := s.obj.(*Type); ok && c == s.of {
		if name.s == "__new__" {
			return t.bind(d, nil, c)
		}
		return t.bind(d, nil, c)
	}
	return t.bind(d, s.obj, s.of)
}

// tracebackValue is e.__traceback__.
type tracebackValue struct{ entries []traceEntry }

func (*tracebackValue) typ() *Type { return tracebackType }
