package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A rehearsal changes nothing: no file, no variable, no folder; it ends, whatever the file does.
func TestRehearsalIsHarmless(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("REHEARSED", "no")
	source := `
import os, sys, pathlib, shutil
sys.path.append("lib")
os.environ["REHEARSED"] = "yes"
os.putenv("REHEARSED", "yes")
pathlib.Path("made").mkdir()
pathlib.Path("text").write_text("x")
os.makedirs("made2", exist_ok=True)
os.remove("keep")
os.unlink("keep")
pathlib.Path("keep").unlink()
shutil.rmtree(".")
open("keep", "w").write("gone")
os.system("touch made3")
os.chdir("/")
while True: pass
import nothing_there
`
	if err := os.WriteFile("keep", []byte("kept"), 0o644); err != nil {
		t.Fatal(err)
	}
	cfg := Config{Modules: modules(), Path: []string{dir}, Search: func(string, []string) (string, []byte, bool) { return "", nil, false }}
	if _, err := Files(cfg, "f.py", []byte(source)); err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil || filepath.Base(here) != filepath.Base(dir) {
		t.Errorf("the working directory is %s, %v", here, err)
	}
	names, err := os.ReadDir(dir)
	text, _ := os.ReadFile("keep")
	if err != nil || len(names) != 1 || string(text) != "kept" || os.Getenv("REHEARSED") != "no" {
		t.Errorf("after a rehearsal: %v, %q, REHEARSED=%s, %v", names, text, os.Getenv("REHEARSED"), err)
	}
}

// Where a folder depends on what a rehearsal cannot have, the import is left to the run, and a warning says so.
func TestUnsurePath(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"import sys, requests\nsys.path.append(requests.get('http://127.0.0.1').text)\nimport gone\nprint(gone)\n": "only the run can tell",
		"import sys\nsys.path.append('lib')\nimport gone\nprint(gone)\n":                                           "this worker has no such module",
	} {
		cfg := Config{Modules: modules(), Search: func(string, []string) (string, []byte, bool) { return "", nil, false }}
		found, err := Files(cfg, "f.py", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, f := range found {
			all.WriteString(f.String() + "\n")
		}
		if !strings.Contains(all.String(), want) {
			t.Errorf("check of %q = %s, want %q", source, all.String(), want)
		}
	}
}
