package python

import (
	"strings"

	"gregaria/worker/internal/python/syntax"
)

func (c *compiler) importStmt(x *syntax.Import) stmt {
	type one struct {
		name string
		as   bool
		set  store
	}
	var list []one
	for _, a := range x.Names {
		list = append(list, one{a.Name, a.As != "", c.assignName(importedAs(a))})
	}
	pos := &x.Pos
	return func(f *Frame) (ctl, error) {
		for _, a := range list {
			f.line = pos.Line
			m, err := f.t.Import(a.name)
			if err != nil {
				return 0, f.at(pos, err)
			}
			if !a.as {
				top, _, _ := strings.Cut(a.name, ".")
				if m, err = f.t.Import(top); err != nil {
					return 0, f.at(pos, err)
				}
			}
			if err := a.set(f, m); err != nil {
				return 0, err
			}
		}
		return ctlNext, nil
	}
}

func (c *compiler) importFrom(x *syntax.ImportFrom) stmt {
	sets := make([]store, len(x.Names))
	for i, a := range x.Names {
		name := a.As
		if name == "" {
			name = a.Name
		}
		sets[i] = c.assignName(name)
	}
	pos := &x.Pos
	return func(f *Frame) (ctl, error) {
		f.line = pos.Line
		name, err := f.absolute(x.Module, x.Level)
		if err != nil {
			return 0, f.at(pos, err)
		}
		m, err := f.t.Import(name)
		if err != nil {
			return 0, f.at(pos, err)
		}
		if x.Names == nil {
			return ctlNext, f.importStar(m)
		}
		for i, a := range x.Names {
			v, err := f.t.importName(m, name, a.Name)
			if err != nil {
				return 0, f.at(pos, err)
			}
			if err := sets[i](f, v); err != nil {
				return 0, err
			}
		}
		return ctlNext, nil
	}
}

// absolute resolves a relative import against the package of the module.
func (f *Frame) absolute(name string, level int) (string, error) {
	if level == 0 {
		return name, nil
	}
	pkg, _ := AsStr(orNone(f.globals.GetStr("__package__")))
	if pkg == "" {
		return "", Errorf(ImportError, "attempted relative import with no known parent package")
	}
	for ; level > 1; level-- {
		i := strings.LastIndexByte(pkg, '.')
		if i < 0 {
			return "", Errorf(ImportError, "attempted relative import beyond top-level package")
		}
		pkg = pkg[:i]
	}
	if name == "" {
		return pkg, nil
	}
	return pkg + "." + name, nil
}

func (f *Frame) importStar(m *Module) error {
	if all := m.attrs.GetStr("__all__"); all != nil {
		return f.t.Each(all, func(n Value) error {
			s, _ := AsStr(n)
			v, err := f.t.GetAttr(m, s)
			if err == nil {
				f.globals.SetStr(s, v)
			}
			return err
		})
	}
	m.attrs.All(func(k, v Value) bool {
		if s, ok := k.(*Str); ok && !strings.HasPrefix(s.s, "_") {
			f.globals.setStr(s, v)
		}
		return true
	})
	return nil
}

func (t *Thread) importName(m *Module, modName, name string) (Value, error) {
	v, err := t.HasAttr(m, name)
	if v != nil || err != nil {
		return v, err
	}
	sub, err := t.Import(modName + "." + name)
	if err == nil {
		return sub, nil
	}
	if !isA(err, ModuleNotFoundError) || !lacks(err, modName+"."+name) {
		return nil, err
	}
	file, _ := AsStr(orNone(m.attrs.GetStr("__file__")))
	if file == "" {
		file = "unknown location"
	}
	e := Errorf(ImportError, "cannot import name '%s' from '%s' (%s)", name, modName, file)
	e.Attrs().SetStr("name", NewStr(modName))
	return nil, e
}

// lacks says whether err is that the module itself is not there, not one that it imports
// (importlib._bootstrap._handle_fromlist).
func lacks(err error, module string) bool {
	name, _ := AsStr(orNone(AsException(err).Attrs().GetStr("name")))
	return name == module
}

