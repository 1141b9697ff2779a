package check

import (
	"slices"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// answer is what the worker says to "do you have this attribute?".
type answer uint8

const (
	no    answer = iota
	maybe        // only an object could tell
	yes
)

// public returns the names of a module that "import *" brings.
func (w *world) public(m *module) []string {
	if m.py == nil {
		return strings.Fields(w.ref.documented[m.name])
	}
	var out []string
	if all := m.py.Attrs().GetStr("__all__"); all != nil {
		_ = w.t.Each(all, func(v python.Value) error { // an __all__ that is no list of texts brings nothing
			if s, ok := python.AsStr(v); ok {
				out = append(out, s)
			}
			return nil
		})
		return out
	}
	m.py.Attrs().All(func(k, _ python.Value) bool {
		if s, _ := python.AsStr(k); s != "" && !strings.HasPrefix(s, "_") {
			out = append(out, s)
		}
		return true
	})
	return out
}

// class says whether the worker's class at a path, or its objects, have an attribute.
func (w *world) class(path, name string) answer {
	if strings.HasPrefix(path, "builtins.") {
		return w.ofBuiltin(path, name)
	}
	t, ok := w.object(path).(*python.Type)
	if !ok {
		return w.unseen(path)
	}
	return w.ofType(t, path, name)
}

// unseen answers for a class that the worker does not show: nobody can tell, unless the worker lacks its whole module.
func (w *world) unseen(path string) answer {
	for i := strings.LastIndexByte(path, '.'); i > 0; i = strings.LastIndexByte(path[:i], '.') {
		if w.ref.documented[path[:i]] != "" {
			if w.module(path[:i]) == nil {
				return no
			}
			break
		}
	}
	return maybe
}

func (w *world) ofType(t *python.Type, path, name string) answer {
	if t.Lookup(name) != nil || has(w.stores(t), name) {
		return yes
	}
	if v, err := w.t.HasAttr(t, name); err == nil && v != nil { // of its metaclass
		return yes
	}
	switch {
	case t.Lookup("__getattr__") != nil:
		return maybe
	case t.Is(python.BaseException) && w.builtin(name): // exceptions keep args, errno and so on in Go
		return yes
	case w.cfg.Attributes != nil && slices.Contains(w.cfg.Attributes(path), name):
		return yes
	case w.cfg.Attributes == nil && has(w.ref.instances[path], name):
		return maybe
	}
	return no
}

func (w *world) ofBuiltin(path, name string) answer {
	if t, ok := w.t.Isolate().Builtins().GetStr(path[len("builtins."):]).(*python.Type); ok && t.Lookup(name) != nil {
		return yes
	}
	if w.builtin(name) {
		return yes
	}
	return no
}

// stores returns the attributes that the methods of a class in Python give to their objects, each between spaces.
func (w *world) stores(t *python.Type) string {
	if names, ok := w.types[t]; ok {
		return names
	}
	out := " "
	for _, k := range t.MRO() {
		k.Dict().All(func(_, v python.Value) bool {
			fn, ok := v.(*python.Function)
			if ok { // one function has the tree of the whole module
				out += w.stored(fn.Tree())
			}
			return !ok
		})
	}
	w.types[t] = out
	return out
}

// stored returns the attributes that a file assigns.
func (w *world) stored(tree *syntax.Module) string {
	if names, ok := w.trees[tree]; ok || tree == nil {
		return names
	}
	var out strings.Builder
	var blocks func(body []syntax.Stmt)
	blocks = func(body []syntax.Stmt) {
		for _, s := range body {
			for _, x := range syntax.Operands(s) {
				storedBy(s, x, &out)
			}
			for _, b := range syntax.Blocks(s) {
				blocks(b)
			}
		}
	}
	blocks(tree.Body)
	w.trees[tree] = out.String()
	return out.String()
}

// storedBy adds the attributes among the targets of a statement.
func storedBy(s syntax.Stmt, x syntax.Expr, out *strings.Builder) {
	var targets []syntax.Expr
	switch s := s.(type) {
	case *syntax.Assign:
		targets = s.Targets
	case *syntax.AnnAssign:
		targets = []syntax.Expr{s.Target}
	}
	if !slices.Contains(targets, x) {
		return
	}
	syntax.Inspect(x, func(e syntax.Expr) bool {
		if a, ok := e.(*syntax.Attr); ok {
			out.WriteString(a.Name + " ")
		}
		return true
	})
}

// near says whether the module of a class is loaded already.
func (w *world) near(path string) bool {
	i := max(strings.LastIndexByte(path, '.'), 0)
	return w.modules[path[:i]] != nil
}

// loaded says whether a module that was looked at has a name: modules are objects too.
func (w *world) loaded(name string) bool {
	for _, m := range w.modules {
		if m != nil && m.py != nil && m.py.Attrs().GetStr(name) != nil {
			return true
		}
	}
	return false
}

// anyClass says whether a class of the worker's modules has an attribute, however far away. It loads all modules.
func (w *world) anyClass(name string) bool {
	if w.pool == nil {
		w.pool = map[string]bool{}
		for _, module := range sortedKeys(w.cfg.Modules) {
			if m := w.module(module); m != nil && m.py != nil {
				w.gather(m.py)
			}
		}
	}
	return w.pool[name]
}

// gather adds the attributes of a module's classes and objects to the pool.
func (w *world) gather(m *python.Module) {
	m.Attrs().All(func(k, v python.Value) bool {
		if s, ok := python.AsStr(k); ok {
			w.pool[s] = true
		}
		t, ok := v.(*python.Type)
		if i, isObject := v.(*python.Instance); isObject {
			t, ok = i.Class(), true
		}
		if !ok {
			return true
		}
		for _, k := range t.MRO() {
			k.Dict().All(func(n, _ python.Value) bool {
				if s, ok := python.AsStr(n); ok {
					w.pool[s] = true
				}
				return true
			})
		}
		for _, n := range strings.Fields(w.stores(t)) {
			w.pool[n] = true
		}
		return true
	})
}
