package locustfile_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/worker/internal/check"
	"gregaria/worker/internal/locustfile"
)

// TestSearchPath loads files that change sys.path in every way that people write, and compares with what stock Locust did
// (testdata/searchpath/record.py). The check says of each what the run does.
func TestSearchPath(t *testing.T) {
	project, err := filepath.Abs("testdata/searchpath/project")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(project, "../stock.txt"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(project)
	files := 0
	for line := range strings.Lines(string(text)) {
		name, want, _ := strings.Cut(strings.TrimSpace(line), ": ")
		path := filepath.Join(project, name+".py")
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files++
		sources := []locustfile.Source{{Path: path, Text: source}}
		fails := strings.HasPrefix(want, "ModuleNotFoundError")
		if refused := searched(t, sources); (refused != "") != fails {
			t.Errorf("%s: check = %q, stock Locust: %s", name, refused, want)
		}
		if got := printed(t, sources); got != want {
			t.Errorf("%s: load = %s, stock Locust: %s", name, got, want)
		}
	}
	if files < 40 {
		t.Errorf("%d files, want all of testdata/searchpath", files)
	}
}

// searched is what the check refuses.
func searched(t *testing.T, sources []locustfile.Source) string {
	t.Helper()
	found, err := check.Files(check.Config{
		Modules: locustfile.Modules(), Search: locustfile.Search(sources), Path: locustfile.SearchPath(sources),
	}, sources[0].Path, sources[0].Text)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range found {
		if !f.Warning {
			out = append(out, f.String())
		}
	}
	return strings.Join(out, "; ")
}

// printed is what a file without users prints while it loads, or the last line of its traceback.
func printed(t *testing.T, sources []locustfile.Source) string {
	t.Helper()
	var out bytes.Buffer
	_, err := locustfile.Load(t.Context(), locustfile.Config{Sources: sources, Stdout: &out})
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	var load *locustfile.LoadError
	if errors.As(err, &load) {
		all := strings.Split(strings.TrimSpace(load.Traceback), "\n")
		lines = all[len(all)-1:]
	}
	return strings.Join(lines, " | ")
}
