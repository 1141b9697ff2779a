package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/worker/internal/check"
	"gregaria/worker/internal/locustfile"
)

// needs are the modules of files of the corpus that this worker may not have yet.
func needs(file string) string {
	return map[string]string{"banking.py": "decimal"}[file]
}

// The files that stock Locust and this worker run alike have no errors, with the worker's real modules.
func TestWorkerModules(t *testing.T) {
	t.Parallel()
	var paths []string
	for _, pattern := range []string{"testdata/good/*.py", "../locustfile/testdata/corpus/*.py"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	cfg := check.Config{Modules: locustfile.Modules()}
	for i, path := range paths {
		if testing.Short() && i%5 != 0 {
			continue
		}
		if module := needs(filepath.Base(path)); module != "" && cfg.Modules[module] == nil {
			continue
		}
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Source = func(module string) (string, []byte, bool) {
			for _, end := range []string{".py", "/__init__.py"} {
				name := filepath.Join(filepath.Dir(path), strings.ReplaceAll(module, ".", "/")+end)
				if b, err := os.ReadFile(name); err == nil {
					return name, b, true
				}
			}
			return "", nil, false
		}
		got, err := check.Files(cfg, path, source)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, f := range got {
			if !f.Warning {
				t.Error(f)
			}
		}
	}
}
