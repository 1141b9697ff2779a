package extra

import (
	"bytes"
	"flag"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
)

var (
	update  = flag.Bool("update", false, "record the goldens with python3, or $PYTHON")
	address = regexp.MustCompile(`0x[0-9a-f]{8,}`)
)

func newThread(out *bytes.Buffer) *python.Thread {
	modules := stdlib.Modules()
	maps.Copy(modules, Modules())
	return python.New(python.Options{Stdout: out, Stderr: out, Modules: modules, MaxSteps: 50_000_000, Args: []string{"script.py"}}).NewThread()
}

func run(t *testing.T, file string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	th := newThread(&out)
	th.Lock()
	defer th.Unlock()
	if _, err := th.Exec("__main__", filepath.Base(file), src); err != nil && !python.AsException(err).IsA(python.SystemExit) {
		out.WriteString(th.Traceback(err))
	}
	return address.ReplaceAllString(out.String(), "0xADDRESS")
}

// TestModules compares scripts that use the modules with what CPython 3.11 and the packages of that name printed.
func TestModules(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("scripts: %v, %v", files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".py"), func(t *testing.T) {
			t.Parallel()
			golden := strings.TrimSuffix(file, ".py") + ".out"
			if *update {
				record(t, file, golden)
			}
			want, err := os.ReadFile(filepath.Clean(golden))
			if err != nil {
				t.Fatal(err)
			}
			g, w := strings.Split(run(t, file), "\n"), strings.Split(string(want), "\n")
			for i := range max(len(g), len(w)) {
				if i >= len(g) || i >= len(w) || g[i] != w[i] {
					t.Fatalf("line %d:\n got %q\nwant %q", i+1, g[min(i, len(g)-1)], w[min(i, len(w)-1)])
				}
			}
		})
	}
}

func record(t *testing.T, file, golden string) {
	t.Helper()
	interpreter := os.Getenv("PYTHON")
	if interpreter == "" {
		interpreter = "python3"
	}
	//nolint:gosec // a developer's own interpreter
	cmd := exec.Command(interpreter, "-I", "-W", "ignore", "-c",
		"import sys; f = sys.argv.pop(1); sys.argv[0] = 'script.py'; exec(compile(open(f).read(), f, 'exec'), {'__name__': '__main__'})", filepath.Base(file))
	cmd.Dir = filepath.Dir(file)
	cmd.Env = append(os.Environ(), "PYTHONUNBUFFERED=1", "TZ=UTC", "COLUMNS=80")
	out, err := cmd.CombinedOutput()
	t.Log(err)
	if err := os.WriteFile(golden, address.ReplaceAll(out, []byte("0xADDRESS")), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Every module can be imported, and every source is listed.
func TestList(t *testing.T) {
	t.Parallel()
	listed := Modules()
	for name := range listed {
		var out bytes.Buffer
		th := newThread(&out)
		if err := th.Do(func() error {
			_, err := th.Import(name)
			return err
		}); err != nil {
			t.Errorf("import %s: %v", name, err)
		}
	}
	err := fs.WalkDir(sources, "py", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(path, "py/"), ".py"), "/__init__")
		if name = strings.ReplaceAll(name, "/", "."); listed[name] == nil {
			t.Errorf("module %s is not listed", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if names := inPython(); len(slices.Compact(slices.Sorted(slices.Values(names)))) != len(names) {
		t.Error("a module is listed twice")
	}
}
