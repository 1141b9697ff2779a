package check

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// world is an isolate with the worker's modules, to ask them what they have. It belongs to one goroutine, which holds its lock.
type world struct {
	cfg      Config
	ref      *reference
	t        *python.Thread
	modules  map[string]*module
	objects  map[string]python.Value
	probes   []python.Value
	probed   map[string]bool           // what builtin found
	trees    map[*syntax.Module]string // what stored found
	types    map[*python.Type]string   // what stores found
	pool     map[string]bool           // attributes of all classes of all modules, made by anyClass
	unlike   map[string]string         // differences
	imports  map[string]bool           // the modules that the files import
	attached                           // what bound found
	err      error                     // of modules that do not load
}

// module is one of the worker's modules. py is nil for a module of Locust that only the reference knows.
type module struct {
	name string
	py   *python.Module
}

// probeSource makes an object of each kind that needs no module.
const probeSource = `
def function(): yield
probes = [function, function(), "".join, "", b"", bytearray(), 1, 1.5, True, None, [], (), {}, set(), frozenset(), range(1), slice(1), object(),
    {}.keys(), {}.values(), {}.items(), iter([]), iter({}), enumerate([]), zip(), map(str, []), reversed([]), property(function), len, int,
    OSError(2, "m", "f"), KeyError("k"), SystemExit(1), ImportError("m", name="n"), StopIteration(1), staticmethod(function)]
try:
    b"\xff".decode("utf-8")
except UnicodeDecodeError as e:
    probes += [e, e.__traceback__]
try:
    undefined
except NameError as e:
    probes += [e]
`

// idle makes an isolate that opens no file and never waits.
func idle(modules map[string]Maker) *python.Isolate {
	return python.New(python.Options{
		Modules: modules, Stdout: io.Discard, Stderr: io.Discard,
		Open:  func(string, int, os.FileMode) (python.File, error) { return nil, os.ErrPermission },
		Sleep: func(*python.Thread, time.Duration) error { return nil },
	})
}

func newWorld(cfg Config) *world {
	w := &world{
		cfg: cfg, ref: newReference(), t: idle(cfg.Modules).NewThread(), modules: map[string]*module{}, objects: map[string]python.Value{}, probed: map[string]bool{},
		trees: map[*syntax.Module]string{}, types: map[*python.Type]string{}, imports: map[string]bool{}, unlike: differences(),
	}
	w.t.Lock()
	return w
}

func (w *world) close() { w.t.Unlock() }

// module returns one of the worker's modules, nil if it has none of that name.
func (w *world) module(name string) *module {
	if m, ok := w.modules[name]; ok {
		return m
	}
	var m *module
	root, _, _ := strings.Cut(name, ".")
	switch {
	case w.cfg.Modules[root] != nil:
		py, err := w.t.Import(name)
		if err != nil && w.cfg.Modules["locust"] != nil { // some need what Locust has set up, and a run has imported it
			if _, lerr := w.t.Import("locust"); lerr == nil {
				py, err = w.t.Import(name)
			}
		}
		if err == nil {
			m = &module{name, py}
		} else if w.cfg.Modules[name] != nil || !python.AsException(err).IsA(python.ModuleNotFoundError) {
			w.err = errors.Join(w.err, fmt.Errorf("load module %s: %w", name, err))
		}
	case root == "locust" && w.ref.documented[name] != "":
		m = &module{name, nil}
	}
	w.modules[name] = m
	return m
}

// attr returns what a module has under a name; ok without a value says that only the reference knows. A submodule counts
// where it is bound to its package when the file asks for it.
func (w *world) attr(m *module, name string) (v python.Value, ok bool) {
	if m.py == nil {
		has, _ := w.ref.module(m.name, name)
		return nil, has
	}
	v, err := w.t.HasAttr(m.py, name)
	if err != nil || v == nil || isAbsent(v) {
		return nil, false
	}
	if sub, isModule := v.(*python.Module); isModule && sub.Name() == m.name+"."+name && !w.bound(m, name) {
		return nil, false
	}
	return v, true
}

// isAbsent says whether a value only stands for what the worker lacks (python/stdlib/py/_absent.py).
func isAbsent(v python.Value) bool {
	i, ok := v.(*python.Instance)
	return ok && i.Class().Name() == "Absent" && i.Class().Module() == "_absent"
}

// importable says whether "from module import name" works although the worker lacks what the name stands for.
func (w *world) importable(m *module, name string) bool {
	if m.py == nil {
		return false
	}
	v, err := w.t.HasAttr(m.py, name)
	return err == nil && v != nil && isAbsent(v)
}

// member returns what "from module import name" brings: submodules are imported by it.
func (w *world) member(m *module, name string) (v python.Value, ok bool) {
	if v, ok := w.attr(m, name); ok || m.py == nil {
		return v, ok
	}
	if sub := w.module(m.name + "." + name); sub != nil {
		return sub.py, true
	}
	return nil, false
}

// object returns what stands at a dotted path such as "locust.env.Environment"; nil is nothing.
func (w *world) object(path string) python.Value {
	if v, ok := w.objects[path]; ok {
		return v
	}
	var v python.Value
	for i := strings.LastIndexByte(path, '.'); i > 0 && v == nil; i = strings.LastIndexByte(path[:i], '.') {
		m := w.module(path[:i])
		if m == nil || m.py == nil {
			continue
		}
		v = m.py
		for _, name := range strings.Split(path[i+1:], ".") {
			if v, _ = w.t.HasAttr(v, name); v == nil {
				break
			}
		}
	}
	w.objects[path] = v
	return v
}

// builtin says whether an object that needs no module has an attribute.
func (w *world) builtin(name string) bool {
	if w.probes == nil {
		w.probe()
	}
	found, known := w.probed[name]
	if !known {
		found = slices.ContainsFunc(w.probes, func(v python.Value) bool {
			a, err := w.t.HasAttr(v, name)
			return a != nil || err != nil
		})
		w.probed[name] = found
	}
	return found
}

func (w *world) probe() {
	w.probes = []python.Value{python.NewFile(nil, "r", "utf-8", "strict"), python.NewFile(nil, "rb", "", "")}
	m, err := w.t.Exec("probes", "<probes>", []byte(probeSource))
	if err != nil {
		w.err = errors.Join(w.err, fmt.Errorf("make an object of each kind: %w", err))
		return
	}
	if l, ok := m.Attrs().GetStr("probes").(*python.List); ok {
		w.probes = append(w.probes, l.Items()...)
	}
}
