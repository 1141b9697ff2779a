package results_test

import (
	"os"
	"path/filepath"
	"testing"

	"gregaria/loadtest/internal/results"
)

func TestPart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		reason, file, want string
		without            []string
	}{
		{"rows of a CSV, its header, and no half row", "Timestamp,A\n9,1\n10,2\n11.5,3\n12,4\n13", "Timestamp,A\n10,2\n11.5,3\n", nil},
		{"a line of a cell that has several belongs to its row", "Timestamp,A\n9,\"a\nb\"\n10,\"c\nd\"\n12,e\n", "Timestamp,A\n10,\"c\nd\"\n", nil},
		{"a request log", `{"timestamp":9.9,"n":1}` + "\n" + `{"timestamp":10.000001,"n":2}` + "\n", `{"timestamp":10.000001,"n":2}` + "\n", nil},
		{"without rows of that time", "Timestamp,A\n1,2\n", "Timestamp,A\n", nil},
		{"without the columns of a process", "Timestamp,A,Process_CPU,Run,Process_Name\n10,2,3,\"x, y\",z\n11,1\n12,1,2,3,4\n", "Timestamp,A,Run\n10,2,\"x, y\"\n11,1\n", []string{"Process_"}},
		{"an empty file", "", "", nil},
	} {
		dir := t.TempDir()
		from, to := filepath.Join(dir, "whole"), filepath.Join(dir, "part")
		if err := os.WriteFile(from, []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := (results.Part{From: from, To: to, First: 10, Next: 12, Without: c.without}).Make(); err != nil {
			t.Errorf("Make() = %v: %s", err, c.reason)
		}
		if got, err := os.ReadFile(to); err != nil || string(got) != c.want {
			t.Errorf("the part is %q, %v, want %q: %s", got, err, c.want, c.reason)
		}
	}
}

func TestPartOfNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	missing := results.Part{From: filepath.Join(dir, "none"), To: filepath.Join(dir, "part")}
	if err := missing.Make(); err != nil {
		t.Errorf("Make() of a file that is not there = %v, want none", err)
	}
	whole := filepath.Join(dir, "whole")
	if err := os.WriteFile(whole, []byte("1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (results.Part{From: whole, To: filepath.Join(dir, "no", "folder")}).Make(); err == nil {
		t.Error("Make() into a folder that is not there = nil, want an error")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("the folder has %v, %v, want the file alone", left, err)
	}
}
