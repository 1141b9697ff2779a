package check

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/loadtest/internal/fault"
)

// wantFault fails the test unless err is of the kind and says the text, in one line.
func wantFault(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	if err == nil || fault.KindOf(err, 0) != kind || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
		t.Errorf("error = %v (kind %v), want one line that says %q (kind %v)", err, fault.KindOf(err, 0), says, kind)
	}
}

func TestOutputDirIsCreatedAndLeftEmpty(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := OutputDir(dir); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 0 {
		t.Errorf("ReadDir() = %v, %v, want an empty directory", entries, err)
	}
}

func TestOutputDirBelowAFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	wantFault(t, OutputDir(filepath.Join(file, "dir")), fault.Output, "--output-dir")
}

func TestRoom(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := Room(dir, 1); err != nil {
		t.Errorf("Room(1 byte) = %v, want nil", err)
	}
	wantFault(t, Room(dir, math.MaxUint64), fault.Output, dir)
}
