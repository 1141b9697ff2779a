package python

// Module is a module.
type Module struct {
	name  string
	attrs *Dict
}

func (*Module) typ() *Type { return moduleType }

// Name returns __name__.
func (m *Module) Name() string { return m.name }

// Attrs returns the globals of the module.
func (m *Module) Attrs() *Dict { return m.attrs }

// NewModule makes a module from functions and other attributes.
func NewModule(name string, attrs map[string]Value, funcs ...*Native) *Module {
	m := &Module{name: name, attrs: NewDict()}
	m.attrs.SetStr("__name__", NewStr(name))
	m.attrs.SetStr("__doc__", None)
	for _, f := range funcs {
		f.module = name
		m.attrs.SetStr(f.name, f)
	}
	for k, v := range attrs {
		m.attrs.SetStr(k, v)
	}
	return m
}
