package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// TestLinkerDropsMethods: a program that looks for a method by a name that only its run knows, as text/template and many libraries for flags do, has
// every exported method of every type in it. Of the monitor that is 2 MB, which the kernel maps while the server under test runs.
func TestLinkerDropsMethods(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("links the monitor anew")
	}
	out, err := exec.CommandContext(t.Context(), "go", "build", "-ldflags=-dumpdep", "-o", filepath.Join(t.TempDir(), "monitor"), ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go build: %v\n%s", err, out[max(0, len(out)-2000):])
	}
	// cmd/link/internal/ld/deadcode.go marks such functions so.
	for _, chain := range regexp.MustCompile(`(?m)^.* -> .* <ReflectMethod>$`).FindAll(out, 5) {
		t.Errorf("%s", chain)
	}
	if !regexp.MustCompile(`(?m)^main\.main -> gregaria/monitor/cli\.Main$`).Match(out) {
		t.Error("the linker has not said what calls what")
	}
}
