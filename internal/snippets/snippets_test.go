package snippets

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// checkout is what the pages call the folder of this repository.
const checkout = "/path/to/gregaria"

// TestSnippetsBuild does with each page what it says: makes the module outside of the checkout, with the page's commands, puts
// its Go blocks there and has the compiler and vet look at them.
func TestSnippetsBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles the worker")
	}
	t.Parallel()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ page, commands string }{
		{"README.md", "docs/go-scenarios.md"},
		{"docs/go-scenarios.md", "docs/go-scenarios.md"},
		{"docs/boomer.md", "docs/boomer.md"},
	} {
		t.Run(tt.page, func(t *testing.T) {
			t.Parallel()
			files, err := Program(read(t, root, tt.page))
			if err != nil {
				t.Fatalf("%s: %v", tt.page, err)
			}
			commands, err := Commands(read(t, root, tt.commands))
			if err != nil {
				t.Fatalf("%s: %v", tt.commands, err)
			}
			if len(files) == 0 || !strings.Contains(commands, checkout) {
				t.Fatalf("%d Go blocks, commands:\n%s\nwant both, and the checkout in the commands", len(files), commands)
			}
			dir := t.TempDir()
			for name, text := range files {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			run(t, dir, "set -eu\n"+strings.ReplaceAll(commands, checkout, root))
			run(t, dir, "go vet .")
			run(t, dir, `test -z "$(gofmt -l . | tee /dev/stderr)"`)
		})
	}
}

func read(t *testing.T, root, page string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, page))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// run runs a script as one who has no workspace and no module around: what is missing there is missing for a reader too.
func run(t *testing.T, dir, script string) {
	t.Helper()
	cmd := exec.Command("bash", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-buildvcs=false")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s\n%v:\n%s", script, err, out)
	}
}

func TestProgram(t *testing.T) {
	t.Parallel()
	const fence = "```"
	for _, tt := range []struct {
		page, err string
		files     int
		reason    string
	}{
		{"text\n", "", 0, "no block"},
		{fence + "go\n// main.go\npackage main\n" + fence + "\n" + fence + "sh\nls\n" + fence + "\n", "", 1, "one program"},
		{fence + "go\npackage main\n" + fence + "\n", "line 1: a Go block begins with the name", 0, "no name"},
		{fence + "go\n// a.go\n" + fence + "\n" + fence + "go\n// a.go\n" + fence + "\n", "line 4: there is another", 0, "one name twice"},
		{fence + "go\n// a.go\n", "line 1: a block that is not closed", 0, "no end"},
		{fence + "\nx\n" + fence + "\n", "line 1: a block that does not say", 0, "no kind"},
	} {
		files, err := Program(tt.page)
		switch {
		case err == nil && (len(files) != tt.files || tt.err != ""):
			t.Errorf("%s: %d files and no error, want %d, %q", tt.reason, len(files), tt.files, tt.err)
		case err != nil && (tt.err == "" || !strings.HasPrefix(err.Error(), tt.err)):
			t.Errorf("%s: error %q, want %q", tt.reason, err, tt.err)
		}
	}
}
