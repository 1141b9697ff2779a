package python

import (
	"fmt"
)

// ClassSpec describes a class in Go.
type ClassSpec struct {
	Name, Module string
	Bases        []*Type
	// New makes an object; without it the class makes plain objects with attributes.
	New func(t *Thread, cls *Type, args Args) (Value, error)
	// Methods are functions whose first argument is the object.
	Methods []*Native
	// Attrs are other attributes: [Property], [ClassMethod] and [StaticMethod] values among them.
	Attrs map[string]Value
	// OnSubclass runs when a class statement has made a subclass; kw are the keywords of that statement.
	OnSubclass func(t *Thread, cls *Type, kw Args) error
	// Subscript is Class[key], Iterate is iter(Class).
	Subscript func(t *Thread, cls *Type, key Value) (Value, error)
	Iterate   func(t *Thread, cls *Type) (Value, error)
}

// NewClass makes a class in Go. Its objects come from [NewInstance], and from New when Python code calls the class.
func NewClass(spec ClassSpec) *Type {
	ns := NewDict()
	cls, err := newHeapType(spec.Name, spec.Bases, ns)
	if err != nil {
		panic(fmt.Sprintf("python: class %s: %v", spec.Name, err))
	}
	cls.module = spec.Module
	for _, m := range spec.Methods {
		m.module, m.of = spec.Module, spec.Name+"."
		ns.SetStr(m.name, m)
	}
	for name, v := range spec.Attrs {
		ns.SetStr(name, v)
	}
	if spec.New != nil {
		cls.construct = spec.New
	}
	cls.onSubclass = spec.OnSubclass
	if spec.Subscript != nil {
		cls.subscript = spec.Subscript
	}
	if spec.Iterate != nil {
		cls.iterate = spec.Iterate
	}
	return cls
}

// Property makes a read-only attribute in Go.
func Property(get func(t *Thread, self Value) (Value, error)) Value {
	return &PropertyValue{get: Func("fget(self)", func(t *Thread, a []Value) (Value, error) { return get(t, a[0]) })}
}

// MutableProperty makes an attribute in Go that can be set.
func MutableProperty(get func(t *Thread, self Value) (Value, error), set func(t *Thread, self, v Value) error) Value {
	p := Property(get).(*PropertyValue)
	p.set = Func("fset(self, value)", func(t *Thread, a []Value) (Value, error) { return None, set(t, a[0], a[1]) })
	return p
}

// ClassMethod makes a class method in Go.
func ClassMethod(fn *Native) Value { return &wrapper{classMethodType, fn} }

// StaticMethod makes a static method in Go.
func StaticMethod(fn *Native) Value { return &wrapper{staticMethodType, fn} }

// PropertyValue is a property.
type PropertyValue struct {
	get, set, del Value
	doc           Value
}

func (*PropertyValue) typ() *Type { return propertyType }

// wrapper is a staticmethod or classmethod.
type wrapper struct {
	cls *Type
	fn  Value
}

func (w *wrapper) typ() *Type { return w.cls }
