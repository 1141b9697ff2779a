package locustfile_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/worker/internal/check"
	"gregaria/worker/internal/locustfile"
)

// TestSubmodules looks at every submodule that a file finds bound in stock Locust because Locust has imported it: here it is
// bound too and says its name, or the check refuses it by name.
func TestSubmodules(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("submodules.txt")
	if err != nil {
		t.Fatal(err)
	}
	has := locustfile.Modules()
	var packages, ours, theirs []string
	for line := range strings.Lines(string(text)) {
		pkg, names, _ := strings.Cut(line, ":")
		if has[pkg] == nil || strings.HasPrefix(pkg, "requests.packages.") { // those are other packages by another name
			continue
		}
		packages = append(packages, "import "+pkg)
		for _, name := range strings.Fields(names) {
			if has[pkg+"."+name] == nil {
				theirs = append(theirs, pkg+"."+name)
			} else {
				ours = append(ours, pkg+"."+name)
			}
		}
	}
	if len(ours) < 60 {
		t.Errorf("%d submodules are bound, want all that stock Locust has and this worker too", len(ours))
	}
	head := strings.Join(packages, "\n") + "\nfrom locust import User, task\nclass A(User):\n  @task\n  def t(self): pass\n"
	source := head
	for _, name := range ours {
		source += "print(" + name + ".__name__)\n"
	}
	refused := refusals(t, source)
	out, err := loaded(t, source)
	if refused != "" || err != nil {
		t.Fatalf("check = %q, load = %v", refused, err)
	}
	for i, got := range strings.Fields(out) {
		if !strings.HasSuffix(ours[i], got) {
			t.Errorf("%s is %s", ours[i], got)
		}
	}
	source = head
	for _, name := range theirs {
		source += "print(" + name + ")\n"
	}
	refused = refusals(t, source)
	for _, name := range theirs {
		if !strings.Contains(refused, name+":") {
			t.Errorf("the check does not refuse %s", name)
		}
	}
}

// A submodule that nobody has imported is absent, for the check too; one that the file imports anywhere is there.
func TestUnboundSubmodule(t *testing.T) {
	t.Parallel()
	const head = "import locust.contrib, websocket, dotenv\nfrom locust import User, task\nclass A(User):\n  @task\n  def t(self): pass\n"
	for _, c := range []struct{ source, refused, fails string }{
		{head + "import faker\nprint(faker.words.__name__)\n", "", ""}, // faker itself imports it
		{head + "import urllib\nimport urllib.request as r\nprint(urllib.request is r)\n", "", ""},
		{head + "import os\nprint(os.path.join('a', 'b'))\n", "", ""},
		{head + "import xml\n", "import of xml: this worker has no such module", "No module named 'xml'"},
	} {
		refused := refusals(t, c.source)
		_, err := loaded(t, c.source)
		if (c.refused == "") != (refused == "") || !strings.Contains(refused, c.refused) || (c.fails == "") != (err == nil) {
			t.Errorf("%q: check = %q, load = %v, want %q, %q", c.source, refused, err, c.refused, c.fails)
		}
	}
}

// refusals are the findings that are no warnings, one a line.
func refusals(t *testing.T, source string) string {
	t.Helper()
	found, err := check.Files(check.Config{Modules: locustfile.Modules()}, "f.py", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range found {
		if !f.Warning || f.Placeholder != "" {
			out = append(out, f.Text)
		}
	}
	return strings.Join(out, "\n")
}

// loaded is what a file prints while it loads.
func loaded(t *testing.T, source string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	_, err := locustfile.Load(t.Context(), locustfile.Config{
		Sources: []locustfile.Source{{Path: filepath.Join(t.TempDir(), "f.py"), Text: []byte(source)}}, Stdout: &out,
	})
	return out.String(), err
}

// TestSubmodulesAreFresh compares the list with the Locust that is installed.
func TestSubmodulesAreFresh(t *testing.T) {
	t.Parallel()
	python, err := filepath.Abs("../../../.venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Skipf("no stock Locust to compare with, make setup installs it: %v", err)
	}
	want, err := os.ReadFile("submodules.txt")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	got, err := exec.CommandContext(ctx, python, "-m", "locust", "--worker", "-f", "submodules.py").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range []string{"locust", "gevent", "urllib", "concurrent", "logging", "http", "locust.util"} {
		if a, b := lineOf(got, pkg), lineOf(want, pkg); a != b {
			t.Errorf("stock Locust binds %q, submodules.txt has %q: write it anew, as submodules.py says", a, b)
		}
	}
}

func lineOf(text []byte, pkg string) string {
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, pkg+":") {
			return line
		}
	}
	return ""
}
