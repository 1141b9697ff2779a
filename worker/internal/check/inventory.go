package check

import (
	"slices"
	"strings"

	"gregaria/worker/internal/python"
)

// ModuleInventory is what the worker has of a module. Classes stand with their attributes: "Random.gauss".
type ModuleInventory struct {
	Name string
	Has  []string // names that the worker has
	// Lacks are the names that CPython, Locust or requests document and the worker lacks. Known is false where nobody noted them.
	Lacks []string
	Known bool
}

// Inventory compares every module of the worker with the original, for the documentation. Modules whose names begin with _ are
// the worker's own.
func Inventory(cfg Config) ([]ModuleInventory, error) {
	w := newWorld(cfg)
	defer w.close()
	var out []ModuleInventory
	for _, name := range sortedKeys(cfg.Modules) {
		if strings.HasPrefix(name, "_") && name != "__future__" {
			continue
		}
		if m := w.module(name); m != nil {
			out = append(out, w.inventory(m))
		}
	}
	return out, w.err
}

func (w *world) inventory(m *module) ModuleInventory {
	theirs, known := w.ref.documented[m.name]
	inv := ModuleInventory{Name: m.name, Known: known}
	m.py.Attrs().All(func(k, _ python.Value) bool {
		if s, ok := python.AsStr(k); ok && !strings.HasPrefix(s, "_") {
			inv.Has = append(inv.Has, s)
		}
		return true
	})
	slices.Sort(inv.Has)
	for _, n := range strings.Fields(theirs) {
		v, ok := w.member(m, n)
		if !ok && n != "-" {
			inv.Lacks = append(inv.Lacks, n)
		}
		if t, isClass := v.(*python.Type); isClass {
			inv.Lacks = append(inv.Lacks, w.classLacks(t, m.name+"."+n, n)...)
		}
	}
	return inv
}

func (w *world) classLacks(t *python.Type, path, name string) []string {
	var out []string
	for _, a := range strings.Fields(w.ref.classes[path] + w.ref.instances[path]) {
		if w.ofType(t, path, a) == no {
			out = append(out, name+"."+a)
		}
	}
	return out
}
