package check

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
)

// modules are the worker's standard library, with a small statistics, so that the tests know what it lacks.
func modules() map[string]Maker {
	m := stdlib.Modules()
	m["statistics"] = func(t *python.Thread) (*python.Module, error) {
		return t.LoadSource("statistics", "<stdlib>/statistics.py", []byte("def mean(data): pass\ndef fmean(data): pass\nclass NormalDist: pass\n"))
	}
	return m
}

// expected reads what the comments of a file say: "# lacks: text", "# fails: text" (without the remedy), "# warns: text" or
// "# placeholder: module".
func expected(path string, source []byte) []Finding {
	var out []Finding
	for i, line := range strings.Split(string(source), "\n") {
		_, note, ok := strings.Cut(line, "  # ")
		kind, text, isNote := strings.Cut(note, ": ")
		if !ok || !isNote {
			continue
		}
		f := Finding{File: filepath.Base(path), Line: i + 1, Text: strings.ReplaceAll(text, "REMEDY", remedy)}
		switch kind {
		case "lacks":
			f.Text += "; " + remedy
		case "fails":
		case "warns":
			f.Warning = true
		case "placeholder":
			f.Warning, f.Placeholder = true, text
			f.Text = "import of " + text + ": this worker has no such module, and nothing that it runs uses it"
		default:
			continue
		}
		out = append(out, f)
	}
	return out
}

// Each file of testdata/findings says in its comments what is found in it, and nothing else may be.
func TestFindings(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/findings/*.py")
	if err != nil || len(paths) < 10 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Files(Config{Modules: modules()}, filepath.Base(path), source)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(expected(path, source), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", path, d)
		}
	}
}

// folder finds local modules in a folder.
func folder(dir string) func(module string) (string, []byte, bool) {
	return func(module string) (string, []byte, bool) {
		for _, end := range []string{".py", "/__init__.py"} {
			name := strings.ReplaceAll(module, ".", "/") + end
			if b, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
				return name, b, true
			}
		}
		return "", nil, false
	}
}

// The files of testdata/good run, as far as a check can tell.
func TestGood(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/good/*.py")
	if err != nil || len(paths) < 20 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Files(Config{Modules: modules(), Source: folder("testdata/good")}, filepath.Base(path), source)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range got {
			if !f.Warning || strings.Contains(f.Text, "Error") {
				t.Errorf("%s: %s", path, f)
			}
		}
	}
}

// Modules that the file imports are checked with it, each once, and named by their own files.
func TestLocalModules(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"lib": "from . import part\nfrom .part import helper, gone\nimport nosuch_lib\nprint(nosuch_lib)\n", "lib.part": "from lib import part\nimport nosuch_part\ndef helper():\n  nosuch_part.x()\n",
		"soft": "import nosuch_soft\nprint(nosuch_soft)\n",
	}
	source := func(m string) (string, []byte, bool) {
		s, ok := files[m]
		name := strings.ReplaceAll(m, ".", "/")
		if m == "lib" {
			name += "/__init__"
		}
		return name + ".py", []byte(s), ok
	}
	text := "import lib.part\nfrom lib import helper, missing\nlib.part.helper()\nlib.nothing\ntry:\n  import soft\nexcept ImportError:\n  pass\n"
	got, err := Files(Config{Modules: modules(), Source: source}, "locustfile.py", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range got {
		lines = append(lines, strings.TrimSuffix(f.String(), "; "+remedy))
	}
	want := []string{
		"lib/__init__.py:2: ImportError: cannot import name 'gone' from 'lib.part' (lib/part.py)",
		"lib/__init__.py:3: import of nosuch_lib: this worker has no such module",
		"lib/part.py:2: import of nosuch_part: this worker has no such module",
		"locustfile.py:2: ImportError: cannot import name 'missing' from 'lib' (lib/__init__.py)",
		"locustfile.py:4: warning: module 'lib' (lib/__init__.py) has no attribute 'nothing': AttributeError",
	}
	if d := cmp.Diff(want, lines); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// A check says the same every time, in order.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/findings/names.py")
	if err != nil {
		t.Fatal(err)
	}
	var first []Finding
	for range 5 {
		got, err := Files(Config{Modules: modules()}, "f.py", source)
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && !slices.Equal(first, got) {
			t.Errorf("Files = %v, and before %v", got, first)
		}
		first = got
	}
	if !slices.IsSortedFunc(first, func(a, b Finding) int { return a.Line - b.Line }) {
		t.Errorf("not in the order of lines: %v", first)
	}
}

func TestBrokenModule(t *testing.T) {
	t.Parallel()
	m := modules()
	m["bad"] = func(*python.Thread) (*python.Module, error) { return nil, python.Errorf(python.ValueError, "oops") }
	m["worse"] = func(t *python.Thread) (*python.Module, error) {
		return t.LoadSource("worse", "<stdlib>/worse.py", []byte("import nosuch\n"))
	}
	for name, want := range map[string]string{"bad": "load module bad: ValueError: oops", "worse": "load module worse: ModuleNotFoundError: No module named 'nosuch'"} {
		if _, err := Files(Config{Modules: m}, "f.py", []byte("import "+name+"\n")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Files = %v, want %s", err, want)
		}
	}
}

func TestString(t *testing.T) {
	t.Parallel()
	for want, f := range map[string]Finding{"a.py:3: x": {File: "a.py", Line: 3, Text: "x"}, "a.py:3: warning: x": {File: "a.py", Line: 3, Text: "x", Warning: true}} {
		if got := f.String(); got != want {
			t.Errorf("String = %s, want %s", got, want)
		}
	}
}