// Import imports a module by its full name, its parents first.
func (t *Thread) Import(name string) (*Module, error) {
	if m, ok := t.iso.modules.GetStr(name).(*Module); ok {
		return m, nil
	}
	var parent *Module
	i := strings.LastIndexByte(name, '.')
	if i >= 0 {
		p, err := t.Import(name[:i])
		if err != nil {
			return nil, err
		}
		parent = p
		if m, ok := p.attrs.GetStr(name[i+1:]).(*Module); ok && m.name == name {
			return m, nil
		}
	}
	m, err := t.find(name)
	if err != nil {
		return nil, err
	}
	if parent != nil {
		parent.attrs.SetStr(name[i+1:], m)
	}
	return m, nil
}

func (t *Thread) find(name string) (*Module, error) {
	if mk := t.iso.opts.Modules[name]; mk != nil {
		m, err := mk(t)
		if err != nil {
			return nil, err
		}
		t.iso.modules.SetStr(name, m)
		return m, nil
	}
	if t.iso.opts.Source != nil {
		if file, src, ok := t.iso.opts.Source(name); ok {
			return t.loadSource(name, file, src)
		}
	}
	e := Errorf(ModuleNotFoundError, "No module named '%s'", name)
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		if m, ok := t.iso.modules.GetStr(name[:i]).(*Module); ok && m.attrs.GetStr("__path__") == nil {
			e = Errorf(ModuleNotFoundError, "No module named '%s'; '%s' is not a package", name, name[:i])
		}
	}
	e.Attrs().SetStr("name", NewStr(name))
	return nil, e
}

// loadSource runs a local module. It is in sys.modules while it runs, so that a ring of imports ends.
func (t *Thread) loadSource(name, file string, src []byte) (*Module, error) {
	tree, err := syntax.Parse(file, src)
	if err != nil {
		return nil, AsException(err)
	}
	if rewrite := t.iso.opts.Rewrite; rewrite != nil {
		tree = rewrite(tree)
	}
	return t.loadTree(name, tree)
}

// NewSourceModule makes the module of a source file, which has not run and is not in sys.modules.
func NewSourceModule(name, file string) *Module {
	m := &Module{name: name, attrs: NewDict()}
	m.attrs.SetStr("__doc__", None)
	m.locate(file)
	return m
}

// RunSource runs source as the body of a module.
func (t *Thread) RunSource(m *Module, file string, source []byte) error {
	tree, err := syntax.Parse(file, source)
	if err != nil {
		return AsException(err)
	}
	if rewrite := t.iso.opts.Rewrite; rewrite != nil {
		tree = rewrite(tree)
	}
	m.attrs.SetStr("__doc__", docstring(tree.Body))
	handling := t.handling
	t.handling = nil
	err = t.runModule(m, tree)
	t.handling = handling
	return err
}

func (t *Thread) loadTree(name string, tree *syntax.Module) (*Module, error) {
	m := &Module{name: name, attrs: NewDict()}
	m.locate(tree.File)
	m.attrs.SetStr("__doc__", docstring(tree.Body))
	t.iso.modules.SetStr(name, m)
	handling := t.handling
	t.handling = nil
	err := t.runModule(m, tree)
	t.handling = handling
	if err != nil {
		if _, derr := t.iso.modules.Delete(t, NewStr(name)); derr != nil {
			return nil, derr
		}
		return nil, err
	}
	return m, nil
}

// locate gives a module the names that follow from its own and from that of its file.
func (m *Module) locate(file string) {
	name, pkg := m.name, ""
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		pkg = name[:i]
	}
	m.attrs.SetStr("__name__", NewStr(name))
	m.attrs.SetStr("__file__", NewStr(file))
	if strings.HasSuffix(file, "__init__.py") || file == "" {
		pkg = name
		m.attrs.SetStr("__path__", NewList(NewStr(strings.TrimSuffix(file, "/__init__.py"))))
	}
	m.attrs.SetStr("__package__", NewStr(pkg))
}
