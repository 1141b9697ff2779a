package check

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/loadtest/internal/fault"
)

func TestLocustfile(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("this machine has no python3, which is what compiles a locustfile")
	}
	tests := []struct{ reason, text, says string }{
		{"one that compiles, even if an import of it will fail", "import nothing_of_that_name\n", ""},
		{"an unfinished line", "x = 1\ndef f(:\n", ":2: invalid syntax"},
		{"not UTF-8 and no coding line", "x = '\xff'\n", ":1: "},
		{"a null byte", "x = 1\x00\n", ":1: "},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "locustfile.py")
			if err := os.WriteFile(path, []byte(test.text), 0o644); err != nil {
				t.Fatal(err)
			}
			err := Locustfile(t.Context(), path, "/nonexistent/locust")
			if test.says != "" {
				wantFault(t, err, fault.Usage, path+test.says)
			} else if err != nil {
				t.Errorf("Locustfile() = %v, want nil", err)
			}
		})
	}
}

func TestLocustfileMissing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	wantFault(t, Locustfile(t.Context(), filepath.Join(dir, "none.py"), "locust"), fault.Usage, "none.py")
	wantFault(t, Locustfile(t.Context(), dir, "locust"), fault.Usage, "has no .py file")
}

// TestLocustfileOfMany walks what one may give Locust with -f.
func TestLocustfileOfMany(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("this machine has no python3, which is what compiles a locustfile")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.py": "x = 1\n", "with space.py": "x = 1\n", "sub/b.py": "x = 1\n", "sub/_broken.py": "def f(:\n", "sub/notes.txt": "def f(:\n",
		"package/__init__.py": "x = 1\n", "package/c.py": "x = 1\n", "broken/d.py": "x = 1\n\ndef f(:\n", "text": "x = 1\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct{ reason, list, says string }{
		{"several", "a.py,sub/b.py", ""},
		{"with a space after the comma, and in the name", "a.py, with space.py", ""},
		{"a folder: Locust leaves out what begins with _", "sub", ""},
		{"a package", "package", ""},
		{"a file and a folder, one of which is broken", "a.py,broken", "broken/d.py:3: "},
		{"one of them is missing", "a.py,none.py", "none.py"},
		{"no Python by its name", "text", "ends with .py"},
		{"a URL", "https://example.com/locustfile.py", "no code is loaded from the network"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			var paths []string
			for part := range strings.SplitSeq(test.list, ",") {
				if !strings.Contains(part, "://") {
					part = strings.Repeat(" ", len(part)-len(strings.TrimLeft(part, " "))) + filepath.Join(dir, strings.TrimSpace(part))
				}
				paths = append(paths, part)
			}
			err := Locustfile(t.Context(), strings.Join(paths, ","), "/nonexistent/locust")
			if test.says != "" {
				wantFault(t, err, fault.Usage, test.says)
			} else if err != nil {
				t.Errorf("Locustfile(%q) = %v, want nil", test.list, err)
			}
		})
	}
}

// TestLocustfiles: they are those that Locust's get_abspaths_in finds, links too.
func TestLocustfiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"b.py", "in/a.py", "in/_c.py", "in/deep/d.py", "in/text.txt", "linked.py"} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, nil, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Symlink("../linked.py", filepath.Join(dir, "in", "e.py")), os.Symlink("in", filepath.Join(dir, "folder"))); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"in", "folder", "folder/"} {
		files, err := Locustfiles(dir + "/b.py, " + dir + "/" + folder)
		got := strings.ReplaceAll(strings.Join(files, " "), dir+"/", "")
		folder = strings.TrimSuffix(folder, "/")
		if want := "b.py " + folder + "/a.py " + folder + "/deep/d.py " + folder + "/e.py"; err != nil || got != want {
			t.Errorf("Locustfiles = %q, %v, want %q", got, err, want)
		}
	}
}
