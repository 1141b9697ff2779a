package python

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "record the goldens with python3")

var address = regexp.MustCompile(`0x[0-9a-f]{8,}`)

// runFile returns what a script prints, then the text of the exception that ended it.
func runFile(file string, src []byte) string {
	var out bytes.Buffer
	iso := New(Options{Stdout: &out, Stderr: &out, MaxSteps: 50_000_000})
	t := iso.NewThread()
	t.Lock()
	defer t.Unlock()
	if _, err := t.Exec("__main__", file, src); err != nil {
		out.WriteString(t.Traceback(err))
	}
	return address.ReplaceAllString(out.String(), "0xADDRESS")
}

func runPython(t *testing.T, file string) string {
	t.Helper()
	var out bytes.Buffer
	cmd := exec.Command("python3", "-W", "ignore", filepath.Base(file))
	cmd.Dir = filepath.Dir(file)
	cmd.Env = append(os.Environ(), "PYTHONHASHSEED=0", "PYTHONUNBUFFERED=1", "PYTHONIOENCODING=utf-8", "TZ=UTC")
	cmd.Stdout, cmd.Stderr = &out, &out
	_ = cmd.Run()
	s := strings.ReplaceAll(out.String(), filepath.Dir(file)+"/", "")
	return address.ReplaceAllString(s, "0xADDRESS")
}

// TestScripts runs testdata/*.py and compares with what CPython 3.11 printed.
func TestScripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("scripts: %v, %v", files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".py"), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".py") + ".out"
			if *update {
				abs, err := filepath.Abs(file)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(runPython(t, abs)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, runFile(filepath.Base(file), src), string(want))
		})
	}
}

// compare reports the first line that differs.
func compare(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "<end>", "<end>"
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			t.Fatalf("line %d:\n got %q\nwant %q", i+1, a, b)
		}
	}
}
