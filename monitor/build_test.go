package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// binary builds the monitor as a user's is built.
func binary(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "monitor")
	build(t, "go", "build", "-o", path, ".")
	return path
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
