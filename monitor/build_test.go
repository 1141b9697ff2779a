package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// programs is where the monitor is built, once for all tests.
var programs struct {
	sync.Mutex

	dir string
}

func TestMain(m *testing.M) {
	code := m.Run()
	_ = os.RemoveAll(programs.dir)
	os.Exit(code)
}

// binary is the built monitor.
func binary(t *testing.T) string {
	t.Helper()
	programs.Lock()
	defer programs.Unlock()
	if programs.dir == "" {
		dir, err := os.MkdirTemp("", "monitor")
		if err != nil {
			t.Fatal(err)
		}
		programs.dir = dir
		build(t, "go", "build", "-o", filepath.Join(dir, "monitor"), ".")
	}
	return filepath.Join(programs.dir, "monitor")
}

// build runs a compiler.
func build(t *testing.T, name string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed", name)
	}
	if out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}
