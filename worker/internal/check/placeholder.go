package check

import (
	"strings"

	"gregaria/worker/internal/python"
)

// Placeholders makes modules that stand in for those that a file imports, that the worker lacks and that nothing which the
// worker runs uses, as findings say. Every name can be imported from them; whoever uses one after all gets a ModuleNotFoundError.
func Placeholders(findings []Finding) map[string]Maker {
	out := map[string]Maker{}
	for _, f := range findings {
		for name := f.Placeholder; name != ""; {
			out[name] = placeholder(name)
			i := strings.LastIndexByte(name, '.')
			name = name[:max(i, 0)]
		}
	}
	return out
}

func placeholder(name string) Maker {
	return func(*python.Thread) (*python.Module, error) {
		missing := func() error {
			return python.Errorf(python.ModuleNotFoundError, "No module named '%s'", name)
		}
		cls := python.NewClass(python.ClassSpec{Name: "placeholder", Module: name, Methods: []*python.Native{
			python.Func("__getattr__(self, name)", func(*python.Thread, []python.Value) (python.Value, error) { return nil, missing() }),
			python.RawFunc("__call__", func(*python.Thread, python.Args) (python.Value, error) { return nil, missing() }),
		}})
		m := python.NewModule(name, nil)
		m.Attrs().SetStr("__getattr__", python.Func("__getattr__(name)", func(_ *python.Thread, a []python.Value) (python.Value, error) {
			if s, _ := python.AsStr(a[0]); strings.HasPrefix(s, "__") {
				return nil, python.Errorf(python.AttributeError, "module '%s' has no attribute '%s'", name, s)
			}
			return python.NewInstance(cls, nil), nil
		}))
		return m, nil
	}
}
