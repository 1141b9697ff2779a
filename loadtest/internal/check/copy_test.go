package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
)

func TestCopy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ reason, path, says string }{
		{"a new file", filepath.Join(dir, "a.html"), ""},
		{"one that is there", file, ""},
		{"a folder that Locust would make", filepath.Join(dir, "new", "deep", "a.html"), ""},
		{"a folder", dir, "is a folder: name a file in it"},
		{"below a file", filepath.Join(file, "a.html"), "not a directory; choose another"},
		{"where nobody may write", "/proc/a.html", "cannot be written"},
	}
	for _, test := range tests {
		err := check.Copy("--html", test.path)
		if (err == nil) != (test.says == "") || err != nil && (!strings.Contains(err.Error(), test.says) || fault.KindOf(err, 0) != fault.Output) {
			t.Errorf("%s: Copy(%s) = %v, want %q", test.reason, test.path, err, test.says)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "a.html")); err == nil {
		t.Error("the check left a file")
	}
}
