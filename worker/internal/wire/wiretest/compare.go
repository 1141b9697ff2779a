package wiretest

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// update makes the goldens anew, with the CPython that has Locust.
var update = flag.Bool("update-goldens", false, "write what CPython prints to the goldens") //nolint:gochecknoglobals // a flag of tests

// goldenVersions are those of Python, requests, urllib3 and Locust that made the goldens: others print other things.
const goldenVersions = "3.11 2.34.2 2.8.0 2.47.0"

const askVersions = "import locust, sys, requests, urllib3; print('%d.%d' % sys.version_info[:2], requests.__version__, urllib3.__version__, locust.__version__)"

// Python returns a Python with Locust: GREGARIA_TEST_PYTHON, or that of .venv in the repository if its versions are those of
// the goldens; "" if there is none.
func Python() string { return foundPython() }

// foundPython looks once: to ask for the versions takes a second.
var foundPython = sync.OnceValue(findPython)

func findPython() string {
	if p := os.Getenv("GREGARIA_TEST_PYTHON"); p != "" {
		return p
	}
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		p := filepath.Join(dir, ".venv", "bin", "python")
		if out, err := exec.Command(p, "-c", askVersions).Output(); err == nil && strings.TrimSpace(string(out)) == goldenVersions {
			return p
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

var unequal = []struct{ is, becomes string }{ //nolint:gochecknoglobals // a table
	{`127\.0\.0\.1:\d{4,5}`, "127.0.0.1:PORT"}, {`port=\d{4,5}`, "port=PORT"}, {`as '\d{4,5}echo`, "as 'PORTecho"}, {`0x[0-9a-f.]+`, "0x...."}, {`[0-9a-f]{32}`, "BOUNDARY"},
}

// normal takes out of a text what differs from run to run.
func normal(text string) string {
	for _, u := range unequal {
		text = regexp.MustCompile(u.is).ReplaceAllString(text, u.becomes)
	}
	return text
}

// Compare runs the script testdata/NAME.py in our Python by ours and compares what it prints with the golden
// testdata/NAME.txt, which CPython made, and where there is a CPython with Locust, with what that prints now. The script
// finds the server's URL in the variable base.
func Compare(t *testing.T, s *Server, name string, ours func(source string) string) {
	t.Helper()
	script, golden := files(name)
	if python := Python(); python != "" {
		theirs := cpython(t, python, s, read(t, script))
		if *update {
			if err := os.WriteFile(golden, []byte(theirs), 0o644); err != nil { //nolint:gosec // a golden
				t.Fatal(err)
			}
		}
		same(t, "CPython prints now", theirs, golden)
	} else if *update {
		t.Fatal("no Python with Locust: set GREGARIA_TEST_PYTHON")
	}
	CompareGolden(t, s, name, ours)
}

// CompareGolden compares with the golden only, for a second way of ours to do the same.
func CompareGolden(t *testing.T, s *Server, name string, ours func(source string) string) {
	t.Helper()
	script, golden := files(name)
	same(t, "we print", normal(ours("base = '"+s.URL+"'\n"+read(t, script))), golden)
}

// files are the script and the golden of that name.
func files(name string) (script, golden string) {
	return filepath.Join("testdata", name+".py"), filepath.Join("testdata", name+".txt")
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func cpython(t *testing.T, python string, s *Server, source string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, python, "-u", "-W", "ignore", "-c", "base = '"+s.URL+"'\n"+source)
	cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", python, err, out)
	}
	return normal(string(out))
}

// same compares line by line with a golden.
func same(t *testing.T, what, got, golden string) {
	t.Helper()
	have, want := strings.Split(got, "\n"), strings.Split(read(t, golden), "\n")
	bad := 0
	for i := range max(len(have), len(want)) {
		var h, w string
		if i < len(have) {
			h = have[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if h != w {
			if bad++; bad > 40 {
				t.Fatal("and more")
			}
			t.Errorf("%s:%d: %s\n\t%s\nwant\n\t%s", golden, i+1, what, h, w)
		}
	}
}
