package extra

import (
	"os"

	"gregaria/worker/internal/python"
)

// newImportlib makes what importlib in Python needs of the interpreter.
func newImportlib(*thread) (*python.Module, error) {
	return python.NewModule("_extra_importlib", nil,
		python.Func("module(name, file, /)", func(t *thread, a []value) (value, error) {
			name, _ := python.AsStr(a[0])
			file, err := t.FSPath(a[1])
			return python.NewSourceModule(name, file), err
		}),
		// run runs a file as the body of a module.
		python.Func("run(module, file, /)", func(t *thread, a []value) (value, error) {
			m, ok := a[0].(*python.Module)
			if !ok {
				return nil, python.Errorf(python.TypeError, "a module is needed, not %s", python.TypeOf(a[0]).Name())
			}
			file, err := t.FSPath(a[1])
			if err != nil {
				return nil, err
			}
			source, err := os.ReadFile(file)
			if err != nil {
				return nil, python.OSException(err, file)
			}
			return python.None, t.RunSource(m, file, source)
		}),
		// locate is the file of a module that has not been imported, "" for one of the worker's own and None for none.
		python.Func("locate(name, /)", func(t *thread, a []value) (value, error) {
			name, _ := python.AsStr(a[0])
			opts := t.Isolate().Options()
			if opts.Modules[name] != nil {
				return str(""), nil
			}
			if opts.Source != nil {
				if file, _, ok := opts.Source(name); ok {
					return str(file), nil
				}
			}
			return python.None, nil
		}),
	), nil
}
