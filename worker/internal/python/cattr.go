package python

import (
	"gregaria/worker/internal/python/syntax"
)

// attrCache remembers what the class of the last object had under a name, and at which entry the object had its own.
type attrCache struct {
	cls     *Type
	version uint32
	d       Value // of the class
	data    bool
	slow    bool
	hint    int
}

func (k *attrCache) fill(cls *Type, name *Str) {
	k.cls, k.version = cls, cls.version
	k.d = cls.lookup(name.s)
	k.data = k.d != nil && isData(k.d)
	k.slow = cls.fact().getattribute != nil || name.s == "__class__" || name.s == "__dict__"
}

// own returns the object's own attribute.
func (k *attrCache) own(i *Instance, name *Str) Value {
	a := i.attrs
	if a == nil {
		return nil
	}
	if uint(k.hint) < uint(len(a.entries)) {
		if e := &a.entries[k.hint]; e.key == Value(name) {
			return e.val
		}
	}
	if n := a.findStr(name); n >= 0 {
		k.hint = n
		a.entries[n].key = name
		return a.entries[n].val
	}
	return nil
}

func (c *compiler) attr(x *syntax.Attr) expr {
	obj, pos, name := c.expr(x.X), &x.Pos, c.iso.intern(x.Name)
	k := &attrCache{}
	return func(f *Frame) (Value, error) {
		o, err := obj(f)
		if err != nil {
			return nil, err
		}
		if i, ok := o.(*Instance); ok {
			if k.cls != i.cls || k.version != i.cls.version {
				k.fill(i.cls, name)
			}
			if !k.slow && !k.data {
				if v := k.own(i, name); v != nil {
					return v, nil
				}
				switch d := k.d.(type) {
				case nil, *PropertyValue, *wrapper, *Instance:
				case *Function:
					return &BoundMethod{d, i}, nil
				case Int, *Str, *List, *Dict, Float, Bool:
					return d, nil
				}
			}
		}
		v, err := f.t.getAttr(o, name)
		if err != nil {
			return nil, f.at(pos, err)
		}
		return v, nil
	}
}

func (c *compiler) assignAttr(x *syntax.Attr) store { //nolint:gocognit // one case a kind of value
	obj, pos, name := c.expr(x.X), &x.Pos, c.iso.intern(x.Name)
	k := &attrCache{}
	return func(f *Frame, v Value) error {
		o, err := obj(f)
		if err != nil {
			return err
		}
		if i, ok := o.(*Instance); ok && i.attrs != nil {
			if k.cls != i.cls || k.version != i.cls.version {
				k.fill(i.cls, name)
				k.slow = k.slow || i.cls.fact().setattr != nil
			}
			if a := i.attrs; !k.slow && !k.data && uint(k.hint) < uint(len(a.entries)) {
				if e := &a.entries[k.hint]; e.key == Value(name) {
					e.val = v
					return nil
				}
			}
		}
		if err := f.t.setAttr(o, name, v); err != nil {
			return f.at(pos, err)
		}
		if i, ok := o.(*Instance); ok && i.attrs != nil {
			if n := i.attrs.findStr(name); n >= 0 {
				k.hint = n
				i.attrs.entries[n].key = name
			}
		}
		return nil
	}
}
