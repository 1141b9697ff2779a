package stdlib

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gregaria/worker/internal/python"
)

var update = flag.Bool("update", false, "record the goldens with python3")

var address = regexp.MustCompile(`0x[0-9a-f]{8,}`)

func run(file string, src []byte) string {
	var out bytes.Buffer
	iso := python.New(python.Options{Stdout: &out, Stderr: &out, Modules: Modules(), MaxSteps: 50_000_000})
	t := iso.NewThread()
	t.Lock()
	defer t.Unlock()
	if _, err := t.Exec("__main__", file, src); err != nil && !python.AsException(err).IsA(python.SystemExit) {
		out.WriteString(t.Traceback(err))
	}
	return address.ReplaceAllString(out.String(), "0xADDRESS")
}

// TestModules compares scripts that use the modules with what CPython 3.11 printed.
func TestModules(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("scripts: %v, %v", files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".py"), func(t *testing.T) {
			t.Parallel()
			golden := strings.TrimSuffix(file, ".py") + ".out"
			if *update {
				record(t, file, golden)
			}
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			g, w := strings.Split(run(filepath.Base(file), src), "\n"), strings.Split(string(want), "\n")
			for i := range max(len(g), len(w)) {
				if i >= len(g) || i >= len(w) || g[i] != w[i] {
					t.Fatalf("line %d:\n got %q\nwant %q", i+1, g[min(i, len(g)-1)], w[min(i, len(w)-1)])
				}
			}
		})
	}
}

func record(t *testing.T, file, golden string) {
	t.Helper()
	cmd := exec.Command("python3", "-I", "-W", "ignore", "-c", "import sys; f = sys.argv[1]; exec(compile(open(f).read(), f, 'exec'), {'__name__': '__main__'})", filepath.Base(file))
	cmd.Dir = filepath.Dir(file)
	cmd.Env = append(os.Environ(), "PYTHONUNBUFFERED=1", "TZ=UTC")
	out, err := cmd.CombinedOutput()
	t.Log(err)
	if err := os.WriteFile(golden, address.ReplaceAll(out, []byte("0xADDRESS")), 0o600); err != nil {
		t.Fatal(err)
	}
}
