package locustfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/worker/internal/check"
)

// lateImports imports three modules after the file is loaded, of which it has imported one before.
const lateImports = `
import sys, os
import early
from locust import User, events, task
INSERT
@events.init.add_listener
def _(environment, **kw):
    for n in ("early", "neighbour", "deep"):
        try: __import__(n); print(n, "there")
        except Exception as e: print(n, type(e).__name__, e)
    try: import early, neighbour
    except ImportError: pass
class U(User):
    def on_start(self):
        import neighbour
    @task
    def t(self): pass
`

// TestLateImports imports from a file's folder after it is loaded. The lines are those of stock Locust 2.47.0, run with -f from another
// folder, from the file's own, and with a PYTHONPATH.
func TestLateImports(t *testing.T) {
	const insert = `sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib"))`
	const gone, there = "neighbour ModuleNotFoundError No module named 'neighbour'", "neighbour loaded|neighbour there"
	const deep = "|deep ModuleNotFoundError No module named 'deep'"
	tests := map[string]struct {
		insert, cwd, path string
		want              string
		warns             bool // of the import in on_start
	}{
		"another folder":          {"", "", "", "early loaded|early there|" + gone + deep, true},
		"another folder is first": {insert, "", "", "early loaded|early there|" + there + deep, false}, // and it is what is taken off
		"its own folder":          {"", "sub", "", "early loaded|early there|" + there + deep, false},
		"in PYTHONPATH":           {"", "", "sub", "early loaded|early there|" + there + deep, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range map[string]string{
				"sub/early.py": "print('early loaded')\n", "sub/neighbour.py": "print('neighbour loaded')\n", "sub/lib/deep.py": "x = 1\n",
			} {
				path := filepath.Join(dir, file)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			t.Chdir(filepath.Join(dir, test.cwd))
			if test.path != "" {
				t.Setenv("PYTHONPATH", filepath.Join(dir, test.path))
			}
			source := Source{Path: filepath.Join(dir, "sub", "lf.py"), Text: []byte(strings.Replace(lateImports, "INSERT", test.insert, 1))}
			r := startWith(t, Config{Sources: []Source{source}}, nil)
			r.prints(t, "deep ModuleNotFoundError No module named 'deep'")
			if got := strings.Join(r.printed(), "|"); got != test.want {
				t.Errorf("printed %s, stock Locust: %s", got, test.want)
			}
			found, err := check.Files(check.Config{
				Modules: Modules(), Search: Search([]Source{source}), Path: SearchPath([]Source{source}), Leaves: Leaves(source),
			}, source.Path, source.Text)
			if err != nil {
				t.Fatal(err)
			}
			var late []int
			for _, f := range found {
				if !f.Warning {
					t.Errorf("refused: %s", f)
				}
				if strings.HasPrefix(f.Text, "import of neighbour: the file's folder is no longer in sys.path") {
					late = append(late, f.Line)
				}
			}
			if (len(late) == 1 && late[0] == 15) != test.warns || !test.warns && late != nil {
				t.Errorf("warned of lines %v, want 15: %v", late, test.warns)
			}
		})
	}
}
