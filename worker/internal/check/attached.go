package check

import (
	"slices"
	"strings"

	"gregaria/worker/internal/python"
)

// attached knows which submodules are attributes of their packages. The world itself cannot tell: it imports modules to look
// at them, and that binds them.
type attached struct {
	packages map[string]*python.Module // each alone in an isolate
	all      *python.Thread            // an isolate in which all was imported that the files import
}

// bound says whether a submodule is an attribute of its package when a file asks for it: the file has imported it, or the
// package itself, Locust or another module has.
func (w *world) bound(m *module, name string) bool {
	return w.imports[m.name+"."+name] || slices.Contains(m.py.Below(), name) || w.boundAlone(m.name, name) || w.boundByAll(m.name, name)
}

func (w *world) boundAlone(pkg, name string) bool {
	if w.packages == nil {
		w.packages = map[string]*python.Module{}
	}
	m, known := w.packages[pkg]
	if !known {
		t := idle(w.cfg.Modules).NewThread()
		_ = t.Do(func() error { // a module that does not load has no attributes
			var err error
			m, err = t.Import(pkg)
			return err
		})
		w.packages[pkg] = m
	}
	return shows(m, name)
}

func (w *world) boundByAll(pkg, name string) bool {
	if w.all == nil {
		w.all = idle(w.cfg.Modules).NewThread()
		_ = w.all.Do(func() error { // what does not load is reported elsewhere
			for _, imported := range append([]string{"locust"}, sortedKeys(w.imports)...) {
				_, _ = w.all.Import(imported)
			}
			return nil
		})
	}
	m, _ := w.all.Isolate().Modules().GetStr(pkg).(*python.Module)
	return shows(m, name)
}

// shows says whether a module has an attribute, without importing it.
func shows(m *python.Module, name string) bool {
	return m != nil && (m.Attrs().GetStr(name) != nil || slices.Contains(m.Below(), name))
}

// note remembers that a file imports a module, and so the packages around it.
func (w *world) note(module string) {
	for module != "" && !w.imports[module] {
		w.imports[module] = true
		module = module[:max(strings.LastIndexByte(module, '.'), 0)]
	}
}
