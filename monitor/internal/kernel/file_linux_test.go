package kernel

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestReadFollowsTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "stat")
	f := NewFile(path)
	defer f.Close()
	if _, err := f.Read(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Read before it is there = %v, want %v", err, fs.ErrNotExist)
	}
	for _, text := range []string{"first", "", strings.Repeat("more than a first read holds ", 1000), "short"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := f.Read(); string(got) != text || err != nil {
			t.Errorf("Read = %d bytes, %v, want %d", len(got), err, len(text))
		}
	}
}

func TestReadOfProc(t *testing.T) {
	f := NewFile("/proc/self/stat")
	defer f.Close()
	if n := testing.AllocsPerRun(10, func() {
		if data, err := f.Read(); err != nil || !bytes.HasPrefix(data, strconv.AppendInt(nil, int64(os.Getpid()), 10)) {
			t.Errorf("Read = %q, %v", data, err)
		}
	}); n > 2 { // the test's own
		t.Errorf("a Read takes %v allocations", n)
	}
}

// TestReadOfAnEndedProcess: the file is that of the process, and the process is gone.
func TestReadOfAnEndedProcess(t *testing.T) {
	t.Parallel()
	child := exec.CommandContext(t.Context(), "sleep", "60")
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	f := NewFile("/proc/" + strconv.Itoa(child.Process.Pid) + "/stat")
	defer f.Close()
	if _, err := f.Read(); err != nil {
		t.Fatal(err)
	}
	_ = child.Process.Kill()
	_ = child.Wait()
	if _, err := f.Read(); !errors.Is(err, unix.ESRCH) {
		t.Errorf("Read = %v, want %v", err, unix.ESRCH)
	}
	if _, err := f.Read(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the next Read = %v, want %v", err, fs.ErrNotExist)
	}
}
