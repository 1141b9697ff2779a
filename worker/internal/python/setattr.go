package python

// SetAttr is setattr(v, name, x).
func (t *Thread) SetAttr(v Value, name string, x Value) error {
	return t.setAttr(v, t.iso.intern(name), x)
}

func (t *Thread) setAttr(v Value, name *Str, x Value) error {
	switch o := v.(type) {
	case *Module:
		o.attrs.setStr(name, x)
		o.touched()
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
			return Errorf(AttributeError, "property '%s' of '%s' object has no setter", name.s, cls.qualname)
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
			return Errorf(AttributeError, "property '%s' of '%s' object has no deleter", name.s, cls.qualname)
		}
		_, err := t.call(p.del, []Value{v}, nil)
		return err
	}
	if a := attrsOf(v); a != nil {
		r, err := a.Delete(t, name)
		if m, ok := v.(*Module); ok {
			m.touched()
		}
		if r != nil || err != nil {
			return err
		}
	}
	return Errorf(AttributeError, "'%s' object has no attribute '%s'", cls.name, name.s)
}
