//go:build unix

package filelock_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"gregaria/internal/filelock"
)

func TestTake(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	open := func() *os.File {
		file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { file.Close() })
		return file
	}
	first, second := open(), open()
	if err := filelock.Take(first); err != nil {
		t.Fatal(err)
	}
	if err := filelock.Take(second); !errors.Is(err, filelock.ErrTaken) {
		t.Errorf("Take() of a file that is taken = %v, want %v", err, filelock.ErrTaken)
	}
	copied, err := syscall.Dup(int(first.Fd())) // as a child has it between fork and exec
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(copied)
	if err := (filelock.File{File: first}).Close(); err != nil {
		t.Error(err)
	}
	if err := filelock.Take(second); err != nil {
		t.Errorf("Take() of a file that was closed = %v", err)
	}
	for _, want := range []uint64{1, 0} {
		info, err := second.Stat()
		if err != nil {
			t.Fatal(err)
		}
		if got := filelock.Links(info); got != want {
			t.Errorf("Links() = %d, want %d", got, want)
		}
		os.Remove(path)
	}
}
