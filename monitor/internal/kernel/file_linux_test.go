package kernel

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestReadFollowsTheFile(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(string) *File{
		"file": NewFile, "record": func(path string) *File { return NewRecord(path, new(Room)) },
	} {
		t.Run(name, func(t *testing.T) { testFollows(t, open) })
	}
}

func testFollows(t *testing.T, open func(string) *File) {
	path := filepath.Join(t.TempDir(), "stat")
	f := open(path)
	defer f.Close()
	if _, err := f.Read(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Read before it is there = %v, want %v", err, fs.ErrNotExist)
	}
	for _, text := range []string{"first", "", strings.Repeat("more than a first read holds ", 1000), "short", strings.Repeat("x", firstSize), strings.Repeat("x", 2*firstSize)} {
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

// TestRecordsOfProc: every kind of file that is read as a record, in rooms that it fits and does not fit, is what it is when it is read to its end.
func TestRecordsOfProc(t *testing.T) {
	t.Parallel()
	child := exec.CommandContext(t.Context(), "sleep", "60")
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = child.Process.Kill()
		_ = child.Wait()
	}()
	if err := child.Process.Signal(unix.SIGSTOP); err != nil { // it stands still, so that its files do
		t.Fatal(err)
	}
	if _, err := unix.Wait4(child.Process.Pid, nil, unix.WUNTRACED, nil); err != nil {
		t.Fatal(err)
	}
	pid := strconv.Itoa(child.Process.Pid)
	for _, name := range []string{"stat", "status", "io", "schedstat", "limits", "cgroup", "task/" + pid + "/status", "task/" + pid + "/schedstat"} {
		path := "/proc/" + pid + "/" + name
		want, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		for _, size := range []int{1, len(want) - 1, len(want), len(want) + 1, 1 << 16} {
			f := NewRecord(path, &Room{make([]byte, size)})
			if got, err := f.Read(); !bytes.Equal(got, want) || err != nil {
				t.Errorf("%s with room for %d bytes = %q, %v, want %q", path, size, got, err, want)
			}
			f.Close()
		}
	}
}

// TestRecordsOfTheMachine: of files that change from one reading to the next, the same lines are there: their first words.
func TestRecordsOfTheMachine(t *testing.T) {
	t.Parallel()
	words := func(data []byte) (list []string) {
		for line := range strings.Lines(string(data)) {
			word, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(line), "\t", " "), " ")
			list = append(list, strings.TrimRight(word, ".0123456789"))
		}
		return list
	}
	for _, path := range []string{
		"/proc/stat", "/proc/loadavg", "/proc/meminfo", "/proc/pressure/cpu", "/proc/net/snmp", "/proc/net/netstat", "/proc/net/sockstat",
		"/proc/self/statm", "/proc/sys/fs/file-nr", "/proc/sys/kernel/pid_max", "/sys/fs/cgroup/memory/memory.stat", "/sys/fs/cgroup/cpu.stat",
	} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Logf("not here: %v", err)
			continue
		}
		for _, size := range []int{firstSize, 1 << 10 * 7 / 8, 1 << 16} {
			f := NewRecord(path, &Room{make([]byte, size)})
			if got, err := f.Read(); !slices.Equal(words(got), words(data)) || err != nil || got[len(got)-1] != '\n' {
				t.Errorf("%s with room for %d bytes = %q, %v, want the lines of %q", path, size, got, err, data)
			}
			f.Close()
		}
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
