package kernel

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

func TestNumbers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var want []int
	for i := range 1500 { // more than one getdents returns
		want = append(want, i*7)
	}
	for _, n := range want {
		if err := os.Mkdir(filepath.Join(dir, strconv.Itoa(n)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"self", "12a", "-1", "99999999999", "uptime"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Numbers(dir, nil)
	slices.Sort(got)
	if !slices.Equal(got, want) || err != nil {
		t.Errorf("Numbers = %d numbers, %v, want %d", len(got), err, len(want))
	}
	if _, err := Numbers(filepath.Join(dir, "none"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Numbers of no folder = %v", err)
	}
}

func TestNumbersOfProcAscend(t *testing.T) {
	pids, err := Numbers("/proc", nil)
	if err != nil || !slices.IsSorted(pids) || !slices.Contains(pids, os.Getpid()) {
		t.Errorf("Numbers(/proc) = %v, %v, want this process among ascending numbers", pids, err)
	}
	to := make([]int, 0, 2*len(pids)+1000)
	if n := testing.AllocsPerRun(10, func() { _, _ = Numbers("/proc", to) }); n > 2 {
		t.Errorf("Numbers takes %v allocations", n)
	}
}

// FuzzEntries: whatever the bytes are, no number comes from outside them.
func FuzzEntries(f *testing.F) {
	f.Add([]byte("0123456789abcdef\x18\x00\x0417\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, n := range appendNumbers(nil, data) {
			if n < 0 || n >= 1<<31 {
				t.Errorf("a number %d", n)
			}
		}
	})
}
