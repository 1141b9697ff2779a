package python

import (
	"strings"
)

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
			return nil, Errorf(AttributeError, "property of '%s' object has no getter", cls.qualname)
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
		if sub, err := t.submodule(x, name.s); sub != nil || err != nil {
			return sub, err
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
		return Func("__subclasses__()", func(*Thread, []Value) (Value, error) { return NewList(typeTuple(c.living()).items...), nil }), nil
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

// tracebackValue is e.__traceback__.
type tracebackValue struct{ entries []traceEntry }

func (*tracebackValue) typ() *Type { return tracebackType }
