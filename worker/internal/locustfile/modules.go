package locustfile

import (
	"embed"
	"io/fs"
	"maps"
	"path"
	"strings"

	"gregaria/worker/internal/extra"
	"gregaria/worker/internal/locustfile/session"
	"gregaria/worker/internal/options"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
	"gregaria/worker/internal/requests"
)

//go:embed all:py/locust
var sources embed.FS

type maker = func(t *python.Thread) (*python.Module, error)

// Modules are all modules that a locustfile can import beside its own, by full name. They are for a check: the locust
// module among them belongs to no worker.
func Modules() map[string]maker { return modules(&File{line: options.None()}, levelInfo) }

const levelInfo = 20 // logging.INFO

// modules lists where modules come from: Python's own, requests, the rest of what locustfiles use, Locust.
func modules(f *File, level int) map[string]maker {
	m := map[string]maker{}
	maps.Copy(m, stdlib.Modules())
	maps.Copy(m, extra.Modules())
	maps.Copy(m, requests.Modules())
	maps.Copy(m, session.Modules())
	maps.Copy(m, locustModules())
	m["locust._worker"] = func(t *python.Thread) (*python.Module, error) { return f.newWorkerModule(t, level) }
	attachSubmodules(m)
	return m
}

// locustModules are the modules in py/locust, which is laid out as Locust's own package.
func locustModules() map[string]maker {
	m := map[string]maker{}
	err := fs.WalkDir(sources, "py", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(file) != ".py" {
			return err
		}
		text, err := sources.ReadFile(file)
		if err != nil {
			return err
		}
		file = strings.TrimPrefix(file, "py/")
		name := strings.ReplaceAll(strings.TrimSuffix(strings.TrimSuffix(file, ".py"), "/__init__"), "/", ".")
		m[name] = func(t *python.Thread) (*python.Module, error) { return t.LoadSource(name, "<stdlib>/"+file, text) }
		return nil
	})
	if err != nil { // the files are in the program
		panic(err)
	}
	return m
}
