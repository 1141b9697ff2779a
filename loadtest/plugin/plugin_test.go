package plugin

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/internal/build"
)

// TestSource: each part is in the one file, and none of them ends the text that it stands in.
func TestSource(t *testing.T) {
	t.Parallel()
	source := Source()
	for name, part := range map[string]string{"index.html": index, "resources.css": styles, "resources.js": script} {
		if !strings.Contains(source, `r"""`+part+`"""`) {
			t.Errorf("%s is not in the plug-in", name)
		}
		if strings.Contains(part, `"""`) || strings.HasSuffix(part, `"`) || strings.HasSuffix(part, `\`) || strings.Contains(part, "@resources") {
			t.Errorf("%s has what cannot stand in a raw string of Python", name)
		}
	}
	if !strings.HasPrefix(source, "# gregaria: master only\n") || !strings.Contains(source, "of Gregaria "+build.Version+".") {
		t.Errorf("the plug-in begins with %.200s", source)
	}
}

// TestPython runs the tests of the plug-in's own language, testdata/test_gregaria.py, with the Python that Locust is in.
func TestPython(t *testing.T) {
	t.Parallel()
	python, err := filepath.Abs("../../.venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Skipf("no Locust to load the plug-in: %v; run make setup", err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, Name), []byte(Source()), 0o644); err != nil {
		t.Fatal(err)
	}
	tests, err := filepath.Abs("testdata/test_gregaria.py")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadFile(tests); err != nil { // so that go test, which remembers results, knows what this one depends on
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "-B", "-W", "error::ResourceWarning", tests, "-v")
	cmd.Env = append(os.Environ(), "PYTHONPATH="+dir)
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if strings.Contains(string(output), "Ran 0 tests") {
		t.Fatalf("it has no tests:\n%s", output)
	}
}
