package python

import (
	"slices"
	"sync/atomic"
)

// Module is a module.
type Module struct {
	name  string
	attrs *Dict
	below []string // submodules that are attributes before anyone has imported them

	watched bool // see [Thread.Watch]
}

//nolint:gochecknoglobals // as changes
var moduleChanges atomic.Uint64

// ModuleChanges is how often a name was set or deleted from outside in a module that somebody watches, in any isolate.
func ModuleChanges() uint64 { return moduleChanges.Load() }

// Watch has the changes of the module of these globals counted; the module is loaded or being loaded.
func (t *Thread) Watch(globals *Dict) {
	t.iso.modules.All(func(_, v Value) bool {
		m, ok := v.(*Module)
		if ok = ok && m.attrs == globals; ok {
			m.watched = true
		}
		return !ok
	})
}

// touched notes that a name was set or deleted from outside.
func (m *Module) touched() {
	if m.watched {
		moduleChanges.Add(1)
	}
}

func (*Module) typ() *Type { return moduleType }

// Name returns __name__.
func (m *Module) Name() string { return m.name }

// Attrs returns the globals of the module.
func (m *Module) Attrs() *Dict { return m.attrs }

// Submodules names modules below m that are attributes of it although the file has not imported them, as those are that Locust
// itself imports. The first who asks for one imports it, so that nobody pays for what nobody uses. The slice is kept.
func (m *Module) Submodules(names []string) { m.below = names }

// Below returns what [Module.Submodules] was given.
func (m *Module) Below() []string { return m.below }

// submodule imports one of m's submodules; nil is none.
func (t *Thread) submodule(m *Module, name string) (Value, error) {
	if !slices.Contains(m.below, name) {
		return nil, nil //nolint:nilnil // nil is absent
	}
	sub, err := t.Import(m.name + "." + name)
	if err != nil {
		return nil, err
	}
	return sub, nil
}

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
