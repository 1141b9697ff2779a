package plugin

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gregaria/internal/build"
)

// TestSource: each part is in the one file, and none of them ends the text that it stands in.
func TestSource(t *testing.T) {
	t.Parallel()
	source := Source()
	for name, part := range map[string]string{"index.html": index, "tabs.css": styles, "tabs.js": script()} {
		if !strings.Contains(source, `r"""`+part+`"""`) {
			t.Errorf("%s is not in the plug-in", name)
		}
		if strings.Contains(part, `"""`) || strings.HasSuffix(part, `"`) || strings.HasSuffix(part, `\`) || strings.Contains(part, "@tabs") {
			t.Errorf("%s has what cannot stand in a raw string of Python", name)
		}
	}
	if !strings.HasPrefix(source, "# gregaria: master only\n") || !strings.Contains(source, "of Gregaria "+build.Version+".") {
		t.Errorf("the plug-in begins with %.200s", source)
	}
}

// pythonOfLocust is the Python that Locust is in.
func pythonOfLocust(t *testing.T) string {
	t.Helper()
	python, err := filepath.Abs("../../.venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Skipf("no Locust to load the plug-in: %v; run make setup", err)
	}
	return python
}

// writeSource writes the plug-in into a folder of its own.
func writeSource(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, Name), []byte(Source()), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestPython runs the tests of the plug-in's own language, testdata/test_*.py, with the Python that Locust is in.
func TestPython(t *testing.T) {
	t.Parallel()
	python, dir := pythonOfLocust(t), writeSource(t)
	tests, err := filepath.Glob("testdata/test_*.py")
	if err != nil || len(tests) == 0 {
		t.Fatalf("there are no tests: %v", err)
	}
	for _, test := range tests {
		t.Run(filepath.Base(test), func(t *testing.T) {
			t.Parallel()
			runPython(t, python, dir, test)
		})
	}
}

// runPython runs the tests in a file of Python.
func runPython(t *testing.T, python, dir, test string) {
	t.Helper()
	if _, err := os.ReadFile(test); err != nil { // so that go test, which remembers results, knows what this one depends on
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "-B", "-W", "error::ResourceWarning", test, "-v")
	cmd.Env = append(os.Environ(), "PYTHONPATH="+dir)
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if strings.Contains(string(output), "Ran 0 tests") {
		t.Fatalf("it has no tests:\n%s", output)
	}
}

// TestPutIn: nothing that Go puts into the plug-in is left out.
func TestPutIn(t *testing.T) {
	t.Parallel()
	if left := regexp.MustCompile(`@[a-z]+(\.[a-z]+)?@`).FindString(Source()); left != "" {
		t.Errorf("%s was not put in", left)
	}
}
