package locustfile

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMasterOnly(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason, text string
		want         bool
	}{
		{"the first line", "# gregaria: master only\nimport sqlite3\n", true},
		{"all there is", "# gregaria: master only", true},
		{"after a #!, a coding line and a docstring", "#!/usr/bin/python3\n# coding: utf-8\n\"\"\"A tab.\n\nOf mine.\n\"\"\"\n# gregaria: master only\n", true},
		{"blanks around it", "\n \t# gregaria: master only \t \n", true},
		{"lines of Windows", "# a tab\r\n# gregaria: master only\r\nimport x\r\n", true},
		{"lines of old Macs, as Python reads them", "# a tab\r# gregaria: master only\rimport x\r", true},
		{"a byte order mark", "\ufeff# gregaria: master only\n", true},
		{"not Python", "# gregaria: master only\nimport sqlite3 as\ndef (:\n", true},
		{"the last line that counts", strings.Repeat("\n", 19) + "# gregaria: master only\n", true},
		{"the last line that counts, on Windows", strings.Repeat("\r\n", 19) + "# gregaria: master only\r\n", true},
		{"the first that does not", strings.Repeat("\n", 20) + "# gregaria: master only\n", false},
		{"no file", "", false},
		{"after code", "import x  # gregaria: master only\n", false},
		{"more words", "# gregaria: master only, please\n", false},
		{"in other words", "# gregaria: Master only\n#gregaria: master only\n## gregaria: master only\n", false},
		{"in a text on one line", "TEXT = '# gregaria: master only'\n", false},
		{"two lines", "# gregaria:\n# master only\n", false},
	}
	for _, test := range tests {
		if got := (Source{Text: []byte(test.text)}).MasterOnly(); got != test.want {
			t.Errorf("%s: MasterOnly() = %v, want %v", test.reason, got, test.want)
		}
	}
}

// FuzzMasterOnly compares with the same thing said slowly.
func FuzzMasterOnly(f *testing.F) {
	for _, text := range []string{"# gregaria: master only\n", "a\r\n\r# gregaria: master only", strings.Repeat("\n\r", 10) + "\f# gregaria: master only\t", "\ufeff\n# x"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		plain := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(text), "\ufeff"))
		lines := strings.Split(plain, "\n")
		want := slices.ContainsFunc(lines[:min(len(lines), 20)], func(line string) bool { return strings.Trim(line, " \t\f") == "# gregaria: master only" })
		if got := (Source{Text: text}).MasterOnly(); got != want {
			t.Errorf("MasterOnly() = %v of %q, want %v", got, text, want)
		}
	})
}

// tab is a plug-in of the master's web UI, with what this worker could not even parse.
const tab = "# gregaria: master only\nimport sqlite3, nothing_of_that_name\nNAME = 'tab'\ndef broken(:\n"

// seesFiles prints what a locustfile sees of the list it is in.
const seesFiles = `
import os, sys
from locust import User, events
@events.init.add_listener
def init(environment, **kw):
    print([os.path.basename(f) for f in environment.parsed_locustfiles], environment.locustfile)
    print([c.__name__ for c in environment.user_classes], environment.parsed_options.locustfile, "tab" in sys.modules)
class A(User): pass
`

// TestMasterOnlyIsNotRun has such a file first, in the middle and last among the master's files. What a locustfile sees of the list is what
// a Python worker's sees.
func TestMasterOnlyIsNotRun(t *testing.T) {
	t.Parallel()
	b := Source{Path: "b.py", Remote: true, Text: []byte("from locust import User\nclass B(User): pass\n")}
	a, plugin := Source{Path: "a.py", Remote: true, Text: []byte(seesFiles)}, Source{Path: "tab.py", Remote: true, Text: []byte(tab)}
	for _, sources := range [][]Source{{plugin, a, b}, {a, plugin, b}, {a, b, plugin}} {
		parsed, err := Parse(sources)
		if err != nil {
			t.Fatal(err)
		}
		for _, these := range [][]Source{sources, parsed} {
			r := startWith(t, Config{Sources: these}, nil)
			until(t, "init", func() bool { return len(r.printed()) == 2 })
			first := sources[0].Path
			want := []string{"['" + first + "', '" + sources[1].Path + "', '" + sources[2].Path + "'] " + first, "['A', 'B'] locustfile.py False"}
			if diff := cmp.Diff(want, r.printed()); diff != "" {
				t.Errorf("printed (-want +got):\n%s", diff)
			}
		}
	}
	if _, err := Load(t.Context(), Config{Sources: []Source{plugin}}); !errors.Is(err, ErrNoUsers) {
		t.Errorf("Load of nothing else = %v, want ErrNoUsers", err)
	}
}

// TestMasterOnlyIsImported has a locustfile import a file that is left out: one of the master's, one beside it, one of another folder
// that Python would have run before.
func TestMasterOnlyIsImported(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const users, plugin = "import tab\nfrom locust import User\nprint(tab.NAME)\nclass A(User): pass\n", "# gregaria: master only\nNAME = 'tab'\n"
	write := func(name, text string) Source {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
		return Source{Path: path, Text: []byte(text)}
	}
	for _, sources := range [][]Source{
		{{Path: "a.py", Remote: true, Text: []byte(users)}, {Path: "tab.py", Remote: true, Text: []byte(plugin)}},
		{write("beside/tab.py", plugin), write("beside/a.py", users)},
		{write("plugins/tab.py", plugin), write("users/a.py", users)},
	} {
		r := startWith(t, Config{Sources: sources}, nil)
		if diff := cmp.Diff([]string{"tab"}, r.printed()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", sources[0].Path, diff)
		}
	}
}
